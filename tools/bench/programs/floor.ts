/** The same program with hooks that do nothing: what the engine and the SDK cost by themselves. */
import * as pulumi from "@pulumi/pulumi";
import { declareTasks } from "./arguments";

/** A constant text of the same kind as this package's, and about as long. */
const PROVIDER_TEXT = 'exports.handler=()=>require("./hooks-that-do-nothing.js").ServiceTask';

/** The properties that the class of this package declares, arguments that are not given included: each costs the SDK. */
const PROPERTIES = Object.fromEntries(
  [
    ...["name", "description", "region", "desiredState", "waitFor", "triggers", "timeouts", "adopt"],
    ...["taskIds", "states", "state", "tasks", "projectId", "endpoint", "unfinished", "stateVersion"],
    ...["serviceId", "platform", "schedule", "input", "output", "config", "sourceUsageEstimate"],
    ...["serviceName", "creator"],
  ].map((name) => [name, undefined]),
);

class FloorTask extends pulumi.CustomResource {
  constructor(name: string, args: object) {
    const autoName = `${name}-0123456789ab`;
    super("pulumi-nodejs:dynamic/bench:FloorTask", name, {
      ...PROPERTIES,
      ...args,
      autoName,
      __provider: PROVIDER_TEXT,
    });
  }
}

declareTasks(FloorTask);
