/**
 * Batches as VIAS v2 shows them. Sources: the pages and API definitions CreateBatchTask, ListBatchTasks, ListTasks
 * and ShowTaskInfo.
 */
import { z } from "zod";
import { isObject } from "../../common/json";
import { UnexpectedAnswer } from "../http/request";
import { listReader } from "./wire-list";
import { countOf, listEntry, MAX_TIME, text, withoutNulls, words } from "./wire-task";

const counter = (): z.ZodInt => z.int().nonnegative();

/** A counter may be left out, as where it is 0 (inferred). */
function withThirdCounter(answer: unknown): unknown {
  if (!isObject(answer)) return answer;
  const {
    total_count: total = added(answer.succeed_count, answer.failed_count),
    succeed_count: succeeded = added(answer.total_count, answer.failed_count, -1),
    failed_count: failed = added(answer.total_count, answer.succeed_count, -1),
  } = withoutNulls(answer) as Record<string, unknown>;
  return { ...answer, total_count: total, succeed_count: succeeded, failed_count: failed };
}

const added = (one: unknown, other: unknown, sign = 1): number | undefined =>
  typeof one === "number" && typeof other === "number" ? one + sign * other : undefined;

/** A list that an answer may leave out where it has nothing to list (inferred). */
const listOf = <T extends z.ZodType>(element: T) =>
  z
    .array(element)
    .nullish()
    .transform((list) => list ?? []);

/**
 * The answer to create, update, delete, start and stop, with status 200 also where sub-tasks failed. The definition
 * calls nothing in it required, but without two of its counters, from which the third follows, the outcome is not known.
 */
export const batchAnswer = z.preprocess(
  withThirdCounter,
  z
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
    })),
);
export type BatchAnswer = z.output<typeof batchAnswer>;

/** The answer of a create: a batch that was made has an id, or it could not be found again. */
export function createdBatch(body: unknown): BatchAnswer {
  const answer = batchAnswer.parse(body);
  if (answer.id === undefined && (answer.succeedCount > 0 || answer.failedCount === 0)) {
    throw new UnexpectedAnswer("id: missing, though the counters do not say that everything failed");
  }
  return answer;
}

/** Batch list: milliseconds since 1970; task list: the same as text; task details: RFC 3339. */
const time = z
  .union([z.number(), z.string()])
  .transform((value) => {
    const ms = typeof value === "number" || /^\d+$/.test(value) ? Number(value) : Date.parse(value);
    return Math.abs(ms) <= MAX_TIME ? new Date(ms).toISOString() : undefined;
  })
  .optional()
  .catch(undefined);

/** One batch. It has no state of its own, and names where the arguments have ids. */
export const wireBatch = z.preprocess(
  withoutNulls,
  z.looseObject({
    id: z.string().min(1),
    batch_task_name: text(),
    alg_name: words(),
    company: words(),
    /** `0` or `cloud`, `1` or `edge`: the versions of the documents differ. */
    type: words(),
    video_group_name: words(),
    video_source_name: words(),
    /** Number of sub-tasks. */
    num_task: countOf().catch(undefined),
    created_at: time,
    /** How many sub-tasks are in each state, lower case; only states that some are in. */
    batch_task_status_info: z.record(z.string(), z.number()).optional().catch(undefined),
  }),
);
export type WireBatch = z.infer<typeof wireBatch>;

export const batchPage = listReader<WireBatch>("batch_task_list", listEntry(wireBatch));

/** One sub-task in the list; more is in its details. */
export const wireSubTask = z.preprocess(
  withoutNulls,
  z.looseObject({ id: z.string().min(1), name: text(), state: text(), created_at: time }),
);
export type WireSubTask = z.infer<typeof wireSubTask>;

const subTasks = listReader<WireSubTask>("tasks", wireSubTask);
const pageSize = z.looseObject({ page_size: z.int().positive().nullish().catch(undefined) });

/**
 * One page of the sub-tasks of a batch. `count` is left aside: it is documented as that of the page. The sub-tasks are
 * all of one batch, so that one which cannot be read is an error of its own.
 */
export function subTaskPage(body: unknown): { tasks: readonly WireSubTask[]; size: number | undefined } {
  const { entries, unreadable } = subTasks(body);
  if (unreadable > 0) throw new UnexpectedAnswer(`tasks: not all in the documented form (${unreadable} not)`);
  return { tasks: entries, size: pageSize.parse(body).page_size ?? undefined };
}
