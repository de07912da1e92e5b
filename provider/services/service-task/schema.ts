/** Arguments of `ServiceTask`. Source: ModelArts, Creating a Service Task. */
import { z } from "zod";
import { adoptArgument, commonArguments, MAX_NAME } from "../../core/schema/common";
import { field } from "../../core/schema/field";
import { taskInput, type InputDialect } from "../shapes/input";
import { commonOutputs, disOutput, taskOutput, type OutputDialect } from "../shapes/output";
import { anyUrl, asciiName, jsonObject, MAX_URL, text } from "../../core/schema/primitives";
import { taskSchedule } from "../shapes/schedule";
import { sharedOutputs } from "../shared/outputs";
import { taskReport } from "../shapes/report";

export const PLATFORMS = ["edge", "ief"] as const;
export type Platform = (typeof PLATFORMS)[number];

/** Ids become URL path segments and parts of the resource id. */
const pathSegment = (): z.ZodString =>
  z.string().regex(/^[^\s/?#,%\\]+$/, { error: "expected an id without spaces, commas and slashes" });

const page = (table: number): string => `ModelArts, Creating a Service Task, table ${table}`;

const sourceUsageEstimate = field(
  z.strictObject({
    cpu: field(z.number().nonnegative(), {
      description: "Estimated CPU. The documents name no unit; their example is 0.1.",
    }),
    memory: field(z.int().nonnegative(), {
      description: "Estimated memory, an integer. The documents name no unit; their example is 32.",
    }),
  }),
  { description: "Estimated resources of the task.", typeName: "SourceUsageEstimate" },
);

/** Longest path of the stream address in a RESTful answer, in characters. */
const MAX_RTSP_PATH = 1024;

/** ModelArts documents few bounds; its own RTSP path example starts with the slash that its relatives refuse. */
const INPUT: InputDialect = {
  prefix: "Task",
  restful: "restful",
  minHeaders: 0,
  cameraTags: true,
  source: page(6),
  notes: {
    sources: "The sources; each entry becomes a task of its own.",
    obs: " (IEF only, never with a schedule)",
    vis: " (IEF only)",
  },
  url: () => anyUrl(MAX_URL),
  rtspPath: () => text(MAX_RTSP_PATH),
  nodeId: text,
  cameraId: text,
  deviceId: text,
  bucket: text,
  path: text,
  streamName: text,
  ip: text,
  username: text,
  password: text,
};

const OUTPUT: OutputDialect = {
  prefix: "Task",
  bucket: text,
  path: text,
  disStream: text,
  disStreamId: true,
  url: anyUrl,
  source: page(9),
  notes: { obs: " IEF only.", all: " ModelArts Edge: `dis` and `webhook`; IEF: also `obs`." },
};

export const serviceTaskArguments = field(
  z.strictObject({
    serviceId: field(pathSegment(), {
      description: "Id of the ModelArts service that runs the task.",
      neverDrifts: "part of the resource's id: a task cannot move to another service",
      source: page(1),
    }),
    name: field(asciiName(MAX_NAME).optional(), {
      description: "Task name: 1 to 100 letters, digits, hyphens and underscores.",
      defaultsTo: "the logical name and 12 hexadecimal digits",
      source: page(2),
    }),
    ...commonArguments,
    adopt: adoptArgument("`<serviceId>/<taskId>`, of several tasks `<serviceId>/<taskId>,<taskId>`"),
    platform: field(z.enum(PLATFORMS).optional(), {
      description:
        "`edge` (ModelArts Edge) or `ief`: selects the documented limits that are checked before any call.",
      defaultsTo: "no platform limits are checked",
      neverDrifts: "never sent: it selects the limits that are checked before any call",
    }),
    schedule: field(taskSchedule.optional(), {
      description: "When the task runs; left out, it runs at once and without end.",
      observedWhenUnset: true,
      source: page(3),
    }),
    input: taskInput(INPUT),
    output: taskOutput(OUTPUT, { ...commonOutputs(OUTPUT), dis: disOutput(OUTPUT) }),
    config: field(jsonObject().optional(), {
      description: "Settings of the algorithm, keys verbatim. IEF only; some services demand it.",
      observedWhenUnset: true,
      ownKeysOnly: true,
      source: page(2),
    }),
    sourceUsageEstimate: field(sourceUsageEstimate.optional(), {
      description: "Estimated resources. Required on ModelArts Edge.",
      writeOnly: "no read returns it",
      source: page(13),
    }),
  }),
  { description: "Arguments of a ModelArts service task.", typeName: "ServiceTaskArgs" },
);

export type ServiceTaskArguments = z.infer<typeof serviceTaskArguments>;

/** Arguments whose change replaces the task: all that the API takes, for it has no update. */
export const serviceTaskImmutable = [
  "serviceId",
  "name",
  "description",
  "schedule",
  "input",
  "output",
  "config",
  "sourceUsageEstimate",
  "region",
  "triggers",
] as const satisfies readonly (keyof ServiceTaskArguments)[];

export const serviceTaskOutputs = z.object({
  ...sharedOutputs(taskReport),
  serviceName: field(z.string().optional(), {
    description: "Name of the ModelArts service, where it shows it.",
    keepsRecorded: true,
  }),
  creator: field(z.string().optional(), {
    description: "Who created the task, where the service shows it.",
    keepsRecorded: true,
  }),
});
