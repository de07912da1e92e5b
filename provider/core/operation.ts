/** One operation on a resource: its inputs and gateway, and the context of the process that runs it. */
import type { Deadline, Waiting } from "../common/deadline";
import { VideoAnalysisError } from "../common/errors";
import type { PropertyMap } from "../common/json";
import type { Log } from "../common/log";
import type { Binding, LiveTask, ResourceDefinition, Target } from "./contract";
import { ownedTasks } from "./ownership/owners";
import type { OwnedTask, RunRegistry } from "./ownership/run-registry";

/** The context that the process gives to an operation. */
export interface RunContext extends Waiting {
  readonly registry: RunRegistry;
  readonly allowDuplicateNames: boolean;
  /** Whether this run asks to take over what interrupted runs left behind. */
  readonly resume: boolean;
  /** Default name (`autoName`) of the resource that the operation is for, where the front knows it. */
  readonly owner?: string;
  readonly defaultWaitFor?: string;
  open(target: Target, deadline: Deadline): Promise<Binding>;
  readonly log: Log;
  /** The longest time that the caller allows, in milliseconds; the argument `timeouts` comes before it. */
  readonly timeout?: number;
}

/** Made once, by the verb that runs. */
export interface Operation {
  readonly definition: ResourceDefinition;
  /** The program's arguments; of a read and a delete the recorded ones, with the arguments of the id. */
  readonly inputs: PropertyMap;
  readonly binding: Binding;
  readonly deadline: Deadline;
  readonly context: RunContext;
}

/** Tasks where the operation has them. */
export const tasksOf = (
  { definition, inputs, binding }: Operation,
  taskIds: readonly string[],
): OwnedTask[] => ownedTasks(definition, inputs, taskIds, binding);

/** The tasks that are shown, of several ids. */
export interface ShownTasks {
  readonly tasks: readonly LiveTask[];
  /** Ids without a task. */
  readonly missing: readonly string[];
}

export async function showTasks(
  { binding, deadline }: Pick<Operation, "binding" | "deadline">,
  taskIds: readonly string[],
): Promise<ShownTasks> {
  const shown = await Promise.all(taskIds.map((id) => binding.gateway.show(id, deadline)));
  return {
    tasks: shown.filter((task) => task !== undefined),
    missing: taskIds.filter((_, index) => shown[index] === undefined),
  };
}

type Asking = Pick<Operation, "binding" | "deadline" | "context">;

/** Proves that missing tasks are gone: their service must still answer. */
export async function confirmGone({ binding, deadline, context }: Asking): Promise<void> {
  const { gateway } = binding;
  await context.registry.confirmOnce(gateway.scope, deadline, () => gateway.confirmService(deadline));
}

/** Ends an operation on tasks that were there before. Throws `TASK_GONE`. */
export async function failWithGone(asking: Asking, missing: readonly string[]): Promise<never> {
  await confirmGone(asking);
  throw new VideoAnalysisError(
    "TASK_GONE",
    `${asking.deadline.label}: ${missing.join(", ")} was deleted outside Pulumi`,
    { remedy: [{ code: "refresh" }] },
  );
}
