/** Arguments of `BatchTask`. Source: VIAS, Adding a Batch Task, and the API definition. */
import { z } from "zod";
import { adoptArgument, commonArguments, MAX_NAME } from "../../core/schema/common";
import { field } from "../../core/schema/field";
import { commonOutputs, disOutput, taskOutput, type OutputDialect } from "../shapes/output";
import { chineseName, jsonObject, obsBucket, obsPath, schemedUrl } from "../../core/schema/primitives";
import { batchSchedule } from "../shapes/schedule";
import { sharedOutputs } from "../shared/outputs";
import { taskReport } from "../shapes/report";

const page = (table: number): string => `VIAS, Adding a Batch Task, table ${table}`;

const OUTPUT: OutputDialect = {
  prefix: "Batch",
  maxCategories: 10,
  bucket: obsBucket,
  path: obsPath,
  disStream: () =>
    z.string().regex(/^[-A-Za-z0-9_]{1,64}$/, {
      error: "expected 1 to 64 letters, digits, hyphens and underscores",
    }),
  disStreamId: false,
  url: schemedUrl,
  source: page(8),
  notes: { obs: "", all: "" },
};

/** Ids of groups, sources and orders. */
const id = (): z.ZodString =>
  z.string().regex(/^[a-z0-9_-]{4,36}$/, {
    error: "expected 4 to 36 lower-case letters, digits, hyphens and underscores",
  });

/** Most groups of a batch and sources of a group; longest region of interest, in characters. */
const MAX_GROUPS = 100;
const MAX_SOURCES = 100;
const MAX_ROI = 2048;

const UNREADABLE = "no call returns it";
const TITLED = "reads show the algorithm by its title, not by the name and version that were sent";

const videoSource = field(
  z.strictObject({
    videoSourceId: field(id(), {
      description: "Id of the video source.",
      observedAs:
        "the sources of the sub-tasks are compared as a set, and an unrecorded one shows in the last group",
    }),
    targetRoi: field(z.string().max(MAX_ROI).optional(), {
      description: "Region of interest, at most 2048 characters.",
      writeOnly: UNREADABLE,
    }),
  }),
  { description: "A video source of the group.", typeName: "BatchVideoSource" },
);

const videoSourceGroup = field(
  z.strictObject({
    videoSourceGroupId: field(id(), { description: "Id of the video source group.", writeOnly: UNREADABLE }),
    videoSourceList: field(z.array(videoSource).max(MAX_SOURCES), {
      description:
        "Sources of the group, 0 to 100. What an empty list stands for is not documented; it is sent as it is.",
    }),
  }),
  { description: "A group of video sources.", typeName: "BatchVideoSourceGroup" },
);

const batchInput = field(
  z.strictObject({
    videoSourceGroup: field(z.array(videoSourceGroup).min(1).max(MAX_GROUPS), {
      description: "Groups of video sources, 1 to 100.",
    }),
  }),
  { description: "The video sources to analyse.", typeName: "BatchInput", source: page(5) },
);

export const batchTaskArguments = field(
  z.strictObject({
    serviceName: field(chineseName(100), {
      description: "Algorithm: 1 to 100 letters, digits, Chinese characters, hyphens and underscores.",
      writeOnly: TITLED,
      source: page(3),
    }),
    serviceVersion: field(
      z
        .string()
        .regex(/^[a-z0-9.]{3,32}$/, { error: "expected 3 to 32 lower-case letters, digits and dots" }),
      {
        description: "Version of the algorithm: 3 to 32 lower-case letters, digits and dots.",
        writeOnly: TITLED,
        source: page(3),
      },
    ),
    name: field(chineseName(MAX_NAME).optional(), {
      description: "Batch name: 1 to 100 letters, digits, Chinese characters, hyphens and underscores.",
      defaultsTo: "the logical name and 12 hexadecimal digits",
      source: page(3),
    }),
    ...commonArguments,
    adopt: adoptArgument("`<batchTaskId>`"),
    batchInput,
    output: taskOutput(OUTPUT, {
      ...commonOutputs(OUTPUT),
      dis: disOutput(OUTPUT),
      eventCenter: field(z.boolean().optional(), {
        description: "Whether results go to the event center.",
        defaultsTo: "false",
        observedWhenUnset: true,
      }),
    }),
    schedule: field(batchSchedule.optional(), {
      description: "When the sub-tasks run; left out, at once and without end.",
      observedWhenUnset: true,
      source: page(4),
    }),
    config: field(
      field(
        z.strictObject({
          common: field(jsonObject().optional(), {
            description: "Settings of the algorithm, keys verbatim.",
            ownKeysOnly: true,
          }),
        }),
        { description: "Settings of the sub-tasks.", typeName: "BatchConfig" },
      ).optional(),
      { description: "Settings of the sub-tasks.", observedWhenUnset: true, source: page(12) },
    ),
    isSavedAsTemplate: field(z.boolean().optional(), {
      description: "Whether the service also stores a template. Sent true only when it has just become true.",
      defaultsTo: "false",
      writeOnly: UNREADABLE,
      source: page(3),
    }),
    resourceOrderId: field(id().optional(), {
      description: "Order of the algorithm. Commercial algorithms only.",
      source: page(3),
    }),
  }),
  { description: "Arguments of a VIAS batch task.", typeName: "BatchTaskArgs" },
);

export type BatchTaskArguments = z.infer<typeof batchTaskArguments>;

/** Arguments whose change replaces the batch. */
export const batchTaskImmutable = [
  "serviceName",
  "serviceVersion",
  "region",
  "triggers",
] as const satisfies readonly (keyof BatchTaskArguments)[];

/** Arguments that the update call takes. */
export const batchTaskUpdatable = [
  "name",
  "description",
  "batchInput",
  "output",
  "schedule",
  "config",
  "isSavedAsTemplate",
  "resourceOrderId",
] as const satisfies readonly (keyof BatchTaskArguments)[];

const kept = <T extends z.ZodType>(schema: T, description: string): T =>
  field(schema, { description, keepsRecorded: true });

export const batchTaskOutputs = z.object({
  ...sharedOutputs(taskReport),
  tasksTruncated: field(z.boolean(), {
    description: "Whether there are more sub-tasks than `taskIds` and `states` have.",
  }),
  batchTaskId: kept(z.string(), "Id of the batch, the same as the resource id."),
  totalCount: kept(
    z.number().optional(),
    "Sub-tasks that the last create or update concerned; absent where the batch was only found.",
  ),
  succeedCount: kept(z.number().optional(), "Sub-tasks that it succeeded for."),
  failedCount: kept(z.number().optional(), "Sub-tasks that it failed for."),
  errorList: kept(
    z.array(z.string()).optional(),
    "Errors that the service reported for these, at most 100 texts.",
  ),
  statusCounts: kept(
    z.record(z.string(), z.number()),
    "How many sub-tasks are in each state, upper case; all of them count.",
  ),
  algName: kept(z.string().optional(), "Title of the algorithm."),
  company: kept(z.string().optional(), "Vendor of the algorithm."),
  type: kept(z.string().optional(), "`cloud` or `edge`."),
  videoGroupName: kept(z.string().optional(), "Names of the groups, joined by commas."),
  videoSourceName: kept(z.string().optional(), "Names of the sources, joined by commas."),
  creator: kept(z.string().optional(), "Who created the batch, where the service shows it."),
  createdAt: kept(z.string().optional(), "When the batch was created, RFC 3339."),
});
