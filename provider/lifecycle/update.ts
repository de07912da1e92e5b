/** Update: converges from whatever is there; repeats are harmless. Failures are plain errors. */
import { VideoAnalysisError } from "../common/errors";
import { deepEqual, type Bag } from "../common/json";
import type { DesiredState } from "../schemas/common";
import { locationIn, outputsOf, recordedFacts, refuseNewerState, unfinishedIn } from "./outputs";
import { confirmGone } from "./read";
import type { Environment, LiveTask, ResourceDefinition } from "./resource";
import { deadlineFor, effectiveWaitFor } from "./timeouts";
import { ensureRunState, showAll, waitUntil } from "./wait";

/**
 * @param olds recorded outputs
 * @param news checked inputs
 * @returns new outputs
 * @throws `TASK_GONE` when a task was deleted behind Pulumi's back
 */
export async function update(
  definition: ResourceDefinition,
  id: string,
  olds: Bag,
  news: Bag,
  environment: Environment,
): Promise<Bag> {
  refuseNewerState(olds);
  const { taskIds } = definition.parseId(id);
  for (const taskId of taskIds) environment.memory.noteSeen(taskId);
  const unfinished = unfinishedIn(olds).length > 0;
  const waitFor = effectiveWaitFor(news, environment);
  // What finishes a create, or waits for success, has the time of a create.
  const operation = unfinished || waitFor === "succeeded" ? "create" : "update";
  const deadline = deadlineFor(operation, news, `${definition.type} "${id}"`, environment);
  const binding = await environment.open(
    { args: { ...olds, ...news }, recorded: locationIn(olds) },
    deadline,
  );
  const { gateway } = binding;
  const shown = await showAll(gateway, taskIds, deadline);
  const missing = taskIds.filter((_, index) => shown[index] === undefined);
  if (missing.length > 0) {
    await confirmGone(binding, environment, deadline);
    throw new VideoAnalysisError(
      "TASK_GONE",
      `${missing.join(", ")} of ${definition.type} "${id}" was deleted outside Pulumi. Run \`pulumi up --refresh\`.`,
    );
  }
  let lives: LiveTask[] = shown.filter((live) => live !== undefined);
  const desired = news.desiredState as DesiredState | undefined;
  if (desired !== undefined) {
    const insist = !deepEqual(desired, olds.desiredState) || (unfinished && desired === "stopped");
    lives = await ensureRunState(desired, gateway, taskIds, deadline, environment, insist);
  }
  if (unfinished || waitFor !== effectiveWaitFor(olds, environment)) {
    lives = await waitUntil(waitFor, gateway, taskIds, deadline, environment, () => undefined);
  }
  return { ...recordedFacts(definition, olds), ...outputsOf(definition, news, binding, taskIds, lives) };
}
