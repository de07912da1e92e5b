/** Between the arguments of a batch and the bodies of VIAS, which shows a batch by its sub-tasks only. */
import type { BatchAnswer, WireBatch, WireSubTask } from "../api/wire-batch";
import type { WireTask } from "../api/wire-task";
import { deepEqual, defined, getAt, isObject, type PropertyMap } from "../../common/json";
import { isEmpty } from "../../core/schema/equivalence";
import { project } from "../../core/drift/project";
import type { LiveTask } from "../../core/contract";
import { summaryState } from "../../core/state/run-state";
import { toWire } from "../../core/schema/wire";
import { baseTask, redactedBy, textOf } from "../shared/live-task";
import { list } from "../shared/rules";
import { readableErrors } from "./partial-failure";
import { batchTaskArguments, batchTaskUpdatable } from "./schema";

/** The fields of the create body (Adding a Batch Task, table 3). */
const BODY = [
  "name",
  "description",
  "schedule",
  "batchInput",
  "output",
  "config",
  "serviceName",
  "serviceVersion",
  "isSavedAsTemplate",
  "resourceOrderId",
] as const;

const bodyOf = (args: PropertyMap, keys: readonly string[]): PropertyMap =>
  toWire(batchTaskArguments, Object.fromEntries(keys.map((key) => [key, args[key]]))) as PropertyMap;

/** Request body of a create. */
export const toCreateBody = (args: PropertyMap): PropertyMap => bodyOf(args, BODY);

/**
 * Request body of an update: the whole desired batch, since the documents do not say whether what is left out
 * stays. An empty description clears the old one. Each `is_saved_as_template` may store another template.
 */
export function toUpdateBody(args: PropertyMap, changed: readonly string[]): PropertyMap {
  const { isSavedAsTemplate, description = "", ...rest } = args;
  const save = isSavedAsTemplate === true && changed.includes("isSavedAsTemplate");
  const desired = { ...rest, description, ...(save ? { isSavedAsTemplate } : {}) };
  return bodyOf(desired, batchTaskUpdatable);
}

/** A sub-task by the list, and by its details where they were read. */
export interface SubTask {
  readonly entry: WireSubTask;
  readonly details?: WireTask | undefined;
}

/** Arguments that all sub-tasks of a batch share, as their details show them. */
const SHARED = ["description", "output", "schedule", "config", "resourceOrderId"] as const;
type Shared = (typeof SHARED)[number];

function toPart({ entry, details }: SubTask, secrets: readonly string[]): LiveTask {
  const state = (textOf(entry.state) ?? "").toUpperCase();
  const listed = { id: entry.id, name: textOf(entry.name) ?? "", state, outputFields: {} };
  const createdAt = textOf(entry.created_at);
  if (details === undefined) return { ...listed, ...defined({ createdAt }), args: {} };
  const common = baseTask({ arguments: batchTaskArguments }, details, redactedBy(details, secrets));
  const sources = list(getAt(details, ["input", "data"])).flatMap((source) => {
    const id = isObject(source) ? textOf(source.video_source_id) : undefined;
    return id === undefined ? [] : [{ videoSourceId: id }];
  });
  return {
    ...listed,
    ...common,
    // The list is newer or older by a moment; one answer must not be judged by both.
    state: common.state === "" ? state : common.state,
    ...defined({ scheduleStatus: textOf(details.schedule_status) }),
    args: {
      ...Object.fromEntries(SHARED.map((key) => [key, common.args[key]])),
      batchInput: { videoSourceGroup: [{ videoSourceList: sources }] },
    },
  };
}

const isDeleting = (part: LiveTask): boolean => part.state === "DELETING";

/** A sub-task whose details were read. */
const isShown = (part: LiveTask): boolean => part.args.batchInput !== undefined;

/** The schedule is that of the batch, so that of one sub-task holds for all (inferred). */
function withSchedule(parts: readonly LiveTask[]): LiveTask[] {
  const known = parts.find((part) => part.scheduleStatus !== undefined)?.scheduleStatus;
  return known === undefined
    ? [...parts]
    : parts.map((part) => ({ ...part, scheduleStatus: part.scheduleStatus ?? known }));
}

/** Versions of the documents write the kind of a batch as a digit or as a word. */
const KINDS: Readonly<Record<string, string>> = { "0": "cloud", "1": "edge" };

/** `cloud` or `edge`, or a word that the documents do not know. */
export function kindOfBatch({ type }: WireBatch): string | undefined {
  const kind = textOf(type);
  return kind === undefined ? undefined : (KINDS[kind] ?? kind);
}

/**
 * @param answer the last answer with counters for this batch, if this operation had one
 * @param made sub-tasks that this operation created, if it did
 * @param secrets values of the arguments that an algorithm may repeat when it says what went wrong
 */
export function toLiveBatch(
  batch: WireBatch,
  subTasks: readonly SubTask[],
  answer: BatchAnswer | undefined,
  made: number | undefined,
  secrets: readonly string[],
): LiveTask {
  const unsorted = withSchedule(subTasks.map((subTask) => toPart(subTask, secrets)));
  const parts = unsorted.sort((a, b) => (a.id < b.id ? -1 : 1));
  const states = parts.map((part) => part.state);
  const name = textOf(batch.batch_task_name) ?? "";
  const shown = parts.filter(isShown);
  const complete = shown.length === parts.length;
  const args = { ...shown[0]?.args, name, batchInput: complete ? joinedInput(shown) : undefined };
  const counters = answer === undefined ? {} : countersOf(answer, secrets);
  const creator = subTasks.map(({ details }) => textOf(details?.creator)).find((text) => text !== undefined);
  const outputFields = {
    batchTaskId: batch.id,
    ...counters,
    statusCounts: countsOf(states),
    algName: textOf(batch.alg_name),
    company: textOf(batch.company),
    type: kindOfBatch(batch),
    videoGroupName: textOf(batch.video_group_name),
    videoSourceName: textOf(batch.video_source_name),
    creator,
    createdAt: textOf(batch.created_at),
  };
  return {
    id: batch.id,
    name,
    // A batch that is being deleted loses its sub-tasks one by one; the rest may show any state.
    state: states.includes("DELETING") ? "DELETING" : summaryState(states),
    ...defined({ createdAt: textOf(batch.created_at), partCount: made ?? batch.num_task }),
    args: defined(args),
    parts,
    outputFields: defined(outputFields),
  };
}

function countersOf(answer: BatchAnswer, secrets: readonly string[]): PropertyMap {
  const { totalCount, succeedCount, failedCount } = answer;
  return { totalCount, succeedCount, failedCount, errorList: readableErrors(answer, secrets) };
}

function countsOf(states: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const state of states) counts[state] = (counts[state] ?? 0) + 1;
  return counts;
}

/** All sources of a batch as one group: no call returns the groups. */
function joinedInput(shown: readonly LiveTask[]): PropertyMap | undefined {
  if (shown.length === 0) return undefined;
  return {
    videoSourceGroup: [{ videoSourceList: shown.flatMap((part) => sourcesOf(part.args.batchInput)) }],
  };
}

const groupsOf = (batchInput: unknown): PropertyMap[] =>
  list(getAt(batchInput, ["videoSourceGroup"])).filter(isObject);
const sourcesOf = (batchInput: unknown): PropertyMap[] =>
  groupsOf(batchInput).flatMap((group) => list(group.videoSourceList).filter(isObject));

/** How many sources the arguments name; undefined where a group may stand for all of its sources, or is not known. */
export function sourceCount(batchInput: unknown): number | undefined {
  const groups = groupsOf(batchInput);
  const named = groups.every((group) => list(group.videoSourceList).length > 0);
  return groups.length > 0 && named ? new Set(sourcesOf(batchInput).map(idOf)).size : undefined;
}

/**
 * The live arguments in the structure of the recorded ones, over all sub-tasks that were looked at and stay. Without
 * any of them nothing is known of the batch but its name.
 */
export function alignToRecorded(
  args: PropertyMap,
  live: LiveTask,
  explain: (shown: PropertyMap) => PropertyMap = (shown) => shown,
): PropertyMap {
  const shown = (live.parts ?? []).filter((part) => isShown(part) && !isDeleting(part));
  if (shown.length === 0) return { ...args, name: live.name };
  const shared = SHARED.map((key): [string, unknown] => [key, furthest(key, args[key], shown, explain)]);
  return {
    ...Object.fromEntries(shared),
    name: live.name,
    batchInput: withLiveSources(args.batchInput, live, shown),
  };
}

/** One sub-task that differs is drift of the batch, also by having no such field at all. */
function furthest(
  key: Shared,
  recorded: unknown,
  shown: readonly LiveTask[],
  explain: (shown: PropertyMap) => PropertyMap,
): unknown {
  const values = shown.map((part) => explain({ [key]: inSpelling(key, recorded, part.args[key]) })[key]);
  const schema = batchTaskArguments.shape[key];
  const different = values.findIndex((value) => !deepEqual(project(schema, recorded, value), recorded));
  return values[Math.max(different, 0)];
}

/** Details write out what the arguments may leave to its default, or the other way round. */
function inSpelling(key: Shared, recorded: unknown, live: unknown): unknown {
  if (key === "config" && isEmpty(getAt(recorded, ["common"])) && isEmpty(getAt(live, ["common"]))) {
    return recorded;
  }
  if (key !== "output" || !isObject(live)) return live;
  const { eventCenter = false, ...members } = live;
  return eventCenter === false && getAt(recorded, ["eventCenter"]) === undefined
    ? members
    : { ...members, eventCenter };
}

/**
 * The recorded groups with the sources that have sub-tasks; unrecorded sources join the last group, since no call
 * returns their own. A source in several groups counts in all of them.
 */
function withLiveSources(recorded: unknown, live: LiveTask, shown: readonly LiveTask[]): unknown {
  const groups = groupsOf(recorded);
  if (groups.length === 0) return live.args.batchInput;
  // A group without a list may stand for all of its sources (not documented), so any source may be meant.
  if (groups.some((group) => list(group.videoSourceList).length === 0)) return recorded;
  const there = new Set(shown.flatMap((part) => sourcesOf(part.args.batchInput)).map(idOf));
  const known = new Set(sourcesOf(recorded).map(idOf));
  const { parts = [] } = live;
  const total = Math.max(parts.length, live.partCount ?? 0) - parts.filter(isDeleting).length;
  const isWhole = (part: LiveTask): boolean => sourcesOf(part.args.batchInput).length > 0;
  const complete = shown.length === total && shown.every(isWhole);
  const foreign = [...there].filter((id) => !known.has(id)).map((videoSourceId) => ({ videoSourceId }));
  const videoSourceGroup = groups.map((group, index) => {
    const sources = list(group.videoSourceList);
    const isThere = (source: unknown): boolean => isObject(source) && there.has(idOf(source));
    const present = complete ? sources.filter(isThere) : sources;
    const joining = index === groups.length - 1 ? foreign : [];
    return { ...group, videoSourceList: [...present, ...joining] };
  });
  return { ...(recorded as PropertyMap), videoSourceGroup };
}

const idOf = (source: PropertyMap): unknown => source.videoSourceId;
