/** Arguments of `VideoAnalysisJob`. Source: VAS, Creating a Job, and the newer API definition. */
import { z } from "zod";
import { adoptArgument, commonArguments, MAX_NAME } from "../../core/schema/common";
import { field } from "../../core/schema/field";
import { taskInput, type InputDialect } from "../shapes/input";
import {
  commonOutputs,
  disOutput,
  hostingOutput,
  localpathOutput,
  taskOutput,
  type OutputDialect,
} from "../shapes/output";
import { chineseName, jsonObject, obsBucket, obsPath, schemedUrl, text } from "../../core/schema/primitives";
import { jobTiming } from "../shapes/schedule";
import { sharedOutputs } from "../shared/outputs";
import { jobFields, jobReport } from "../shapes/report";

const pattern = (regex: RegExp, expected: string) => (): z.ZodString =>
  z.string().regex(regex, { error: `expected ${expected}` });

const definition = "VAS API definition, CreateTasks";

const INPUT: InputDialect = {
  prefix: "Job",
  restful: "edgerestful",
  maxSources: 50,
  minHeaders: 1,
  cameraTags: false,
  source: definition,
  notes: {
    sources:
      "The sources, 1 to 50; each entry becomes a job of its own. Updated in place only where there is one.",
    obs: " (never with `timing`)",
    vis: "",
  },
  url: schemedUrl,
  rtspPath: () =>
    z
      .string()
      .max(1024)
      .regex(/^(?:[-A-Za-z0-9+&?=~_][-A-Za-z0-9+&/?=~_]+[-A-Za-z0-9+&/?=~_]|[A-Za-z]+)$/, {
        error: 'expected a path without a leading "/"',
      }),
  nodeId: pattern(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, "a UUID in lower case"),
  // The definition's pattern allows one character more than its own length bound.
  cameraId: pattern(/^[a-zA-Z0-9][a-zA-Z0-9_-]{0,62}$/, "1 to 63 letters, digits, hyphens and underscores"),
  deviceId: pattern(
    /^\d{20}#(?:\d{1,10}#)?[a-zA-Z0-9]{32}$/,
    "20 digits, #, optionally up to 10 digits and #, and 32 letters or digits",
  ),
  bucket: obsBucket,
  path: obsPath,
  streamName: pattern(/^[-A-Za-z0-9_]{1,80}$/, "1 to 80 letters, digits, hyphens and underscores"),
  ip: pattern(/^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?!$)|$)){4}$/, "an IPv4 address"),
  username: () => text(100),
  password: () => text(1000),
};

const OUTPUT: OutputDialect = {
  prefix: "Job",
  maxCategories: 10,
  bucket: obsBucket,
  path: obsPath,
  disStream: pattern(/^[-A-Za-z0-9_]{1,64}$/, "1 to 64 letters, digits, hyphens and underscores"),
  disStreamId: false,
  url: schemedUrl,
  source: definition,
  notes: { obs: "", all: "" },
};

export const videoAnalysisJobArguments = field(
  z.strictObject({
    serviceName: field(
      z.string().regex(/^[a-z][a-z-]{0,98}[a-z]$/, {
        error: "expected 2 to 100 lower-case letters and hyphens",
      }),
      {
        description: "Name of the video analysis service: 2 to 100 lower-case letters and hyphens.",
        neverDrifts: "part of the resource's id: a job cannot move to another service",
        source: definition,
      },
    ),
    serviceVersion: field(
      z.string().regex(/^\d{1,3}\.\d{1,3}$/, { error: 'expected a version such as "1.0"' }),
      { description: "Version of the service, such as `1.0`.", source: definition },
    ),
    name: field(chineseName(MAX_NAME).optional(), {
      description: "Job name: 1 to 100 letters, digits, Chinese characters, hyphens and underscores.",
      defaultsTo: "the logical name and 12 hexadecimal digits",
      source: definition,
    }),
    ...commonArguments,
    adopt: adoptArgument("`<serviceName>/<taskId>`, of several jobs `<serviceName>/<taskId>,<taskId>`"),
    timing: field(jobTiming.optional(), {
      description: "When the job runs. Removing it replaces the job: no way to clear it is documented.",
      observedWhenUnset: true,
      source: definition,
    }),
    input: taskInput(INPUT),
    output: taskOutput(OUTPUT, {
      ...commonOutputs(OUTPUT),
      dis: disOutput(OUTPUT),
      hosting: hostingOutput(OUTPUT),
      localpath: localpathOutput(OUTPUT),
    }),
    serviceConfig: field(
      field(
        z.strictObject({
          common: field(jsonObject(), {
            description: "Settings of the algorithm, keys verbatim.",
            ownKeysOnly: true,
          }),
        }),
        { description: "Settings of the service.", typeName: "JobServiceConfig" },
      ).optional(),
      {
        description: "Settings of the service; some demand them. Removing them replaces the job.",
        observedWhenUnset: true,
        source: definition,
      },
    ),
    edgePoolId: field(
      z
        .string()
        .regex(/^(?:[0-9a-f]{32}|edgestreampool\w{8})$/, { error: "expected the id of an edge pool" })
        .optional(),
      {
        description: "Edge pool that runs the job. Required for edge jobs, and only there.",
        source: definition,
      },
    ),
    resourceOrderId: field(
      z
        .string()
        .regex(/^[0-9a-f]{32}$/, { error: "expected 32 hexadecimal digits" })
        .optional(),
      { description: "Order of the algorithm package. Some services only.", source: definition },
    ),
  }),
  { description: "Arguments of a VAS job.", typeName: "VideoAnalysisJobArgs" },
);

export type VideoAnalysisJobArguments = z.infer<typeof videoAnalysisJobArguments>;

/** Arguments whose change always replaces the job. */
export const videoAnalysisJobImmutable = [
  "serviceName",
  "serviceVersion",
  "edgePoolId",
  "resourceOrderId",
  "region",
  "triggers",
] as const satisfies readonly (keyof VideoAnalysisJobArguments)[];

/** Arguments that the update call takes; some changes of them replace all the same. */
export const videoAnalysisJobUpdatable = [
  "name",
  "description",
  "timing",
  "input",
  "output",
  "serviceConfig",
] as const satisfies readonly (keyof VideoAnalysisJobArguments)[];

/** The members of the create body, which reads return; the service itself is in the path. */
export const videoAnalysisJobBody = [
  ...videoAnalysisJobUpdatable,
  "serviceVersion",
  "edgePoolId",
  "resourceOrderId",
] as const satisfies readonly (keyof VideoAnalysisJobArguments)[];

export const videoAnalysisJobOutputs = z.object({ ...sharedOutputs(jobReport), ...jobFields });
