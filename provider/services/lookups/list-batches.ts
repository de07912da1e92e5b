/** The batches of a project. Their list tells names, titles and counters; the arguments are with the sub-tasks. */
import { z } from "zod";
import { ViasClient } from "../api/vias";
import type { WireBatch } from "../api/wire-batch";
import { isVideoAnalysisError } from "../../common/errors";
import { defined, type PropertyMap } from "../../common/json";
import type { Location } from "../../core/contract";
import { summaryState } from "../../core/state/run-state";
import { batchTask } from "../batch-task/definition";
import { kindOfBatch } from "../batch-task/mapping";
import { textOf } from "../shared/live-task";
import { SUB_TASK_STATES } from "../shapes/states";
import { listerOf } from "./listing";
import { commonArguments, pagingArguments, type GetLookup, type ListLookup } from "./lookup";

/** Bounds of a page in the API definition. */
const MIN_PAGE = 5;
const MAX_PAGE = 200;

/** @param getBatch the lookup of one batch, for lists with details */
export const batchList = (getBatch: GetLookup): ListLookup => ({
  arguments: z
    .strictObject({
      nameLike: z.string().min(1).max(100).optional(),
      serviceNameLike: z.string().min(1).max(100).optional(),
      state: z.enum(SUB_TASK_STATES).optional(),
      videoGroups: z.array(z.string().min(1)).min(1).optional(),
      company: z.string().min(2).max(64).optional(),
      title: z.string().min(2).max(64).optional(),
      details: z.boolean().optional(),
      ...pagingArguments(MIN_PAGE, MAX_PAGE),
      ...commonArguments,
    })
    .refine((args) => args.nameLike === undefined || args.serviceNameLike === undefined, {
      path: ["serviceNameLike"],
      error: "the service takes only one of `nameLike` and `serviceNameLike`",
    }),
  entry: batchTask.arguments,
  async open(runtime, args) {
    const subject = "listBatchTasks";
    const { location, client } = await runtime.connect("vias", { args }, runtime.readDeadline(subject, args));
    const api = new ViasClient(client);
    const { nameLike, serviceNameLike, state, videoGroups, company, title, ...rest } = args as BatchArguments;
    const { details = false, pageSize, limit, region, timeouts } = rest;
    const filters = { nameLike, serviceNameLike, company, title, state: state?.toLowerCase() };
    const query = { ...filters, videoGroups: videoGroups?.join(","), size: pageSize };
    return listerOf<WireBatch>(
      {
        async page(_, pages) {
          const page = await api.listBatches(
            { ...query, page: pages + 1 },
            runtime.readDeadline(subject, args),
          );
          return { ...page, tasks: page.batches };
        },
        entry: (batch) => {
          const summary = summaryOf(batch, location);
          if (!details) return summary;
          const asked = defined({ id: batch.id, region, timeouts });
          return unlessGone(async () => ({ ...summary, ...(await getBatch.get(runtime, asked)) }));
        },
      },
      limit,
    );
  },
});

interface BatchArguments {
  readonly nameLike?: string;
  readonly serviceNameLike?: string;
  readonly state?: string;
  readonly videoGroups?: readonly string[];
  readonly company?: string;
  readonly title?: string;
  readonly details?: boolean;
  readonly pageSize?: number;
  readonly limit?: number;
  readonly region?: string;
  readonly timeouts?: PropertyMap;
}

/** What the list itself tells of a batch; its state is the most urgent of its sub-tasks'. */
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
