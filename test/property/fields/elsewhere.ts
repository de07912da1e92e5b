/** Changes of another client at the service: from the arguments that a resource was made from to others. */
import { deepEqual, isObject, type PropertyMap } from "../../../provider/common/json";
import type { Emulator, JsonObject } from "../../../testkit/emulator";
import type { Recorded } from "./hooks";
import { spelled } from "./table";

/** Arguments that no body has; a run state is changed by itself. */
const NO_FIELDS = [
  "autoName",
  "serviceId",
  "region",
  "desiredState",
  "waitFor",
  "triggers",
  "timeouts",
  "adopt",
  "platform",
];

/** The merge patch that makes one value of the other. */
function patchBetween(before: unknown, after: unknown): unknown {
  if (!isObject(before) || !isObject(after)) return after;
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return Object.fromEntries(
    keys
      .filter((key) => !deepEqual(before[key], after[key]))
      .map((key) => [key, after[key] === undefined ? null : patchBetween(before[key], after[key])]),
  );
}

const bodyOf = (args: PropertyMap): PropertyMap =>
  spelled(
    Object.fromEntries(Object.entries(args).filter(([key]) => !NO_FIELDS.includes(key))),
  ) as PropertyMap;

/** The arguments of one of several tasks, each of which has one source. */
function ofTask(args: PropertyMap, index: number): PropertyMap {
  const { input } = args;
  if (!isObject(input) || !Array.isArray(input.data)) return args;
  const data = input.data as unknown[];
  return { ...args, input: { ...input, data: [data[index] ?? data[0]] } };
}

/** @param before with the name that the task got, as in `after` */
export function changeElsewhere(
  emulator: Emulator,
  resource: Recorded,
  before: PropertyMap,
  after: PropertyMap,
): void {
  const ids = resource.outputs.taskIds as string[];
  if (!deepEqual(before.desiredState, after.desiredState)) {
    const state = before.desiredState === "stopped" ? "RUNNING" : "STOPPED";
    for (const id of ids) emulator.setState(id, state);
  }
  if (before.batchInput === undefined) {
    for (const [index, id] of ids.entries()) {
      const patch = patchBetween(bodyOf(ofTask(before, index)), bodyOf(ofTask(after, index)));
      emulator.editTask(id, patch as JsonObject);
    }
    return;
  }
  emulator.editBatch(resource.id, patchBetween(bodyOf(before), bodyOf(after)) as JsonObject);
  const [were, are] = [sourcesOf(before), sourcesOf(after)];
  const moved = new Map(were.map((source, index) => [source, are[index] ?? source]));
  for (const { id, input } of emulator.tasks().filter((task) => ids.includes(task.id))) {
    const { data } = input as { data: [{ video_source_id: string }] };
    const source = moved.get(data[0].video_source_id);
    if (source !== undefined && source !== data[0].video_source_id) {
      emulator.editTask(id, { input: { data: [{ ...data[0], video_source_id: source }] } });
    }
  }
}

function sourcesOf(args: PropertyMap): string[] {
  const { videoSourceGroup } = args.batchInput as {
    videoSourceGroup: { videoSourceList: { videoSourceId: string }[] }[];
  };
  return videoSourceGroup.flatMap(({ videoSourceList }) =>
    videoSourceList.map((source) => source.videoSourceId),
  );
}
