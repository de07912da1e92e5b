/** Create: looks the name up, then acts, and never loses an id. */
import { formatPath, type PropertyMap } from "../../common/json";
import { Echo } from "../drift/echo";
import type { Claim } from "../ownership/claim";
import { takeoverOf } from "../ownership/owners";
import { converge } from "../reconcile/converge";
import { createOnce } from "../reconcile/create-once";
import { lookUpName, reserveName, settleName } from "../reconcile/name-lookup";
import { unreadableInputs } from "../reconcile/orphan";
import { withOldTasks } from "../reconcile/replaced";
import { effectiveWaitFor, operationDeadline } from "../reconcile/timeouts";
import type { TaskSet } from "../reconcile/wait";
import { InitializationError } from "../state/initialization-error";
import type { Unfinished } from "../state/outputs";
import type { ResourceDefinition } from "../contract";
import { tasksOf, type Operation, type RunContext } from "../operation";
import { adopt } from "./adopt";
import { argumentsToSend } from "./arguments-to-send";
import { record } from "./record";

export interface Created {
  readonly id: string;
  readonly outputs: PropertyMap;
}

/** The tasks of the resource, from the moment that their ids are known. */
interface Identified extends TaskSet {
  /** Failures of the service to make parts, as sentences. */
  readonly problems: readonly string[];
  /** Work left to do even without a problem. */
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
 * @throws InitializationError on any failure once an id is known
 */
export async function create(
  definition: ResourceDefinition,
  inputs: PropertyMap,
  context: RunContext,
): Promise<Created> {
  const subject = { type: definition.type, id: String(inputs.name ?? inputs.adopt), args: inputs };
  const deadline = operationDeadline("create", subject, context);
  const { operation, identified } = await withOldTasks(definition, inputs, context, async () => {
    const binding = await context.open({ args: inputs }, deadline);
    const opened: Operation = { definition, inputs, binding, deadline, context };
    const identify = inputs.adopt === undefined ? makeOrResume : takeOver;
    return { operation: opened, identified: await identify(opened) };
  });
  return finish(operation, identified);
}

async function takeOver(operation: Operation): Promise<Identified> {
  const { definition, inputs, deadline, context } = operation;
  const { taskIds, tasks } = await adopt(operation);
  const trusted = unreadableInputs(definition, inputs, tasks).map((path) => `\`${formatPath(path)}\``);
  if (trusted.length > 0) {
    context.log.warn(
      `${deadline.label}: no read shows ${trusted.join(", ")}, so the adopted task is trusted to have what the program says.`,
    );
  }
  const claim = claimFor(operation, taskIds);
  return { taskIds, tasks, problems: [], pending: [], rewrite: [], sent: [], claim };
}

/** Marks that the resource owns tasks that were there before it. */
function claimFor(operation: Operation, ids: readonly string[]): Claim {
  const takeover = takeoverOf(tasksOf(operation, ids), operation.context);
  operation.context.registry.markOwned(takeover);
  return takeover.claim;
}

async function makeOrResume(operation: Operation): Promise<Identified> {
  const reservation = reserveName(operation);
  let holders: readonly string[] = [];
  try {
    const identified = await underName(operation);
    holders = identified.taskIds;
    return identified;
  } finally {
    settleName(operation, reservation, holders);
  }
}

async function underName(operation: Operation): Promise<Identified> {
  const { definition, deadline, context } = operation;
  const { before, orphan, own } = await lookUpName(operation);
  const taskIds = orphan?.ids ?? own;
  if (taskIds === undefined) {
    const { ids, problems } = await createOnce(operation, before);
    return { taskIds: ids, tasks: [], problems, pending: ["wait"], rewrite: [], sent: definition.observed };
  }
  const why = orphan === undefined ? "which are the resource's own" : "which an interrupted run left behind";
  context.log.info(`${deadline.label}: resuming ${taskIds.join(", ")}, ${why}.`);
  const rewrite = orphan?.rewrite ?? [];
  const pending: readonly Unfinished[] = rewrite.length === 0 ? ["wait"] : ["wait", "partial"];
  const claim = claimFor(operation, taskIds);
  return { taskIds, tasks: [], problems: [], pending, rewrite, sent: [], claim };
}

async function finish(operation: Operation, identified: Identified): Promise<Created> {
  const { definition, inputs, context } = operation;
  const { taskIds, problems, pending, claim, rewrite, sent } = identified;
  const id = definition.formatId(inputs, taskIds);
  const isAdopted = inputs.adopt !== undefined;
  const waitFor = effectiveWaitFor(inputs, context);
  const { tasks, echo, error } = await converge(operation, {
    taskIds,
    tasks: identified.tasks,
    isNew: true,
    isMade: claim === undefined,
    argumentsToSend: (live) => (isAdopted ? argumentsToSend({ definition, inputs, tasks: live }) : rewrite),
    sent,
    force: inputs.desiredState === "stopped",
    ...(waitFor === "accepted" ? {} : { waitFor }),
    echo: Echo.none,
  });
  const outputs = (unfinished: readonly Unfinished[]): PropertyMap =>
    record(operation, { taskIds, tasks, unfinished, claim, echo });
  if (error !== undefined) {
    const started: readonly Unfinished[] = inputs.desiredState === undefined ? [] : ["wait", "start"];
    const left = [...pending, ...started];
    const partial: readonly Unfinished[] = problems.length === 0 ? [] : ["partial"];
    const all = new Set([...(left.length === 0 ? (["wait"] as const) : left), ...partial]);
    throw new InitializationError(id, outputs([...all]), [...problems, error], error);
  }
  if (problems.length > 0) {
    throw new InitializationError(id, outputs(["partial"]), problems, new Error(problems.join("; ")));
  }
  return { id, outputs: outputs([]) };
}
