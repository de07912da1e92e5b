/**
 * A create whose answer was lost: the tasks may exist or not. No service knows an idempotency token, so the
 * truth is looked up by name, and the POST is repeated once at most.
 */
import {
  isRequestError,
  isVideoAnalysisError,
  problemOf,
  type FailureClass,
  type RequestError,
  type VideoAnalysisError,
} from "../../common/errors";
import { idKey, sameId } from "../../common/ids";
import { defined } from "../../common/json";
import { ambiguous } from "./name-taken";
import { tasksOf, type Operation } from "../operation";
import { isOwned } from "../ownership/owners";
import type { Creation, LiveTask } from "../contract";
import { matchingGroups } from "./task-groups";
import { isTransient } from "./poll";

/** Pauses before the name lookups after a lost connection: three within 5 s, in milliseconds. */
const QUICK_LOOKS = [300, 1200, 3000];
/** Pauses before the name lookups after a 504, within 60 s: the gateway gave up, the service may not have. */
const PATIENT_LOOKS = [500, 1500, 3000, 5000, 10_000, 15_000, 22_000];
/** One name lookup after a repeated POST. */
const LAST_LOOK = [1000];

/** Failures after which the request may be repeated; after others only the name lookups decide. */
const REPEATABLE: ReadonlySet<FailureClass> = new Set(["connection", "server"]);

interface Attempt extends Operation {
  /** Ids that were there before the create, by {@link idKey}. */
  readonly before: ReadonlySet<string>;
}

/**
 * Creates, also where the answer is lost, and marks the tasks as the resource's own. Throws `CREATE_AMBIGUOUS` when the
 * truth cannot be found.
 *
 * @param before ids that were there before the create, by {@link idKey}
 */
export async function createOnce(operation: Operation, before: ReadonlySet<string>): Promise<Creation> {
  const attempt = { ...operation, before };
  const { deadline, context } = operation;
  try {
    return await post(attempt);
  } catch (error) {
    if (!isUncertain(error)) throw error;
    context.log.warn(
      `${deadline.label}: the answer was lost (${problemOf(error)}); looking for the task by its name.`,
    );
    const repeatable = REPEATABLE.has(error.failure.kind);
    const found = await lookAgain(attempt, repeatable ? QUICK_LOOKS : PATIENT_LOOKS, error);
    if (found !== undefined) return found;
    if (repeatable) return repeatOnce(attempt);
    const why = `the answer was lost (${error.message.replace(/\.$/, "")})`;
    throw ambiguous(attempt, [], why, error);
  }
}

async function repeatOnce(attempt: Attempt): Promise<Creation> {
  const { deadline } = attempt;
  try {
    const creation = await post(attempt);
    await warnOfLateTasks(attempt, creation.ids);
    return creation;
  } catch (error) {
    // A refusal may come from the first request, whose task has taken the name meanwhile.
    if (!isVideoAnalysisError(error) || deadline.expired) throw error;
    const found = await lookAgain(attempt, LAST_LOOK, error);
    if (found !== undefined) return found;
    if (!isUncertain(error)) throw error;
    throw ambiguous(attempt, [], "two answers were lost", error);
  }
}

/** The first request may have had its effect after all; its tasks have no owner, and only the user can decide about them. */
async function warnOfLateTasks(attempt: Attempt, ids: readonly string[]): Promise<void> {
  const { deadline, context } = attempt;
  try {
    const found = candidates(attempt, await look(attempt));
    const late = found.filter((task) => !ids.some((id) => sameId(id, task.id)));
    if (late.length === 0) return;
    // Where several tasks may have one name, it may also be that of a create that is still under way.
    context.log.warn(
      `${deadline.label}: the request whose answer was lost seems to have made a task after all: ` +
        `${late.map((task) => task.id).join(", ")}. If no resource has it when the run has ended, and you do not need it, delete it.`,
    );
  } catch (error) {
    // The ids are known: no failure of this lookup may lose them.
    context.log.warn(`${deadline.label}: could not look for a second task: ${problemOf(error)}.`);
  }
}

function isUncertain(error: unknown): error is RequestError {
  return isRequestError(error) && error.failure.effect === "unknown";
}

/** Looks after each pause; undefined when no new task of the name appeared. */
async function lookAgain(
  attempt: Attempt,
  pauses: readonly number[],
  cause: VideoAnalysisError,
): Promise<Creation | undefined> {
  const { definition, inputs, deadline } = attempt;
  let lastError: unknown;
  let looked = false;
  let undecided: readonly string[] = [];
  /** The next lookup would fail in the same way. */
  let permanent = false;
  for (const pause of pauses) {
    await deadline.sleep(pause);
    if (deadline.expired) break;
    try {
      const tasks = candidates(attempt, await look(attempt));
      looked = true;
      undecided = tasks.map((task) => task.id);
      if (tasks.length === 0) continue;
      const groups = matchingGroups(definition, inputs, tasks);
      const [group] = groups;
      if (group !== undefined && groups.length === 1 && group.length === tasks.length) {
        return own(attempt, { ids: group, problems: [] });
      }
      // Of several tasks the first may be visible before the others: later lookups decide.
    } catch (error) {
      if (!isVideoAnalysisError(error)) throw error;
      lastError = error;
      permanent = !isTransient(error) && error.code !== "TIMEOUT";
      if (permanent) break;
    }
  }
  if (undecided.length > 0) {
    throw ambiguous(attempt, undecided, "several or different new tasks have its name", cause);
  }
  // A repeat without a lookup that succeeded could make a second task.
  if (!looked || permanent || deadline.expired) {
    const blind = !looked || permanent;
    const why = blind ? `the look for it failed: ${problemOf(lastError ?? cause)}` : "its time is used up";
    throw ambiguous(attempt, [], why, cause);
  }
  return undefined;
}

/** The tasks of the name. Where several may have one, an answer still to come says which are another resource's. */
async function look({ binding, inputs, deadline, context }: Attempt): Promise<readonly LiveTask[]> {
  const name = String(inputs.name);
  const tasks = await binding.gateway.find(name, deadline, { fresh: true });
  const others = context.registry.settleCreates(binding.gateway.scope, name);
  await deadline.within(others, "waiting for another create of the name");
  return tasks;
}

/** Of the tasks of the name, those that the create may have made: none that were there before or that others have. */
function candidates(attempt: Attempt, tasks: readonly LiveTask[]): LiveTask[] {
  const isOthers = (id: string): boolean =>
    tasksOf(attempt, [id]).some((task) => isOwned(attempt.context.registry, task));
  return tasks.filter(({ id }) => !attempt.before.has(idKey(id)) && !isOthers(id));
}

function post(attempt: Attempt): Promise<Creation> {
  const { inputs, binding, deadline, context } = attempt;
  return context.registry.creating(binding.gateway.scope, String(inputs.name), async () =>
    own(attempt, await binding.gateway.create(inputs, deadline)),
  );
}

/** At once: another create whose answer was lost may have seen the same tasks, where several may have one name. */
function own(attempt: Attempt, creation: Creation): Creation {
  const { registry, owner } = attempt.context;
  registry.markOwned({ tasks: tasksOf(attempt, creation.ids), by: "create", ...defined({ owner }) });
  return creation;
}
