/** Bodies of VIAS batches and tasks. */
import { definedEntry, definedVcn, MAX_ENTRIES, taskInput } from "../../bodies/input";
import { definedOutputs, taskOutput } from "../../bodies/output";
import { checkDays, checkWindow, dayFields, timezone, windowFields } from "../../bodies/schedule";
import { chineseName, description } from "../../bodies/values";
import { isObject, type JsonObject } from "../../json";
import {
  bool,
  distinct,
  freeObject,
  integer,
  InvalidField,
  join,
  list,
  object,
  oneOf,
  optional,
  required,
  type Rule,
  text,
} from "../../rules";

/** Ids of batches, tasks, groups, sources and orders. */
export const ID = /^[a-z0-9-_]{4,36}$/;

/** An {@link ID}. */
export const id: Rule = text({ min: 1, pattern: ID });

/** The documents bound a group's list of sources and the list of groups alike. */
const MAX_SOURCES = 100;
const MAX_ROI = 2048;
const MAX_WINDOWS = 10;

const source = object({ video_source_id: required(id), target_roi: optional(text({ max: MAX_ROI })) });
const group = object({
  video_source_group_id: required(id),
  video_source_list: required(list(source, 0, MAX_SOURCES)),
});
const batchInput = object({ video_source_group: required(list(group, 1, MAX_SOURCES)) });

/** `event_center: false` alone is no output (inferred). */
const output = taskOutput(
  { ...definedOutputs, event_center: optional(bool) },
  (value, key) => value[key] !== false,
);

/** Monthly is in the pattern, although the text calls only weekly supported. */
const schedule = object(
  {
    type: required(oneOf(["weekly", "monthly"])),
    timezone: required(timezone),
    ...dayFields(distinct, list),
    periods: optional(list(list(object(windowFields), 0, MAX_WINDOWS))),
  },
  (value, path) => {
    checkDays(value, path);
    checkWindows(value, join(path, "periods"));
  },
);

/** Days without windows are documented by example; a schedule without any window is not. */
function checkWindows(value: JsonObject, path: string): void {
  const days = Array.isArray(value["periods"]) ? value["periods"] : undefined;
  if (days === undefined) return;
  days.forEach((windows, day) => {
    const found = Array.isArray(windows) ? windows.filter(isObject) : [];
    found.forEach((window, index) => checkWindow(window, `${path}[${day}][${index}]`, false));
  });
  if (days.flat().length === 0) throw new InvalidField(path, "should have at least one time segment.");
}

const version = text({ min: 3, max: 32, pattern: /^[a-z0-9.]{3,32}$/ });

/** Members of all bodies beside name, input and output. */
const common = {
  description: optional(description),
  schedule: optional(schedule),
  config: optional(object({ common: optional(freeObject) })),
  is_saved_as_template: optional(bool),
  resource_order_id: optional(id),
};

/** The create body of a batch. */
export const newBatch: Rule = object({
  name: required(chineseName),
  batch_input: required(batchInput),
  output: required(output),
  ...common,
  service_name: required(chineseName),
  service_version: required(version),
});

/**
 * The update body of a batch; the algorithm cannot change. The schema requires no member. The text calls the name
 * mandatory, and a full replacement needs what a create needs.
 */
export function changedBatch(put: "replace" | "merge"): Rule {
  const needed = put === "replace" ? required : optional;
  return object({
    name: required(chineseName),
    batch_input: needed(batchInput),
    output: needed(output),
    ...common,
  });
}

const input = taskInput({
  types: ["video_source", "obs", "url", "edgecamera", "restful", "vcn"],
  entry: object({
    ...definedEntry,
    video_source_id: optional(id),
    // Only in the text and the examples, not in the definition.
    index: optional(integer(0)),
  }),
  vcn: definedVcn,
  maxEntries: MAX_ENTRIES,
});

const task = { name: required(chineseName), input: required(input), output: required(output), ...common };

/** The create body of single tasks. */
export const newTask: Rule = object({ ...task, service_version: required(version) });

/** The update body of a single task: one input only, as the text says. */
export const changedTask: Rule = object(task, (body) => {
  const data = isObject(body["input"]) ? body["input"]["data"] : undefined;
  list(freeObject, 1, 1)(data ?? null, "input.data");
});
