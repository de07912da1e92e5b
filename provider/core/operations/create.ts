/** Create: looks, then acts, then never lets go of an id. */
import { messageOf } from "../../common/errors";
import { defined, formatPath, type PropertyMap } from "../../common/json";
import type { DesiredState } from "../schema/common";
import { adopt } from "./adopt";
import { claimOutput, newClaim, type Claim } from "../ownership/claim";
import { Echo } from "../drift/echo";
import { InitializationError } from "../state/initialization-error";
import { lookUpName, reserveName } from "../reconcile/name-lookup";
import { tasksOf, type Operation } from "../operation";
import { unreadableIn } from "../reconcile/orphan";
import { outputsOf, type Unfinished } from "../state/outputs";
import { createOnce } from "../reconcile/create-once";
import { recordEcho } from "../drift/record-echo";
import { withOldTasks } from "../reconcile/replaced";
import type { RunContext, LiveTask, ResourceDefinition } from "../contract";
import { deadlineFor, effectiveWaitFor } from "../reconcile/timeouts";
import { applyDifferences, differing, putAll } from "./update";
import { ensureRunState, waitUntil } from "../reconcile/wait";

export interface Created {
  readonly id: string;
  readonly outputs: PropertyMap;
}

/** The tasks of the resource, from the moment that their ids are known. */
interface Start {
  readonly ids: readonly string[];
  /** As last seen. */
  readonly lives: readonly LiveTask[];
  /** What the service could not make, as sentences. */
  readonly problems: readonly string[];
  /** What is left to do even without a problem. */
  readonly pending: readonly Unfinished[];
  /** Of tasks that were there before. */
  readonly claim?: Claim;
  /** Arguments that are written anew since no read shows them. */
  readonly rewrite: readonly string[];
  /** Arguments that this operation has sent by making the tasks. */
  readonly sent: readonly string[];
}

/**
 * @param inputs checked inputs
 * @throws InitializationError once an id is known, whatever fails after it
 */
export async function create(
  definition: ResourceDefinition,
  inputs: PropertyMap,
  environment: RunContext,
): Promise<Created> {
  const subject = `${definition.type} "${String(inputs.name ?? inputs.adopt)}"`;
  const deadline = deadlineFor("create", inputs, subject, environment);
  const { operation, start } = await withOldTasks(definition, inputs, environment, async () => {
    const binding = await environment.open({ args: inputs }, deadline);
    const opened: Operation = { definition, inputs, binding, deadline, environment };
    return {
      operation: opened,
      start: await (inputs.adopt === undefined ? makeOrResume(opened) : takeOver(opened)),
    };
  });
  return finish(operation, start);
}

async function takeOver(operation: Operation): Promise<Start> {
  const { definition, inputs, deadline, environment } = operation;
  const { taskIds: ids, lives } = await adopt(operation);
  const trusted = unreadableIn(definition, inputs, lives).map((path) => `\`${formatPath(path)}\``);
  if (trusted.length > 0) {
    environment.warn(
      `${deadline.label}: no read shows ${trusted.join(", ")}, so the adopted task is trusted to have what the program says.`,
    );
  }
  return { ids, lives, problems: [], pending: [], rewrite: [], sent: [], claim: claimFor(operation, ids) };
}

/** Notes that the resource owns tasks that were there before it. */
function claimFor(operation: Operation, ids: readonly string[]): Claim {
  const { clock, registry, owner } = operation.environment;
  const tasks = tasksOf(operation, ids);
  const known = tasks.flatMap((task) => registry.ownersOf(task)).map(({ claim }) => claim);
  const claim = newClaim(clock.wall(), clock.random(), known);
  registry.markOwned({ tasks, by: "create", claim, takesOver: true, ...defined({ owner }) });
  return claim;
}

async function makeOrResume(operation: Operation): Promise<Start> {
  const settleName = reserveName(operation, String(operation.inputs.name));
  try {
    const start = await underName(operation);
    settleName(start.ids);
    return start;
  } catch (error) {
    settleName([]);
    throw error;
  }
}

async function underName(operation: Operation): Promise<Start> {
  const { definition, deadline, environment } = operation;
  const { before, orphan, own } = await lookUpName(operation);
  const found = orphan?.ids ?? own;
  if (found === undefined) {
    const { ids, problems } = await createOnce(operation, before);
    const { registry, owner } = environment;
    registry.markOwned({ tasks: tasksOf(operation, ids), by: "create", ...defined({ owner }) });
    return { ids, lives: [], problems, pending: ["wait"], rewrite: [], sent: definition.observed };
  }
  const why = orphan === undefined ? "which are the resource's own" : "which an interrupted run left behind";
  environment.info(`${deadline.label}: resuming ${found.join(", ")}, ${why}.`);
  const rewrite = orphan?.rewrite ?? [];
  const pending: readonly Unfinished[] = rewrite.length === 0 ? ["wait"] : ["wait", "partial"];
  const claim = claimFor(operation, found);
  return { ids: found, lives: [], problems: [], pending, rewrite, sent: [], claim };
}

async function finish(operation: Operation, start: Start): Promise<Created> {
  const { definition, inputs, binding } = operation;
  const { ids: taskIds, problems, pending, claim } = start;
  const id = definition.formatId(inputs, taskIds);
  let { lives } = start;
  let echo = Echo.none;
  const unfinished: Unfinished[] =
    inputs.desiredState === undefined
      ? [...pending]
      : [...new Set<Unfinished>([...pending, "wait", "start"])];
  const outputs = (left: readonly Unfinished[]): PropertyMap => ({
    ...outputsOf(definition, inputs, binding, taskIds, lives, left),
    ...claimOutput(claim),
    ...echo.output(),
  });
  const keep = (
    left: readonly Unfinished[],
    reasons: readonly string[],
    cause: unknown,
  ): InitializationError => new InitializationError(id, outputs(left), reasons, cause);
  try {
    const settled = await settle(operation, start, (seen) => (lives = seen));
    lives = settled.lives;
    echo = await recordEcho({ ...operation, ...settled, args: inputs }, Echo.none);
  } catch (error) {
    const left = unfinished.length === 0 ? (["wait"] as const) : unfinished;
    const all = problems.length === 0 ? left : new Set<Unfinished>([...left, "partial"]);
    throw keep([...all], [...problems, messageOf(error)], error);
  }
  if (problems.length > 0) throw keep(["partial"], problems, new Error(problems.join("; ")));
  return { id, outputs: outputs([]) };
}

/** Waits for acceptance, brings the run state about, then waits for what the program asked. */
async function settle(
  operation: Operation,
  { ids, rewrite, sent }: Start,
  seen: (lives: readonly LiveTask[]) => void,
): Promise<{ readonly lives: readonly LiveTask[]; readonly sent: readonly string[] }> {
  const { inputs, environment, binding, deadline } = operation;
  const { gateway } = binding;
  const waitFor = effectiveWaitFor(inputs, environment);
  const desired = inputs.desiredState as DesiredState | undefined;
  let lives = await waitUntil("accepted", gateway, ids, deadline, environment, seen);
  const applied = inputs.adopt === undefined ? [] : differing(operation.definition, inputs, lives);
  if (applied.length > 0) lives = await applyDifferences(operation, lives, applied);
  if (rewrite.length > 0) lives = await putAll(operation, lives, rewrite);
  if (desired !== undefined) {
    lives = await ensureRunState(desired, gateway, ids, deadline, environment, desired === "stopped");
  }
  if (waitFor !== "accepted") {
    lives = await waitUntil(waitFor, gateway, ids, deadline, environment, seen);
  }
  return { lives, sent: [...sent, ...applied, ...rewrite] };
}
