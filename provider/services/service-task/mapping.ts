/** Between the arguments of a service task and the bodies of the ModelArts API. */
import type { WireTask } from "../api/wire-task";
import { defined, type PropertyMap } from "../../common/json";
import type { LiveTask } from "../../core/contract";
import { snakeCase, toWire } from "../../core/schema/wire";
import { baseTask, redactedBy, textOf } from "../shared/live-task";
import { serviceTask } from "./definition";

/** The fields of the create body (Creating a Service Task, table 2). */
const BODY = ["name", "description", "schedule", "input", "output", "config", "sourceUsageEstimate"] as const;

/** Request body of a create. */
export function toCreateBody(args: PropertyMap): PropertyMap {
  const complete = serviceTask.withDefaults(args);
  const body = Object.fromEntries(BODY.map((key) => [key, complete[key]]));
  return toWire(serviceTask.arguments, body) as PropertyMap;
}

/** @param secrets values of the arguments that an algorithm may repeat when it says what went wrong */
export function toLiveTask(wire: WireTask, secrets: readonly string[]): LiveTask {
  const scheduleStatus = textOf(wire.schedule_status);
  const outputFields = serviceTask.outputFields.map((key): [string, unknown] => [
    key,
    textOf(wire[snakeCase(key)]),
  ]);
  return {
    ...baseTask(serviceTask, wire, redactedBy(wire, secrets)),
    ...defined({ scheduleStatus }),
    outputFields: defined(Object.fromEntries(outputFields)),
  };
}
