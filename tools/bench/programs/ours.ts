/** The measured program: tasks by the classes of this package. */
import * as pulumi from "@pulumi/pulumi";
import * as va from "pulumi-video-analysis";
import { logicalName, taskArguments } from "./arguments";

const config = new pulumi.Config("bench");
const serviceId = config.require("serviceId");

for (let index = 0; index < config.requireNumber("count"); index += 1) {
  new va.ServiceTask(logicalName(index), taskArguments(serviceId, index));
}
