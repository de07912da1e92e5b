/** Create: looks, then acts, then never lets go of an id. */
import type { Deadline } from "../common/deadline";
import { messageOf } from "../common/errors";
import type { Bag } from "../common/json";
import type { DesiredState } from "../schemas/common";
import { adopt } from "./adopt";
import { InitializationError } from "./initialization-error";
import { lookForName } from "./names";
import { outputsOf, type Unfinished } from "./outputs";
import { createOnce } from "./reconcile";
import type { Binding, Environment, LiveTask, ResourceDefinition } from "./resource";
import { deadlineFor, effectiveWaitFor } from "./timeouts";
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
  if (inputs.adopt !== undefined) {
    const { taskIds, lives } = await adopt(definition, inputs, binding.gateway, deadline);
    for (const id of taskIds) environment.memory.noteTaken(id);
    return finish({ definition, inputs, environment, binding, deadline }, taskIds, lives, []);
  }
  const name = String(inputs.name);
  const release = environment.allowDuplicateNames
    ? () => false
    : environment.memory.reserve(binding.gateway.scope, name);
  let taskIds: readonly string[];
  try {
    taskIds = await createOrResume(definition, inputs, binding, deadline, environment);
  } catch (error) {
    release();
    throw error;
  }
  return finish({ definition, inputs, environment, binding, deadline }, taskIds, [], ["wait"]);
}

const describe = (definition: ResourceDefinition, inputs: Bag): string =>
  `${definition.type} "${String(inputs.name ?? inputs.adopt)}"`;

async function createOrResume(
  definition: ResourceDefinition,
  args: Bag,
  binding: Binding,
  deadline: Deadline,
  environment: Environment,
): Promise<readonly string[]> {
  const { gateway } = binding;
  const waitFor = effectiveWaitFor(args, environment);
  const look = await lookForName(definition, args, waitFor, gateway, deadline, environment);
  if (look.resume !== undefined) {
    environment.info(
      `${deadline.label}: resuming ${look.resume.join(", ")}, which an interrupted run left behind.`,
    );
    for (const id of look.resume) environment.memory.noteTaken(id);
    return look.resume;
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
  taskIds: readonly string[],
  known: readonly LiveTask[],
  pending: readonly Unfinished[],
): Promise<Created> {
  const { definition, inputs, environment, binding } = context;
  const id = definition.formatId(inputs, taskIds);
  environment.memory.noteSeen(id);
  for (const taskId of taskIds) environment.memory.noteSeen(taskId);
  let lives = known;
  let unfinished: readonly Unfinished[] = inputs.desiredState === undefined ? pending : ["wait", "start"];
  try {
    lives = await settle(context, taskIds, (seen) => (lives = seen));
    unfinished = [];
    return { id, outputs: outputsOf(definition, inputs, binding, taskIds, lives) };
  } catch (error) {
    if (unfinished.length === 0) unfinished = ["wait"];
    const outputs = outputsOf(definition, inputs, binding, taskIds, lives, unfinished);
    throw new InitializationError(id, outputs, [messageOf(error)], error);
  }
}

/** Waits for acceptance, brings the run state about, then waits for what the program asked. */
async function settle(
  { inputs, environment, binding, deadline }: Finishing,
  taskIds: readonly string[],
  seen: (lives: readonly LiveTask[]) => void,
): Promise<LiveTask[]> {
  const { gateway } = binding;
  const waitFor = effectiveWaitFor(inputs, environment);
  const desired = inputs.desiredState as DesiredState | undefined;
  let lives = await waitUntil("accepted", gateway, taskIds, deadline, environment, seen);
  if (desired !== undefined) {
    lives = await ensureRunState(desired, gateway, taskIds, deadline, environment, desired === "stopped");
  }
  return waitFor === "accepted" ? lives : waitUntil(waitFor, gateway, taskIds, deadline, environment, seen);
}
