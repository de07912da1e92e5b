/**
 * Matches the elements of an input list, each of which is a task, with the live tasks: whether several elements make one
 * task or several, and in which order, is not documented (docs/api-notes.md, "Several inputs"); every reading is accepted.
 */
import { deepEqual, getAt, isObject, type PropertyMap } from "../../common/json";
import { schemaAt, schemaOf } from "../schema/walk";
import type { Echo } from "./echo";
import { project } from "./project";
import type { LiveTask, ResourceDefinition } from "../contract";

/** The members in arguments, valid or not. */
export function membersIn({ members }: Pick<ResourceDefinition, "members">, args: PropertyMap): unknown[] {
  const list = members && getAt(args, members.path);
  return Array.isArray(list) ? list : [];
}

/** How many tasks the arguments stand for. */
export const memberCount = (definition: Pick<ResourceDefinition, "members">, inputs: PropertyMap): number =>
  Math.max(1, membersIn(definition, inputs).length);

/** Whether two lists of members can be compared: those of another type have nothing in common. */
export function haveSameType(
  { members, arguments: schema }: ResourceDefinition,
  recorded: PropertyMap,
  live: PropertyMap,
): boolean {
  if (members === undefined) return false;
  const around = members.path.slice(0, -1);
  const [one, other] = [recorded, live].map((args) => {
    const value = getAt(args, around);
    const found = isObject(value) ? schemaAt(schema, args, around) : undefined;
    return found === undefined ? undefined : schemaOf(found, value);
  });
  return one !== undefined && one === other;
}

/** A live member beside the recorded one that it is compared with. */
export interface MemberPair {
  readonly position: number;
  readonly task: string;
  readonly shown: unknown;
  readonly projected: unknown;
}

interface Member {
  readonly task: string;
  readonly shown: unknown;
}

export interface LiveTasks {
  /** The tasks that exist, their arguments in the structure of the recorded ones. */
  readonly tasks: readonly LiveTask[];
  /** Number of tasks that the resource has. */
  readonly total: number;
  readonly echo: Echo;
}

/**
 * @returns the members by position: once for all tasks together, or once for each task that has them all; undefined where
 *   the answers withhold them
 */
export function readMembers(
  definition: ResourceDefinition,
  inputs: PropertyMap,
  { tasks, total, echo }: LiveTasks,
): readonly (readonly MemberPair[])[] | undefined {
  if (definition.members === undefined) return undefined;
  const { path } = definition.members;
  const recorded = membersIn(definition, inputs);
  const perTask = tasks.map(({ id, args }) =>
    membersIn(definition, args).map((shown): Member => ({ task: id, shown })),
  );
  // Every task has members: an answer without them withholds them.
  if (perTask.some((members) => members.length === 0)) return undefined;
  const element = schemaAt(definition.arguments, inputs, [...path, 0]);
  const projectAt = (position: number, { task, shown }: Member): unknown => {
    const known = echo.explain(task, recorded[position], shown, [...path, position]);
    return element === undefined ? known : project(element, recorded[position] ?? known, known);
  };
  const whole = perTask.length === 1 || perTask.every((members) => members.length === recorded.length);
  if (total === 1 || (whole && recorded.length > 1 && perTask[0]?.length === recorded.length)) {
    return perTask.map((members) => matchMembers(recorded, members, projectAt));
  }
  return [matchMembers(recorded, perTask.flat(), projectAt)];
}

/** In the order of the positions. */
function matchMembers(
  recorded: readonly unknown[],
  members: readonly Member[],
  projectAt: (position: number, member: Member) => unknown,
): MemberPair[] {
  const slots = new Map<number, MemberPair>();
  const put = (position: number, member: Member, projected: unknown): void => {
    slots.set(position, { position, ...member, projected });
  };
  const taken = pairUp(members, recorded.length, (member, position) =>
    deepEqual(projectAt(position, member), recorded[position]),
  );
  for (const [index, position] of taken) put(position, members[index] as Member, recorded[position]);
  for (const [index, member] of members.entries()) {
    if (taken.has(index)) continue;
    const free = [index, ...recorded.keys()].find(
      (position) => position < recorded.length && !slots.has(position),
    );
    const position = free ?? recorded.length + index;
    put(position, member, projectAt(position, member));
  }
  return [...slots.values()].sort((a, b) => a.position - b.position);
}

/**
 * Pairs as many as possible. A recorded member with fewer keys fits several live ones, so that the first fit
 * could leave another one without its only fit.
 *
 * @returns the right position of each left index that has one
 */
function pairUp<T>(
  members: readonly T[],
  right: number,
  fits: (member: T, position: number) => boolean,
): Map<number, number> {
  const owner = new Map<number, number>();
  const claim = (index: number, tried: Set<number>): boolean => {
    for (const position of [index, ...Array(right).keys()]) {
      if (position >= right || tried.has(position) || !fits(members[index] as T, position)) continue;
      tried.add(position);
      const other = owner.get(position);
      if (other !== undefined && !claim(other, tried)) continue;
      owner.set(position, index);
      return true;
    }
    return false;
  };
  const indexes = [...members.keys()];
  // What stands at its own place is paired first, so that a change elsewhere shows where it was made.
  const inPlace = new Set(indexes.filter((index) => index < right && fits(members[index] as T, index)));
  for (const index of inPlace) owner.set(index, index);
  for (const index of indexes) if (!inPlace.has(index)) claim(index, new Set());
  return new Map([...owner].map(([position, index]) => [index, position]));
}
