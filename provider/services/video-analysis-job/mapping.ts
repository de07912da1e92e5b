/** Between the arguments of a job and the bodies of the VAS API. */
import type { WireJob } from "../api/wire-job";
import { defined, isObject, type PropertyMap } from "../../common/json";
import type { LiveTask } from "../../core/contract";
import { camelCase, toWire } from "../../core/schema/wire";
import { baseTask, shownBy, redactedBy, textOf, type Redacted } from "../shared/live-task";
import { videoAnalysisJob } from "./definition";
import { videoAnalysisJobBody } from "./schema";

/** Request body of a create. */
export function toCreateBody(args: PropertyMap): PropertyMap {
  return bodyOf(videoAnalysisJobBody.map((key) => [key, args[key]]));
}

/** Request body of an update: the name, which one document calls mandatory, and the changed fields only. */
export function toUpdateBody(args: PropertyMap, changed: readonly string[]): PropertyMap {
  const fields = changed.map((key): [string, unknown] => {
    const value = args[key];
    // A description is cleared by an empty one; how to clear anything else is not documented.
    return [key, key === "description" && value === undefined ? "" : value];
  });
  return bodyOf([["name", args.name], ...fields]);
}

function bodyOf(fields: readonly (readonly [string, unknown])[]): PropertyMap {
  return toWire(videoAnalysisJob.arguments, Object.fromEntries(fields)) as PropertyMap;
}

/** @param secrets values of the arguments that an algorithm may repeat when it says what went wrong */
export function toLiveTask(wire: WireJob, secrets: readonly string[]): LiveTask {
  const redact = redactedBy(wire, secrets);
  const shown = shownBy(wire, secrets);
  const hosting = isObject(wire.output) ? wire.output.hosting : undefined;
  const outputFields = {
    serviceTitle: inCamelCase(wire.service_title, shown),
    creator: textOf(wire.creator),
    // The read shape shows where the files are; the argument `output.hosting` stays as the program wrote it.
    hostingOutput: isObject(hosting) ? inCamelCase(hosting, shown) : undefined,
    hostingResult: inCamelCase(wire.hosting_result, shown),
  };
  return {
    ...baseTask(videoAnalysisJob, wire, redact),
    ...defined({ scheduleStatus: textOf(wire.timing_status) }),
    outputFields: defined(outputFields),
  };
}

/** A documented response field whose shape no argument has. Null counts as absent, here too. */
function inCamelCase(value: unknown, redact: Redacted): unknown {
  if (typeof value === "string") return redact(value) ?? "";
  if (Array.isArray(value)) return value.map((item) => inCamelCase(item, redact));
  if (!isObject(value)) return value ?? undefined;
  const entries = Object.entries(value).filter(([, item]) => item !== null);
  return Object.fromEntries(entries.map(([key, item]) => [camelCase(key), inCamelCase(item, redact)]));
}
