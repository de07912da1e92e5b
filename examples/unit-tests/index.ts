/** Cameras that are watched at night. What is worth a test is in cameras.ts. */
import * as pulumi from "@pulumi/pulumi";
import { alarms, watchAtNight } from "./cameras";

const config = new pulumi.Config();

const tasks = watchAtNight({
  serviceId: config.require("serviceId"),
  cameras: config.requireObject<Record<string, string>>("cameras"),
  timezone: config.get("timezone") ?? "+01:00",
});

export const taskIds = tasks.map(({ taskId }) => taskId);
export const broken = pulumi.all(alarms(tasks)).apply((texts) => texts.filter((text) => text !== ""));
