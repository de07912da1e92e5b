/** The same program with hooks that do nothing: what the engine and the SDK cost by themselves. */
import * as pulumi from "@pulumi/pulumi";
import { logicalName, taskArguments } from "./arguments";

/** A constant text of the same kind as this package's, and about as long. */
const PROVIDER_TEXT = 'exports.handler=()=>require("./hooks-that-do-nothing.js").ServiceTask';

/** As many output properties as the class of this package has. */
const OUTPUTS = {
  ...{ taskIds: undefined, states: undefined, state: undefined, tasks: undefined, region: undefined },
  ...{ projectId: undefined, endpoint: undefined, unfinished: undefined, stateVersion: undefined },
  ...{ name: undefined, serviceName: undefined, creator: undefined },
};

class FloorTask extends pulumi.CustomResource {
  constructor(name: string, args: object) {
    const autoName = `${name}-0123456789ab`;
    super("pulumi-nodejs:dynamic/bench:FloorTask", name, {
      ...OUTPUTS,
      ...args,
      autoName,
      __provider: PROVIDER_TEXT,
    });
  }
}

const config = new pulumi.Config("bench");
const serviceId = config.require("serviceId");

for (let index = 0; index < config.requireNumber("count"); index += 1) {
  new FloorTask(logicalName(index), taskArguments(serviceId, index));
}
