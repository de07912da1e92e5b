/** Create: looks, then acts, then never lets go of an id. */
import type { Deadline } from "../common/deadline";
import { messageOf } from "../common/errors";
import type { Bag } from "../common/json";
import type { DesiredState } from "../schemas/common";
import { adopt } from "./adopt";
import { InitializationError } from "./initialization-error";
import { lookForName } from "./names";
import { outputsOf, type Unfinished } from "./outputs";
import { taskKeys } from "./task-key";
import { createOnce } from "./reconcile";
import type { Binding, Creation, Environment, LiveTask, ResourceDefinition } from "./resource";
import { deadlineFor, effectiveWaitFor } from "./timeouts";
import { applyDifferences } from "./update";
import { ensureRunState, waitUntil } from "./wait";

export interface Created {
  readonly id: string;
  readonly outputs: Bag;
}

/**
 * @param inputs checked inputs
 * @throws InitializationError once an id is known, whatever fails after it
 */
export async function create(
  definition: ResourceDefinition,
  inputs: Bag,
  environment: Environment,
): Promise<Created> {
  const deadline = deadlineFor("create", inputs, describe(definition, inputs), environment);
  const binding = await environment.open({ args: inputs }, deadline);
  const context: Finishing = { definition, inputs, environment, binding, deadline };
  if (inputs.adopt !== undefined) {
    const adopted = await adopt(definition, inputs, binding.gateway, deadline);
    environment.memory.noteTaken(taskKeys(definition, inputs, adopted.taskIds));
    return finish(context, { ids: adopted.taskIds, problems: [] }, adopted.lives, []);
  }
  const name = String(inputs.name);
  const settleName = environment.allowDuplicateNames
    ? () => undefined
    : environment.memory.reserve(binding.gateway.scope, name);
  let creation: Creation;
  try {
    creation = await createOrResume(definition, inputs, binding, deadline, environment);
  } catch (error) {
    settleName([]);
    throw error;
  }
  settleName(taskKeys(definition, inputs, creation.ids));
  return finish(context, creation, [], ["wait"]);
}

const describe = (definition: ResourceDefinition, inputs: Bag): string =>
  `${definition.type} "${String(inputs.name ?? inputs.adopt)}"`;

async function createOrResume(
  definition: ResourceDefinition,
  args: Bag,
  binding: Binding,
  deadline: Deadline,
  environment: Environment,
): Promise<Creation> {
  const { gateway } = binding;
  const waitFor = effectiveWaitFor(args, environment);
  const look = await lookForName(definition, args, waitFor, gateway, deadline, environment);
  if (look.resume !== undefined) {
    environment.info(
      `${deadline.label}: resuming ${look.resume.join(", ")}, which an interrupted run left behind.`,
    );
    environment.memory.noteTaken(taskKeys(definition, args, look.resume));
    return { ids: look.resume, problems: [] };
  }
  return createOnce({ definition, args, gateway, deadline, environment, before: look.before });
}

interface Finishing {
  readonly definition: ResourceDefinition;
  readonly inputs: Bag;
  readonly environment: Environment;
  readonly binding: Binding;
  readonly deadline: Deadline;
}

async function finish(
  context: Finishing,
  { ids: taskIds, problems }: Creation,
  known: readonly LiveTask[],
  pending: readonly Unfinished[],
): Promise<Created> {
  const { definition, inputs, environment, binding } = context;
  const id = definition.formatId(inputs, taskIds);
  environment.memory.noteSeen(taskKeys(definition, inputs, taskIds));
  let lives = known;
  const unfinished: Unfinished[] = inputs.desiredState === undefined ? [...pending] : ["wait", "start"];
  const keep = (
    left: readonly Unfinished[],
    reasons: readonly string[],
    cause: unknown,
  ): InitializationError =>
    new InitializationError(id, outputsOf(definition, inputs, binding, taskIds, lives, left), reasons, cause);
  try {
    lives = await settle(context, taskIds, (seen) => (lives = seen));
  } catch (error) {
    const left = unfinished.length === 0 ? (["wait"] as const) : unfinished;
    throw keep(problems.length === 0 ? left : [...left, "partial"], [...problems, messageOf(error)], error);
  }
  if (problems.length > 0) throw keep(["partial"], problems, new Error(problems.join("; ")));
  return { id, outputs: outputsOf(definition, inputs, binding, taskIds, lives) };
}

/** Waits for acceptance, brings the run state about, then waits for what the program asked. */
async function settle(
  { definition, inputs, environment, binding, deadline }: Finishing,
  taskIds: readonly string[],
  seen: (lives: readonly LiveTask[]) => void,
): Promise<LiveTask[]> {
  const { gateway } = binding;
  const waitFor = effectiveWaitFor(inputs, environment);
  const desired = inputs.desiredState as DesiredState | undefined;
  let lives = await waitUntil("accepted", gateway, taskIds, deadline, environment, seen);
  if (inputs.adopt !== undefined) {
    lives = await applyDifferences(definition, inputs, gateway, lives, deadline);
  }
  if (desired !== undefined) {
    lives = await ensureRunState(desired, gateway, taskIds, deadline, environment, desired === "stopped");
  }
  return waitFor === "accepted" ? lives : waitUntil(waitFor, gateway, taskIds, deadline, environment, seen);
}
