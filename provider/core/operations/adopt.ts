/** Taking over an existing task instead of creating one. */
import { VideoAnalysisError } from "../../common/errors";
import { deepEqual, type PropertyMap } from "../../common/json";
import { compareWithLive, describeDifferences, projectTasks } from "../drift/compare";
import { refuseOwned, takeName } from "../reconcile/name-lookup";
import type { TaskSet } from "../reconcile/wait";
import { showTasks, type Operation } from "../operation";
import type { LiveTask, ResourceDefinition } from "../contract";

/**
 * Verifies that the task exists in this service and project, that no other resource owns it, and that nothing differs
 * that only a replacement could change. Never creates.
 */
export async function adopt(operation: Operation): Promise<TaskSet> {
  const { definition, inputs, binding, deadline } = operation;
  const id = String(inputs.adopt);
  const { args, taskIds } = definition.parseId(id);
  for (const [key, value] of Object.entries(args)) {
    if (!deepEqual(inputs[key], value)) {
      throw new VideoAnalysisError(
        "ADOPT_MISMATCH",
        `\`adopt\` names ${key} ${JSON.stringify(value)}, but the resource has ${JSON.stringify(inputs[key])}`,
        { remedy: [{ code: "match-id" }] },
      );
    }
  }
  refuseOwned(operation, taskIds);
  const { tasks, missing } = await showTasks(operation, taskIds);
  if (missing.length > 0) {
    await binding.gateway.confirmService(deadline);
    throw new VideoAnalysisError(
      "ADOPT_NOT_FOUND",
      `\`adopt: "${id}"\`: ${missing.join(", ")} does not exist in this service and project`,
      { remedy: [{ code: "correct-adopt" }] },
    );
  }
  refuseLeaving(id, tasks);
  refuseSeveralNames(id, inputs, tasks);
  refuseReplacing(definition, inputs, tasks);
  if (inputs.name !== undefined && tasks.some(({ name }) => name !== inputs.name)) {
    await takeName(operation, taskIds);
  }
  return { taskIds, tasks };
}

/** A task that is being deleted would be gone before it is used. */
function refuseLeaving(id: string, tasks: readonly LiveTask[]): void {
  const leaving = tasks.filter(({ state }) => state === "DELETING").map((task) => task.id);
  if (leaving.length === 0) return;
  throw new VideoAnalysisError(
    "ADOPT_NOT_FOUND",
    `\`adopt: "${id}"\`: ${leaving.join(", ")} is being deleted`,
    { remedy: [{ code: "remove-adopt" }] },
  );
}

/** Without a name of its own the resource takes the live one, of which there has to be one. */
function refuseSeveralNames(id: string, inputs: PropertyMap, tasks: readonly LiveTask[]): void {
  const names = [...new Set(tasks.map(({ name }) => name))];
  if (inputs.name !== undefined || names.length <= 1) return;
  throw new VideoAnalysisError(
    "ADOPT_MISMATCH",
    `the tasks of \`adopt: "${id}"\` have different names (${names.map((name) => JSON.stringify(name)).join(", ")}), ` +
      "and one resource has one name",
    { remedy: [{ code: "adopt-each-alone" }] },
  );
}

function refuseReplacing(
  definition: ResourceDefinition,
  inputs: PropertyMap,
  tasks: readonly LiveTask[],
): void {
  const live = {
    ...projectTasks(definition, inputs, { tasks }),
    taskIds: tasks.map(({ id }) => id),
  };
  const replacing = new Set([...definition.immutable, ...definition.replacingUpdates(live, inputs)]);
  const named = inputs.name === undefined ? [] : tasks.filter((task) => task.name !== inputs.name);
  const found = compareWithLive(definition, inputs, tasks).filter(({ path }) =>
    replacing.has(String(path[0])),
  );
  const names = named.map((task) => ({ path: ["name"], recorded: inputs.name, live: task.name }));
  const all = replacing.has("name") ? [...names, ...found] : found;
  if (all.length === 0) return;
  throw new VideoAnalysisError(
    "ADOPT_MISMATCH",
    `the task of \`adopt: "${String(inputs.adopt)}"\` differs in what only a replacement can change: ` +
      describeDifferences(all),
    { remedy: [{ code: "match-adopted" }] },
  );
}
