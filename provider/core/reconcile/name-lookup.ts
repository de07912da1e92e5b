/**
 * The name lookup before a create. Names are treated as unique within a service, which the services do not do: it is
 * what makes the task of an interrupted run findable, and keeps a second one from being made.
 */
import { idKey, sameId } from "../../common/ids";
import { defined } from "../../common/json";
import { compareWithLive } from "../drift/compare";
import { ambiguous, describeOwner, describeStranger, nameTaken } from "./name-taken";
import { tasksOf, type Operation } from "../operation";
import { judgeOrphan, type Orphan } from "./orphan";
import { alreadyOwned, otherOwnerOf, whyNotOwner } from "../ownership/owners";
import type { LiveTask } from "../contract";
import { isSameTask, type Reservation } from "../ownership/run-registry";
import { poll } from "./poll";

export interface NameLookup {
  /** Ids that were there before the create, by {@link idKey}. */
  readonly before: ReadonlySet<string>;
  /** The orphan of an interrupted run that this one asks for. */
  readonly orphan?: Orphan;
  /** Tasks that are the resource's already, in its order. */
  readonly own?: readonly string[];
}

/** Looks for the name, and decides whether it is free, held by tasks that the resource may have, or taken. */
export async function lookUpName(operation: Operation): Promise<NameLookup> {
  const { inputs, context } = operation;
  const { tasks, before } = await holdersOf(operation);
  const ids = tasks.map(({ id }) => id);
  if (tasks.length === 0) return { before };
  const own = ownTasks(operation, tasks);
  if (own !== undefined) return { before, own };
  const isDefault = inputs.nameIsDefault === true;
  if (!isDefault && context.allowDuplicateNames) return { before };
  const asked = isDefault && context.resume;
  if (asked) refuseOwned(operation, ids);
  const owner = describeOwner(operation, ids);
  if (owner !== undefined) throw nameTaken(operation, tasks, owner);
  const verdict = isDefault ? judgeOrphan(operation, tasks) : undefined;
  if (asked && verdict !== undefined && "orphan" in verdict) return { before, orphan: verdict.orphan };
  if (asked && verdict !== undefined && "several" in verdict) {
    throw ambiguous(operation, ids, "several tasks equal the arguments");
  }
  throw nameTaken(operation, tasks, describeStranger(operation, tasks, verdict));
}

interface Holders {
  readonly tasks: readonly LiveTask[];
  /** Ids that the list had, by {@link idKey}, also of tasks that hold the name no more. */
  readonly before: ReadonlySet<string>;
}

const idsOf = (tasks: readonly LiveTask[]): string => tasks.map(({ id }) => id).join(", ");

/** Tasks of the name, but for those that are being deleted: they do not hold it, and are waited for. */
async function holdersOf(operation: Operation, isRename = false): Promise<Holders> {
  const { inputs, binding, deadline } = operation;
  const name = String(inputs.name);
  let fresh = isRename;
  let doubted = false;
  return poll(operation, async () => {
    const listed = await binding.gateway.find(name, deadline, { fresh });
    fresh = true;
    const tasks = await stillThere(operation, listed);
    const deleting = tasks.filter((task) => task.state === "DELETING");
    if (deleting.length > 0) {
      return { waiting: `waiting until ${idsOf(deleting)} of the same name is deleted` };
    }
    // A group is listed before its parts are: those of one that is deleted meanwhile are gone by then.
    const empty = tasks.filter(({ parts }) => parts?.length === 0);
    if (empty.length > 0 && !doubted) {
      doubted = true;
      return { waiting: `${idsOf(empty)} of the same name shows no sub-tasks` };
    }
    return { done: { tasks, before: new Set(listed.map(({ id }) => idKey(id))) } };
  });
}

/**
 * Tasks of a list, which may lag behind: without those that this run deleted, and as a show has the others, if they still
 * have the name. Of a group no call shows more than the query that found it.
 */
async function stillThere(operation: Operation, listed: readonly LiveTask[]): Promise<LiveTask[]> {
  const { binding, deadline, inputs } = operation;
  const shown = await Promise.all(
    listed
      .filter(({ id }) => !isDeleted(operation, id))
      .map(async (task) => (task.parts === undefined ? binding.gateway.show(task.id, deadline) : task)),
  );
  // An answer without a name does not say that the task has another one.
  return shown.filter((task) => task !== undefined).filter(({ name }) => name === "" || name === inputs.name);
}

function isDeleted(operation: Operation, id: string): boolean {
  const { registry } = operation.context;
  return tasksOf(operation, [id]).some((task) => registry.deletionsOf(task).length > 0);
}

/**
 * The tasks that diff saw as the resource's own, unchanged: a change that would have replaced them was taken back, and
 * `retainOnDelete` has kept them.
 */
function ownTasks(operation: Operation, holders: readonly LiveTask[]): readonly string[] | undefined {
  const { definition, inputs, context } = operation;
  const { registry, owner } = context;
  const compared = registry.comparedEntry(owner);
  if (compared?.unchanged !== true) return undefined;
  const held = compared.tasks.map((task) =>
    holders.find(({ id }) => tasksOf(operation, [id]).some((other) => isSameTask(task, other))),
  );
  const own = held.filter((task) => task !== undefined);
  if (own.length === 0 || own.length < held.length) return undefined;
  const isLost = compared.tasks.some(
    (task) => registry.deletionsOf(task).length > 0 || otherOwnerOf(registry, task, owner) !== undefined,
  );
  return isLost || compareWithLive(definition, inputs, own).length > 0 ? undefined : own.map(({ id }) => id);
}

/** Throws `ALREADY_OWNED` where another resource of the program owns one of the tasks. */
export function refuseOwned(operation: Operation, ids: readonly string[]): void {
  const { registry, owner } = operation.context;
  const tasks = tasksOf(operation, ids);
  const refusal = whyNotOwner(registry, { tasks, takesOver: true, ...defined({ owner }) });
  if (refusal !== undefined) throw alreadyOwned(refusal);
}

/**
 * Reserves the name for this run, so that no two resources take it at the same time.
 *
 * @param own ids of the resource, one that exists already
 * @returns undefined where several tasks may have one name
 */
export function reserveName(operation: Operation, own: readonly string[] = []): Reservation | undefined {
  const { binding, context, inputs } = operation;
  if (context.allowDuplicateNames) return undefined;
  return context.registry.reserve(binding.gateway.scope, String(inputs.name), tasksOf(operation, own));
}

/** @param ids those that have the name now; without any it is free again */
export function settleName(
  operation: Operation,
  reservation: Reservation | undefined,
  ids: readonly string[],
): void {
  if (reservation !== undefined) operation.context.registry.settle(reservation, tasksOf(operation, ids));
}

/** The name for a rename, which no other task may have, and no other resource of the run take meanwhile. Throws `NAME_TAKEN`. */
export async function takeName(operation: Operation, taskIds: readonly string[]): Promise<void> {
  const reservation = reserveName(operation, taskIds);
  let holders: readonly string[] = [];
  try {
    await refuseHeldName(operation, taskIds);
    // A rename that fails may have renamed some of them.
    holders = taskIds;
  } finally {
    settleName(operation, reservation, holders);
  }
}

/** A rename onto a name that another task holds would let the next replacement fail half way. */
async function refuseHeldName(operation: Operation, taskIds: readonly string[]): Promise<void> {
  if (operation.context.allowDuplicateNames) return;
  const others = (await holdersOf(operation, true)).tasks.filter(
    ({ id }) => !taskIds.some((own) => sameId(own, id)),
  );
  if (others.length === 0) return;
  throw nameTaken(operation, others, {
    problem: "the resource cannot be renamed to it",
    remedy: [{ code: "choose-name" }],
  });
}
