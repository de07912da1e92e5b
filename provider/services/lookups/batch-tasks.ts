/** Batches of VIAS. Their list has names, titles and counters; the arguments are with the sub-tasks. */
import { z } from "zod";
import { ViasClient } from "../api/vias";
import type { WireBatch } from "../api/wire-batch";
import { isVideoAnalysisError } from "../../common/errors";
import { defined, type PropertyMap } from "../../common/json";
import type { Location } from "../../core/contract";
import { summaryState } from "../../core/state/run-state";
import { field } from "../../core/schema/field";
import { kindOfBatch } from "../batch-task/mapping";
import { batchTaskResource } from "../batch-task/resource";
import { batchTaskArguments, batchTaskOutputs } from "../batch-task/schema";
import { CONFIGURATION } from "../configuration";
import { textOf } from "../shared/live-task";
import { place, taskMembers } from "./entries";
import { getTask } from "./get-task";
import { idInput, listInputs, lookupInputs, notBoth, optional, pageSize, subTaskState } from "./inputs";
import { listerOf } from "./listing";
import { getLookup, listLookup } from "./lookup";

const members = taskMembers(batchTaskOutputs);
const { output, schedule, config, resourceOrderId } = batchTaskArguments.shape;
const outputs = batchTaskOutputs.shape;

const batchTaskSummary = field(
  z.object({
    id: members.id,
    batchTaskId: field(z.string(), { description: "Id of the batch, the same as `id`." }),
    name: members.name,
    state: field(z.string(), {
      description: "The most urgent of the sub-tasks' states, upper case; empty where there is none.",
    }),
    statusCounts: outputs.statusCounts,
    taskCount: field(z.number().optional(), {
      description: "Number of sub-tasks. Only `listBatchTasks` shows it.",
    }),
    createdAt: outputs.createdAt,
    algName: outputs.algName,
    company: outputs.company,
    type: outputs.type,
    videoGroupName: outputs.videoGroupName,
    videoSourceName: outputs.videoSourceName,
    ...place.shape,
  }),
  { description: "A batch as the list of batches shows it.", typeName: "BatchTaskSummary" },
);

const source = field(
  z.object({ videoSourceId: field(z.string(), { description: "Id of the video source." }) }),
  { description: "A video source of a batch.", typeName: "BatchEntrySource" },
);
const group = field(
  z.object({ videoSourceList: field(z.array(source), { description: "All video sources of the batch." }) }),
  { description: "The sources of a batch; no call returns the groups.", typeName: "BatchEntrySourceGroup" },
);
const batchInput = field(
  z.object({ videoSourceGroup: field(z.array(group), { description: "One group, without an id." }) }),
  { description: "The video sources of a batch.", typeName: "BatchEntryInput" },
);

const batchTaskEntry = field(
  z.object({
    ...members,
    ...batchTaskSummary.shape,
    batchInput: field(batchInput.optional(), {
      description:
        "The video sources, all in one group without an id; absent where not all sub-tasks were looked at.",
    }),
    output: field(output.optional(), {
      description: "Where results go; absent while no sub-task could be read.",
    }),
    schedule,
    config,
    resourceOrderId,
    tasksTruncated: outputs.tasksTruncated,
    creator: outputs.creator,
  }),
  {
    description:
      "A batch with what its sub-tasks show. No call returns the algorithm's name and version, the ids of the groups and " +
      "regions of interest.",
    typeName: "BatchTaskEntry",
  },
);

export const getBatchTask = getLookup({
  summary:
    "Reads a VIAS batch. No call shows one: it is put together from the lists of batches and sub-tasks, and from the " +
    "details of sub-tasks.",
  example: { id: "<batchTaskId>" },
  errors: { NOT_FOUND: "there is no such batch" },
  source: "VIAS, ListBatchTasks, ListTasks and ShowTaskInfo",
  inputs: z.strictObject({
    id: idInput("Id of the batch."),
    batchDetail: field(z.enum(CONFIGURATION.batchDetail.values).optional(), {
      description:
        '`"all"` looks at every sub-task, which takes a request for each; `"sample"` at a few of each state, and shows ' +
        "`batchInput` only of a batch that these are all of.",
      defaultsTo: 'the configured `batchDetail`, else `"sample"`',
    }),
    ...lookupInputs.shape,
  }),
  entry: batchTaskEntry,
  get: (runtime, { batchDetail, ...inputs }) =>
    getTask(batchTaskResource, runtime, inputs, defined({ batchDetail })),
});

export const listBatchTasks = listLookup({
  summary:
    "Lists the VIAS batches of the project, the oldest first. With `details` each as `getBatchTask` shows it.",
  example: { state: "FAILED", details: true },
  source: "VIAS, ListBatchTasks",
  inputs: notBoth(
    z.strictObject({
      nameLike: optional(
        z.string().min(1).max(100),
        "Only names with this text in them, at most 100 characters.",
      ),
      serviceNameLike: optional(
        z.string().min(1).max(100),
        "Only batches of algorithms with this text in their names. Not together with `nameLike`.",
      ),
      state: subTaskState("Only batches with a sub-task in this state."),
      videoGroups: optional(
        z.array(z.string().min(1)).min(1),
        "Only batches with one of these video groups. Whether names or ids are meant is not documented.",
      ),
      company: optional(z.string().min(2).max(64), "Only algorithms of this vendor, 2 to 64 characters."),
      title: optional(z.string().min(2).max(64), "Only algorithms of this title, 2 to 64 characters."),
      details: optional(
        z.boolean(),
        "Whether to look at each batch as `getBatchTask` does, for its arguments; that takes two or more requests each.",
      ),
      pageSize: pageSize(5, 200, "Batches of one request, 5 to 200 (default)."),
      ...listInputs.shape,
    }),
    "nameLike",
    "serviceNameLike",
  ),
  entry: batchTaskEntry,
  summaryEntry: batchTaskSummary,
  async open(runtime, inputs) {
    const subject = "listBatchTasks";
    const deadline = () => runtime.readDeadline(subject, inputs);
    const { location, client } = await runtime.connect("vias", { args: inputs }, deadline());
    const api = new ViasClient(client);
    const { nameLike, serviceNameLike, state, videoGroups, company, title, ...rest } = inputs;
    const { details = false, limit, region, timeouts } = rest;
    const filters = { nameLike, serviceNameLike, company, title, state: state?.toLowerCase() };
    const query = { ...filters, videoGroups: videoGroups?.join(","), size: rest.pageSize };
    return listerOf<WireBatch>(
      {
        async page(_, pages) {
          const page = await api.listBatches({ ...query, page: pages + 1 }, deadline());
          return { ...page, tasks: page.batches };
        },
        entry(batch) {
          const summary = summaryOf(batch, location);
          if (!details) return summary;
          const { id } = batch;
          return unlessGone(async () => ({
            ...summary,
            ...(await getTask(batchTaskResource, runtime, defined({ id, region, timeouts }))),
          }));
        },
      },
      limit,
    );
  },
});

/** What the list itself shows of a batch; its state is the most urgent of its sub-tasks'. */
function summaryOf(batch: WireBatch, location: Location): PropertyMap {
  const counts = Object.entries(batch.batch_task_status_info ?? {})
    .filter(([, count]) => count > 0)
    .map(([state, count]): [string, number] => [state.toUpperCase(), count]);
  const states = counts.map(([state]) => state);
  return {
    id: batch.id,
    batchTaskId: batch.id,
    name: textOf(batch.batch_task_name) ?? "",
    // A batch that is being deleted loses its sub-tasks one by one, whatever state the last ones had.
    state: states.includes("DELETING") ? "DELETING" : summaryState(states),
    statusCounts: Object.fromEntries(counts),
    ...defined({
      taskCount: batch.num_task,
      createdAt: textOf(batch.created_at),
      algName: textOf(batch.alg_name),
      company: textOf(batch.company),
      type: kindOfBatch(batch),
      videoGroupName: textOf(batch.video_group_name),
      videoSourceName: textOf(batch.video_source_name),
    }),
    region: location.region,
    projectId: location.projectId,
    endpoint: location.endpoint,
  };
}

async function unlessGone(ask: () => Promise<PropertyMap>): Promise<PropertyMap | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (isVideoAnalysisError(error) && error.code === "NOT_FOUND") return undefined;
    throw error;
  }
}
