/** Differences between recorded and live arguments, for drift, adoption and resumption. */
import {
  deepEqual,
  formatPath,
  getAt,
  isObject,
  own,
  setAt,
  type PropertyMap,
  type Path,
} from "../../common/json";
import { metaOf, propertyOf } from "../schema/field";
import { ANYTHING } from "../schema/walk";
import { Echo } from "./echo";
import { haveSameType, membersIn, readMembers, type LiveTasks } from "./members";
import { project } from "./project";
import type { LiveTask, ResourceDefinition } from "../contract";

export interface Difference {
  readonly path: Path;
  readonly recorded: unknown;
  readonly live: unknown;
}

/** Leaf differences of two values. */
export function differences(recorded: unknown, live: unknown, path: Path = []): Difference[] {
  if (deepEqual(recorded, live)) return [];
  if (isObject(recorded) && isObject(live)) {
    const keys = [...new Set([...Object.keys(recorded), ...Object.keys(live)])];
    return keys.flatMap((key) => differences(own(recorded, key), own(live, key), [...path, key]));
  }
  if (Array.isArray(recorded) && Array.isArray(live)) {
    const indexes = [...(recorded.length > live.length ? recorded : live).keys()];
    return indexes.flatMap((index) => differences(recorded[index], live[index], [...path, index]));
  }
  return [{ path, recorded, live }];
}

/** Arguments that are no secrets, even where the program marks them so: every URL of a request shows them. */
const OPEN: ReadonlySet<unknown> = new Set(["name", "serviceId", "serviceName", "serviceVersion"]);

/** The paths of differences, with few values: secrets of the program are plain text to a hook. */
export function describeDifferences(found: readonly Difference[]): string {
  return found
    .map(({ path, recorded, live }) => {
      const where = formatPath(path);
      if (recorded === undefined) return `${where} (only at the service)`;
      if (live === undefined) return `${where} (only here)`;
      if (path.length > 1 || !OPEN.has(path[0])) return where;
      return `${where}: ${JSON.stringify(recorded)} here, ${JSON.stringify(live)} at the service`;
    })
    .join("; ");
}

/**
 * The arguments as the service has them now, over all tasks of a resource.
 *
 * @param recorded arguments, defaults not filled in
 * @param live the tasks that exist, in the order of the resource's ids; all of them where no number is given
 */
export function projectTasks(
  definition: ResourceDefinition,
  recorded: PropertyMap,
  live: Pick<LiveTasks, "tasks"> & Partial<LiveTasks>,
): PropertyMap {
  const { total = live.tasks.length, echo = Echo.none } = live;
  const result: Record<string, unknown> = { ...recorded };
  const tasks = live.tasks.map((task) => explained(definition, recorded, task, echo));
  for (const key of definition.observed) {
    const schema = propertyOf(definition.arguments, key);
    if (schema === undefined) continue;
    // Every task has a name: an answer without it says nothing, and one that no program gave is no argument.
    const meansNothing = metaOf(schema)?.observedWhenUnset !== true;
    if (meansNothing && recorded[key] === undefined) continue;
    const values = tasks.map((task) => projectArgument(definition, key, recorded, task.args));
    // One task that differs is drift of the resource, also by having no such field at all.
    const different = values.findIndex((candidate) => !deepEqual(candidate, recorded[key]));
    const value = different < 0 ? recorded[key] : values[different];
    if (value === undefined) Reflect.deleteProperty(result, key);
    else result[key] = value;
  }
  return definition.members !== undefined && haveSameType(definition, recorded, result)
    ? (setAt(
        result,
        definition.members.path,
        projectMembers(definition, recorded, { tasks, total, echo }),
      ) as PropertyMap)
    : result;
}

/** The task in the structure of the arguments, with the written values where the forms that it shows are known. */
export function explained(
  definition: ResourceDefinition,
  args: PropertyMap,
  task: LiveTask,
  echo: Echo,
): LiveTask {
  const explain = (shown: PropertyMap): PropertyMap => echo.explain(task.id, args, shown);
  return { ...task, args: explain(definition.alignToRecorded(args, task, explain)) };
}

/** One argument of a task; members are those of all tasks, so that the recorded ones stand in their place. */
export function projectArgument(
  definition: ResourceDefinition,
  key: string,
  recorded: PropertyMap,
  live: PropertyMap,
): unknown {
  const schema = propertyOf(definition.arguments, key) ?? ANYTHING;
  const value = withRecordedMembers(definition, recorded, live)[key];
  const meansNothing = metaOf(schema)?.observedWhenUnset !== true;
  return value === undefined && meansNothing ? recorded[key] : project(schema, recorded[key], value);
}

function withRecordedMembers(
  definition: ResourceDefinition,
  recorded: PropertyMap,
  live: PropertyMap,
): PropertyMap {
  const { members } = definition;
  if (members === undefined || !haveSameType(definition, recorded, live)) return live;
  return setAt(live, members.path, getAt(recorded, members.path)) as PropertyMap;
}

/** The members of all tasks on the recorded ones. */
function projectMembers(
  definition: ResourceDefinition,
  inputs: PropertyMap,
  live: LiveTasks,
): readonly unknown[] {
  const recorded = membersIn(definition, inputs);
  const readings = readMembers(definition, inputs, live) ?? [];
  const projected = readings.map((pairs) => pairs.map((pair) => pair.projected));
  const different = projected.find((members) => !deepEqual(members, recorded));
  if (different !== undefined) return different;
  // Tasks that withhold their members, or show those of all, do not show which of them are gone.
  const { tasks, total } = live;
  return tasks.length < total && recorded.length === total ? recorded.slice(0, tasks.length) : recorded;
}

/** Differences between the arguments and the tasks. */
export function compareWithLive(
  definition: ResourceDefinition,
  inputs: PropertyMap,
  tasks: readonly LiveTask[],
): Difference[] {
  return differences(inputs, projectTasks(definition, inputs, { tasks })).filter(
    ({ path }) => definition.observed.includes(String(path[0])) && path[0] !== "name",
  );
}
