/** What differs between recorded and live arguments, for drift, adoption and resumption. */
import { deepEqual, formatPath, isObject, own, type Bag, type Path } from "../common/json";
import { metaOf, propertyOf } from "../schemas/field";
import { project } from "./projection";
import type { LiveTask, ResourceDefinition } from "./resource";
import { secretPaths } from "./secrets";
import { sourcesIn } from "./sources";

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

/** Readable lines; sensitive values are not printed. */
export function describeDifferences(definition: ResourceDefinition, found: readonly Difference[]): string {
  return found
    .map(({ path, recorded, live }) => {
      const secret =
        secretAt(definition, path, recorded) || secretAt(definition, path, live) ? "[secret]" : undefined;
      return `${formatPath(path)}: ${secret ?? print(recorded)} here, ${secret ?? print(live)} at the service`;
    })
    .join("; ");
}

function secretAt(definition: ResourceDefinition, path: Path, leaf: unknown): boolean {
  const nested = path.reduceRight<unknown>(
    (inner, part) => (typeof part === "number" ? [inner] : { [part]: inner }),
    leaf,
  );
  return secretPaths(definition.arguments, nested).length > 0;
}

const print = (value: unknown): string => (value === undefined ? "nothing" : JSON.stringify(value));

/**
 * The arguments as the service has them now, over all tasks of a resource.
 *
 * @param args recorded arguments, defaults not filled in
 * @param tasks the tasks that exist, in the order of the resource's ids
 * @param total number of tasks that the resource has; more than `tasks` when some are gone
 */
export function projectTasks(
  definition: ResourceDefinition,
  args: Bag,
  tasks: readonly LiveTask[],
  total: number,
): Bag {
  const result: Record<string, unknown> = { ...args };
  const lives = tasks.map((task): LiveTask => ({ ...task, args: definition.reshape(args, task) }));
  for (const key of definition.observed) {
    const schema = propertyOf(definition.arguments, key);
    if (schema === undefined) continue;
    // Every task has a name: an answer without it says nothing, and one that no program gave is no argument.
    const meansNothing = metaOf(schema)?.observedWhenUnset !== true;
    if (meansNothing && args[key] === undefined) continue;
    const values = lives.map((live) => {
      const value = key === "input" ? withSources(live.args, args) : live.args[key];
      return value === undefined && meansNothing ? args[key] : project(schema, args[key], value);
    });
    // One task that differs is drift of the resource, also by having no such field at all.
    const different = values.findIndex((candidate) => !deepEqual(candidate, args[key]));
    const value = different < 0 ? args[key] : values[different];
    if (value === undefined) Reflect.deleteProperty(result, key);
    else result[key] = value;
  }
  // Sources of another type have nothing in common with the recorded ones.
  if (isObject(result.input) && isObject(args.input) && result.input.type === args.input.type) {
    result.input = { ...result.input, data: projectSources(definition, args, lives, total) };
  }
  return result;
}

/** The live input with the recorded sources in place, so that only the rest of it is compared. */
function withSources(live: Bag, args: Bag): unknown {
  const input = live.input;
  if (!isObject(input) || !isObject(args.input) || input.type !== args.input.type) return input;
  return { ...input, data: args.input.data };
}

/**
 * The sources of all tasks, matched to the recorded ones: whether several inputs make one task or several, and
 * in which order the ids answer to them, is not documented, so every reading is accepted.
 */
function projectSources(
  definition: ResourceDefinition,
  args: Bag,
  lives: readonly LiveTask[],
  total: number,
): readonly unknown[] {
  const recorded = sourcesIn(args);
  const schema = propertyOf(definition.arguments, "input");
  if (schema === undefined) return recorded;
  const perTask = lives.map((live) => sourcesIn(live.args));
  // Every task has sources: an answer without them withholds them.
  if (perTask.some((sources) => sources.length === 0)) {
    return lives.length < total && recorded.length === total
      ? recorded.slice(0, lives.length)
      : [...recorded];
  }
  const projectAt = (index: number, live: unknown): unknown => {
    const input = { ...(args.input as Bag), data: [recorded[index] ?? live] };
    const projected = project(schema, input, { ...(args.input as Bag), data: [live] });
    return isObject(projected) && Array.isArray(projected.data) ? (projected.data as unknown[])[0] : live;
  };
  const whole = perTask.length === 1 || perTask.every((sources) => sources.length === recorded.length);
  if (total === 1 || (whole && recorded.length > 1 && perTask[0]?.length === recorded.length)) {
    const projected = perTask.map((sources) => matchSources(recorded, sources, projectAt));
    return projected.find((sources) => !deepEqual(sources, recorded)) ?? [...recorded];
  }
  return matchSources(recorded, perTask.flat(), projectAt);
}

function matchSources(
  recorded: readonly unknown[],
  live: readonly unknown[],
  projectAt: (index: number, live: unknown) => unknown,
): unknown[] {
  const slots = new Map<number, unknown>();
  const taken = pairUp(live.length, recorded.length, (index, position) =>
    deepEqual(projectAt(position, live[index]), recorded[position]),
  );
  for (const position of taken.values()) slots.set(position, recorded[position]);
  for (const [index, source] of live.entries()) {
    if (taken.has(index)) continue;
    const free = [index, ...recorded.keys()].find(
      (position) => position < recorded.length && !slots.has(position),
    );
    const position = free ?? recorded.length + index;
    slots.set(position, projectAt(position, source));
  }
  return [...slots.entries()].sort(([a], [b]) => a - b).map(([, source]) => source);
}

/**
 * Pairs as many as possible. A recorded source with fewer keys fits several live ones, so that the first fit
 * could leave another one without its only fit.
 *
 * @returns the right position of each left index that has one
 */
function pairUp(
  left: number,
  right: number,
  fits: (index: number, position: number) => boolean,
): Map<number, number> {
  const owner = new Map<number, number>();
  const claim = (index: number, tried: Set<number>): boolean => {
    for (const position of [index, ...Array(right).keys()]) {
      if (position >= right || tried.has(position) || !fits(index, position)) continue;
      tried.add(position);
      const other = owner.get(position);
      if (other !== undefined && !claim(other, tried)) continue;
      owner.set(position, index);
      return true;
    }
    return false;
  };
  const indexes = [...Array(left).keys()];
  // What stands at its own place is paired first, so that a change elsewhere shows where it was made.
  const inPlace = new Set(indexes.filter((index) => index < right && fits(index, index)));
  for (const index of inPlace) owner.set(index, index);
  for (const index of indexes) if (!inPlace.has(index)) claim(index, new Set());
  return new Map([...owner].map(([position, index]) => [index, position]));
}

/** Differences between what the arguments ask for and what the tasks are. */
export function compareWithLive(
  definition: ResourceDefinition,
  args: Bag,
  lives: readonly LiveTask[],
): Difference[] {
  return differences(args, projectTasks(definition, args, lives, lives.length)).filter(
    ({ path }) => definition.observed.includes(String(path[0])) && path[0] !== "name",
  );
}
