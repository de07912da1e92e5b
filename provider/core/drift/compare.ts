/** What differs between recorded and live arguments, for drift, adoption and resumption. */
import type { z } from "zod";
import { deepEqual, formatPath, isObject, own, type PropertyMap, type Path } from "../../common/json";
import { metaOf, propertyOf } from "../schema/field";
import { Echo } from "./echo";
import { readMembers } from "./members";
import { project } from "./project";
import type { LiveTask, ResourceDefinition } from "../contract";
import { sourcesIn } from "../reconcile/sources";

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

/** Arguments that are no secrets whatever the program makes of them: every URL of a request shows them. */
const OPEN: ReadonlySet<unknown> = new Set(["name", "serviceId", "serviceName", "serviceVersion"]);

/** The paths of what differs. Few values: what the program made a secret is plain text to a hook. */
export function describeDifferences(_definition: ResourceDefinition, found: readonly Difference[]): string {
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
 * @param args recorded arguments, defaults not filled in
 * @param tasks the tasks that exist, in the order of the resource's ids
 * @param total number of tasks that the resource has; more than `tasks` when some are gone
 */
export function projectTasks(
  definition: ResourceDefinition,
  args: PropertyMap,
  tasks: readonly LiveTask[],
  total: number,
  echo: Echo = Echo.none,
): PropertyMap {
  const result: Record<string, unknown> = { ...args };
  const lives = tasks.map((task) => explained(definition, args, task, echo));
  for (const key of definition.observed) {
    const schema = propertyOf(definition.arguments, key);
    if (schema === undefined) continue;
    // Every task has a name: an answer without it says nothing, and one that no program gave is no argument.
    const meansNothing = metaOf(schema)?.observedWhenUnset !== true;
    if (meansNothing && args[key] === undefined) continue;
    const values = lives.map((live) => projectArgument(schema, key, args, live.args));
    // One task that differs is drift of the resource, also by having no such field at all.
    const different = values.findIndex((candidate) => !deepEqual(candidate, args[key]));
    const value = different < 0 ? args[key] : values[different];
    if (value === undefined) Reflect.deleteProperty(result, key);
    else result[key] = value;
  }
  // Sources of another type have nothing in common with the recorded ones.
  if (isObject(result.input) && isObject(args.input) && result.input.type === args.input.type) {
    result.input = { ...result.input, data: projectSources(definition, args, lives, total, echo) };
  }
  return result;
}

/** The task in the structure of the arguments, with the written values where the forms that it shows are known. */
export function explained(
  definition: ResourceDefinition,
  args: PropertyMap,
  task: LiveTask,
  echo: Echo,
): LiveTask {
  const explain = (shown: PropertyMap): PropertyMap => echo.explain(task.id, args, shown);
  return { ...task, args: explain(definition.reshape(args, task, explain)) };
}

export function projectArgument(
  schema: z.ZodType,
  key: string,
  args: PropertyMap,
  live: PropertyMap,
): unknown {
  const value = key === "input" ? withSources(live, args) : live[key];
  const meansNothing = metaOf(schema)?.observedWhenUnset !== true;
  return value === undefined && meansNothing ? args[key] : project(schema, args[key], value);
}

/** The live input with the recorded sources in place, so that only the rest of it is compared. */
function withSources(live: PropertyMap, args: PropertyMap): unknown {
  const input = live.input;
  if (!isObject(input) || !isObject(args.input) || input.type !== args.input.type) return input;
  return { ...input, data: args.input.data };
}

/** The sources of all tasks on the recorded ones. */
function projectSources(
  definition: ResourceDefinition,
  args: PropertyMap,
  lives: readonly LiveTask[],
  total: number,
  echo: Echo,
): readonly unknown[] {
  const recorded = sourcesIn(args);
  const readings = readMembers(definition, args, lives, total, echo);
  if (readings !== undefined) {
    const projected = readings.map((pairs) => pairs.map((pair) => pair.projected));
    return projected.find((sources) => !deepEqual(sources, recorded)) ?? [...recorded];
  }
  return lives.length < total && recorded.length === total ? recorded.slice(0, lives.length) : [...recorded];
}

/** Differences between what the arguments ask for and what the tasks are. */
export function compareWithLive(
  definition: ResourceDefinition,
  args: PropertyMap,
  lives: readonly LiveTask[],
): Difference[] {
  return differences(args, projectTasks(definition, args, lives, lives.length)).filter(
    ({ path }) => definition.observed.includes(String(path[0])) && path[0] !== "name",
  );
}
