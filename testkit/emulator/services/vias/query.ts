/** The queries of the lists of batches and tasks. */
import { Query } from "../../http/query";
import { textOf } from "../../json";
import type { Behavior } from "../../options";
import { InvalidField, oneOf, text } from "../../rules";
import { isLike, nameOf, select } from "../../tasks/select";
import { TASK_STATES } from "../../tasks/states";
import type { TaskRecord, View } from "../../tasks/store";
import type { World } from "../../world";
import { type Batch, batchesIn, sourceOf } from "./batch";
import { id } from "./body";
import { groupNames } from "./assignments";
import { counters } from "./view";

/**
 * The batch list's filter has the states of the counters, in lower case and three more than tasks have. The page of
 * December 2025 has upper case, and one more.
 */
const COUNTER_STATES: Readonly<Record<Behavior["batchStateCase"], readonly string[]>> = {
  lower: [...TASK_STATES, "STOPPED_NO_SERVICE", "SCHEDULING", "LACK_OF_RESOURCES"].map((state) =>
    state.toLowerCase(),
  ),
  upper: [...TASK_STATES, "SCHEDULING"],
};

/** The task list's filter has upper case, and two more. */
const LIST_STATES = [...TASK_STATES, "SCHEDULING", "LACK_OF_RESOURCES"];

const PAGE_SIZE = { min: 5, default: 10 };
const MAX_BATCHES = 200;
const MAX_TASKS = 1000;
const MAX_BATCH_PAGE = 10_000;

/**
 * As published for the batch list: the hyphen makes a range of comma to underscore, which has the dot of a version in
 * it. That of the task list has a literal hyphen; a title that one list takes should not fail at the other.
 */
const title = text({ pattern: /^[a-zA-Z0-9\u4e00-\u9fa5,-_]{2,64}$/ });
const videoGroups = text({ pattern: /^[a-zA-Z0-9\u4e00-\u9fa5,-_]{1,1000}$/ });
const company = text({ pattern: /^[\u4E00-\u9FA5a-zA-Z0-9,_-]{0,100}$/ });
const direction = oneOf(["asc", "desc"]);

const BATCH_QUERY = [
  "is_paged",
  "page_size",
  "page_num",
  "order_by",
  "sort_name",
  "video_group",
  "task_state",
  "type_like",
  "name_like",
  "manufacturer",
  "title",
];

/** A checked query of the batch list. */
export type BatchQuery = ReturnType<typeof batchQuery>;

/** Checks the query of the batch list; there is no filter by id. */
export function batchQuery(given: URLSearchParams, { batchStateCase }: Behavior) {
  const query = new Query(given, BATCH_QUERY);
  const nameLike = query.text("name_like", text({ max: 100 }));
  const typeLike = query.text("type_like", oneOf(["batch_task_name", "publish_service_name"]));
  if (nameLike !== undefined && typeLike === undefined) {
    throw new InvalidField("type_like", "is required together with name_like.");
  }
  return {
    paged: query.text("is_paged", oneOf(["true", "false"])) !== "false",
    size: query.integer("page_size", PAGE_SIZE.min, MAX_BATCHES) ?? PAGE_SIZE.default,
    page: query.integer("page_num", 1, MAX_BATCH_PAGE) ?? 1,
    descending: query.text("order_by", direction) !== "asc",
    byCount: query.text("sort_name", oneOf(["task_count", "created_at"])) === "task_count",
    groups: query.text("video_group", videoGroups)?.split(","),
    state: query.text("task_state", oneOf(COUNTER_STATES[batchStateCase]))?.toLowerCase(),
    nameLike: typeLike === "batch_task_name" ? nameLike : undefined,
    serviceLike: typeLike === "publish_service_name" ? nameLike : undefined,
    companies: query.text("manufacturer", title)?.split(","),
    titles: query.text("title", title)?.split(","),
  };
}

/** The batches that match, in order, before paging. */
export function selectBatches(world: World, view: View, query: BatchQuery): Batch[] {
  const { state, groups, companies, titles } = query;
  const sign = query.descending ? -1 : 1;
  return batchesIn(view)
    .filter(
      (batch) =>
        isLike(nameOf(batch.record), query.nameLike) &&
        isLike(textOf(batch.record.wire["service_name"]), query.serviceLike) &&
        isAmong(batch.record, "company", companies) &&
        isAmong(batch.record, "title", titles) &&
        (groups === undefined || groupsOf(world, batch).some((group) => groups.includes(group))) &&
        (state === undefined || state in counters(batch, view.at, world.behavior)),
    )
    .sort((left, right) => {
      const byCount = query.byCount ? left.subTasks.length - right.subTasks.length : 0;
      const byTime = left.record.createdMs - right.record.createdMs;
      return sign * (byCount || byTime || left.record.seq - right.record.seq);
    });
}

/** Whether `video_group` holds ids or names is not said; both match. */
function groupsOf(world: World, batch: Batch): string[] {
  const input = batch.record.wire["batch_input"];
  const named = groupNames(world, input);
  const ids = [...world.videoGroups.values()]
    .filter(({ name }) => named.includes(name))
    .map((group) => group.id);
  return [...named, ...ids];
}

function isAmong(record: TaskRecord, key: string, wanted: readonly string[] | undefined): boolean {
  return wanted?.includes(textOf(record.wire[key])) ?? true;
}

const TASK_QUERY = [
  "source_data_type",
  "title",
  "camera_name",
  "task_state",
  "task_name",
  "page_size",
  "page",
  "sort_dir",
  "batch_id",
  "video_group_id",
  "company",
  "alg_id",
];

/** A checked query of the task list. */
export type TaskQuery = ReturnType<typeof taskQuery>;

/** Checks the query of the task list, whose paging has other names and bounds than that of the batches. */
export function taskQuery(given: URLSearchParams) {
  const query = new Query(given, TASK_QUERY);
  query.text("source_data_type", oneOf(["async_task", "sync_task"]));
  return {
    size: query.integer("page_size", PAGE_SIZE.min, MAX_TASKS) ?? PAGE_SIZE.default,
    page: query.integer("page", 1) ?? 1,
    descending: query.text("sort_dir", direction) !== "asc",
    sortKey: "created_at" as const,
    state: query.text("task_state", oneOf(LIST_STATES)),
    nameLike: query.text("task_name", text({ max: 1024 })),
    sourceLike: query.text("camera_name", text({ max: 255 })),
    batchId: query.text("batch_id", id),
    groupIds: query.text("video_group_id", text({ pattern: /^[a-z0-9\-_,]{4,2048}$/ }))?.split(","),
    titles: query.text("title", title)?.split(","),
    companies: query.text("company", company)?.split(","),
    algorithmId: query.text("alg_id", text({ pattern: UUID_4 })),
  };
}

const UUID_4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** The tasks that match, in order, before paging. */
export function selectTasks(world: World, view: View, query: TaskQuery): TaskRecord[] {
  const { batchId, groupIds, algorithmId } = query;
  const inGroups = groupIds?.flatMap(
    (group) => world.videoGroups.get(group)?.sources.map((each) => each.id) ?? [],
  );
  return select(view, query, world.behavior).filter(
    (record) =>
      record.family === "vias" &&
      (batchId === undefined || batchId === record.batchId) &&
      (algorithmId === undefined || algorithmId === record.wire["algorithm_publish_id"]) &&
      isLike(textOf(record.wire["video_source_name"]), query.sourceLike) &&
      isAmong(record, "title", query.titles) &&
      isAmong(record, "company", query.companies) &&
      (inGroups === undefined || inGroups.includes(sourceOf(record))),
  );
}
