/**
 * The look before a create. Names are treated as unique within a service, which the services do not do: it is
 * what makes the leftover of a killed run findable.
 */
import type { Deadline } from "../common/deadline";
import { VideoAnalysisError } from "../common/errors";
import type { Bag } from "../common/json";
import { compareWithLive, describeDifferences } from "./differences";
import { taskKeys } from "./task-key";
import type { Environment, Found, LiveTask, ResourceDefinition, TaskGateway } from "./resource";
import { sourcesIn } from "./sources";
import { timeoutOf } from "./timeouts";
import { poll } from "./wait";
import type { WaitFor } from "../schemas/common";

/** How long after the create timeout a leftover may still be resumed (design section 4), in milliseconds. */
const LEFTOVER_GRACE = 60 * 60 * 1000;

export interface Look {
  /** Ids that were there before the create. */
  readonly before: ReadonlySet<string>;
  /** Ids to resume instead of creating, in the order of the arguments' inputs. */
  readonly resume?: readonly string[];
}

/** Looks for the name, and decides whether it is free, a leftover to resume, or taken. */
export async function lookForName(
  definition: ResourceDefinition,
  args: Bag,
  waitFor: WaitFor,
  gateway: TaskGateway,
  deadline: Deadline,
  environment: Environment,
): Promise<Look> {
  const name = String(args.name);
  const { tasks, serverTime } = await withoutDeleting(gateway, name, deadline, environment);
  const before = new Set(tasks.map((task) => task.id));
  if (tasks.length === 0) return { before };
  if (args.nameIsDefault === true) {
    const resume = leftover(definition, args, waitFor, tasks, serverTime, environment);
    if (resume !== undefined) return { before, resume };
  } else if (environment.allowDuplicateNames) {
    return { before };
  }
  throw nameTaken(definition, args, tasks);
}

const idsOf = (tasks: readonly LiveTask[]): string => tasks.map(({ id }) => id).join(", ");

/** A task that is being deleted does not hold its name: it is waited for. */
async function withoutDeleting(
  gateway: TaskGateway,
  name: string,
  deadline: Deadline,
  environment: Environment,
): Promise<Found> {
  let fresh = false;
  let doubted = false;
  return poll(deadline, environment, async () => {
    const found = await gateway.find(name, deadline, { fresh });
    fresh = true;
    const deleting = found.tasks.filter((task) => task.state === "DELETING");
    if (deleting.length > 0)
      return { waiting: `waiting until ${idsOf(deleting)} of the same name is deleted` };
    // A group is listed before its parts are: those of one that is deleted meanwhile are gone by then.
    const empty = found.tasks.filter(({ parts }) => parts?.length === 0);
    if (empty.length === 0 || doubted) return { done: found };
    doubted = true;
    return { waiting: `${idsOf(empty)} of the same name shows no sub-tasks` };
  });
}

/** The tasks of an interrupted run, where they are beyond doubt that and nobody else's. */
function leftover(
  definition: ResourceDefinition,
  args: Bag,
  waitFor: WaitFor,
  tasks: readonly LiveTask[],
  serverTime: number | undefined,
  environment: Environment,
): readonly string[] | undefined {
  const { clock, memory } = environment;
  const oldest = (serverTime ?? clock.wall()) - timeoutOf("create", args, waitFor) - LEFTOVER_GRACE;
  const plausible = tasks.filter((task) => {
    const [key = ""] = taskKeys(definition, args, [task.id]);
    const isFree = !memory.wasSeen(key) && !memory.wasTaken(key);
    return isFree && task.createdAt !== undefined && Date.parse(task.createdAt) >= oldest;
  });
  if (plausible.length !== tasks.length) return undefined;
  const groups = matchingGroups(definition, args, tasks);
  if (groups.length > 1)
    throw ambiguous(
      definition,
      args,
      tasks.map((task) => task.id),
      "several tasks equal the arguments",
    );
  const [group] = groups;
  // An interrupted run left all of its tasks: one of them beside others is not the whole of it.
  return group?.length === tasks.length ? group : undefined;
}

/**
 * The sets of tasks that together equal the arguments. Several inputs make several tasks, or one task of
 * several inputs: which one is not documented.
 */
export function matchingGroups(
  definition: ResourceDefinition,
  args: Bag,
  tasks: readonly LiveTask[],
): (readonly string[])[] {
  const equals = (group: readonly LiveTask[]): boolean =>
    compareWithLive(definition, args, group).length === 0;
  const single = tasks.filter((task) => equals([task])).map((task) => [task.id]);
  const inputs = sourceCount(args);
  if (single.length > 0 || inputs < 2) return single;
  if (tasks.length !== inputs) return [];
  const ordered = inOrderOfInputs(definition, args, tasks);
  return equals(ordered) ? [ordered.map((task) => task.id)] : [];
}

/** Tasks in the order of the inputs that they work on. */
function inOrderOfInputs(definition: ResourceDefinition, args: Bag, tasks: readonly LiveTask[]): LiveTask[] {
  const left = [...tasks];
  const ordered = sourcesIn(args).flatMap((source) => {
    const wanted = { ...args, input: { ...(args.input as Bag), data: [source] } };
    const index = left.findIndex((task) => compareWithLive(definition, wanted, [task]).length === 0);
    return index < 0 ? [] : left.splice(index, 1);
  });
  return [...ordered, ...left];
}

/** How many tasks the arguments stand for. */
export function sourceCount(args: Bag): number {
  return Math.max(1, sourcesIn(args).length);
}

function adoptLine(definition: ResourceDefinition, args: Bag, ids: readonly string[]): string {
  const candidates = sourceCount(args) === ids.length ? [ids] : ids.map((id) => [id]);
  return candidates.map((group) => `adopt: "${definition.formatId(args, group)}"`).join(" or ");
}

function nameTaken(
  definition: ResourceDefinition,
  args: Bag,
  tasks: readonly LiveTask[],
): VideoAnalysisError {
  const ids = tasks.map((task) => task.id);
  const compared = sourceCount(args) === tasks.length ? tasks : tasks.slice(0, 1);
  const found = compareWithLive(definition, args, compared);
  const differing =
    found.length === 0 ? "It equals the arguments" : `It differs: ${describeDifferences(definition, found)}`;
  return new VideoAnalysisError(
    "NAME_TAKEN",
    `a task named "${String(args.name)}" exists already in this service (${ids.join(", ")}). ${differing}. ` +
      `To take it over, set ${adoptLine(definition, args, ids)}; to keep both, choose another \`name\`.`,
  );
}

/** Nothing is deleted or created on a guess: the user decides which task it is. */
export function ambiguous(
  definition: ResourceDefinition,
  args: Bag,
  ids: readonly string[],
  why: string,
  cause?: unknown,
): VideoAnalysisError {
  const choice =
    ids.length === 0
      ? "No such task was found; it may still appear. Run `pulumi up` again: it looks before it creates."
      : `Found: ${ids.join(", ")}. Set ${adoptLine(definition, args, ids)} and delete what you do not need.`;
  return new VideoAnalysisError(
    "CREATE_AMBIGUOUS",
    `the create of "${String(args.name)}" cannot be decided: ${why}. ${choice}`,
    { cause },
  );
}
