/**
 * Batches as VIAS v2 shows them. Sources: the pages and API definitions CreateBatchTask, ListBatchTasks, ListTasks
 * and ShowTaskInfo.
 */
import { z } from "zod";
import { UnexpectedAnswer } from "../http/request";
import { countOf, text, withoutNulls } from "./wire-task";

const counter = (): z.ZodInt => z.int().nonnegative();

/** A list that an answer may leave out where it has nothing to list (inferred). */
const listOf = <T extends z.ZodType>(element: T) =>
  z
    .array(element)
    .nullish()
    .transform((list) => list ?? []);

/**
 * What create, update, delete, start and stop answer, with status 200 also where sub-tasks failed. The definition
 * calls nothing in it required, but without its counters nobody knows what happened.
 */
export const batchAnswer = z
  .looseObject({
    total_count: counter(),
    succeed_count: counter(),
    failed_count: counter(),
    id: z.string().nullish(),
    /** One text for each failure, of no documented form. */
    error_list: listOf(z.string()),
  })
  .transform((answer) => ({
    id: answer.id === "" ? undefined : (answer.id ?? undefined),
    totalCount: answer.total_count,
    succeedCount: answer.succeed_count,
    failedCount: answer.failed_count,
    errorList: answer.error_list,
  }));
export type BatchAnswer = z.output<typeof batchAnswer>;

/** The answer of a create: something that was made has an id, or nobody could find it again. */
export function createdBatch(body: unknown): BatchAnswer {
  const answer = batchAnswer.parse(body);
  if (answer.id === undefined && (answer.succeedCount > 0 || answer.failedCount === 0)) {
    throw new UnexpectedAnswer("id: missing, though the counters do not say that everything failed");
  }
  return answer;
}

/** Batch list: milliseconds since 1970; task list: the same as text; task details: RFC 3339. */
const time = z.union([z.number(), z.string()]).transform((value) => {
  const ms = typeof value === "number" || /^\d+$/.test(value) ? Number(value) : Date.parse(value);
  return Number.isNaN(ms) ? undefined : new Date(ms).toISOString();
});

/** One batch. It has no state of its own, and names where the arguments have ids. */
export const wireBatch = z.preprocess(
  withoutNulls,
  z.looseObject({
    id: z.string().min(1),
    batch_task_name: text(),
    alg_name: text(),
    company: text(),
    /** `0` or `cloud`, `1` or `edge`: the versions of the documents differ. */
    type: text(),
    video_group_name: text(),
    video_source_name: text(),
    /** Number of sub-tasks. */
    num_task: counter().optional(),
    created_at: time.optional(),
    /** How many sub-tasks are in each state, lower case; only states that some are in. */
    batch_task_status_info: z.record(z.string(), z.number()).optional().catch(undefined),
  }),
);
export type WireBatch = z.infer<typeof wireBatch>;

export const batchPage = z.looseObject({
  /** All matches, not those on the page. */
  count: countOf(),
  batch_task_list: listOf(wireBatch),
});

/** One sub-task in the list; more is in its details. */
export const wireSubTask = z.preprocess(
  withoutNulls,
  z.looseObject({ id: z.string().min(1), name: text(), state: text(), created_at: time.optional() }),
);
export type WireSubTask = z.infer<typeof wireSubTask>;

/** `count` is left aside: it is documented as that of the page. */
export const subTaskPage = z.looseObject({
  page_size: z.int().positive().nullish(),
  tasks: listOf(wireSubTask),
});
