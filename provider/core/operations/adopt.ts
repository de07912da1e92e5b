/** Taking over an existing task instead of creating one. */
import { VideoAnalysisError } from "../../common/errors";
import { deepEqual, type PropertyMap } from "../../common/json";
import { compareWithLive, describeDifferences, projectTasks } from "../drift/compare";
import { refuseHeldName, refuseOwned } from "../reconcile/name-lookup";
import type { Operation } from "../operation";
import type { LiveTask, ResourceDefinition } from "../contract";
import { showAll } from "../reconcile/wait";

/**
 * Verifies that the task exists in this service and project, that no other resource owns it, and that nothing differs
 * that only a replacement could change. Never creates.
 */
export async function adopt(
  operation: Operation,
): Promise<{ taskIds: readonly string[]; lives: LiveTask[] }> {
  const { definition, inputs: args, binding, deadline } = operation;
  const { gateway } = binding;
  const id = String(args.adopt);
  const parsed = definition.parseId(id);
  for (const [key, value] of Object.entries(parsed.args)) {
    if (!deepEqual(args[key], value)) {
      throw new VideoAnalysisError(
        "ADOPT_MISMATCH",
        `\`adopt\` names ${key} ${JSON.stringify(value)}, but the resource has ${JSON.stringify(args[key])}. Make them equal.`,
      );
    }
  }
  refuseOwned(operation, parsed.taskIds);
  const shown = await showAll(gateway, parsed.taskIds, deadline);
  const missing = parsed.taskIds.filter((_, index) => shown[index] === undefined);
  if (missing.length > 0) {
    await gateway.confirmService(deadline);
    throw new VideoAnalysisError(
      "ADOPT_NOT_FOUND",
      `\`adopt: "${id}"\`: ${missing.join(", ")} does not exist in this service and project. ` +
        "Correct the id, or remove `adopt` to create a new task.",
    );
  }
  const lives = shown.filter((live) => live !== undefined);
  refuseLeaving(id, lives);
  refuseSeveralNames(id, args, lives);
  refuseReplacing(definition, args, lives);
  if (args.name !== undefined && lives.some(({ name }) => name !== args.name)) {
    await refuseHeldName(operation, parsed.taskIds);
  }
  return { taskIds: parsed.taskIds, lives };
}

/** What is on its way out would be gone before anybody used it. */
function refuseLeaving(id: string, lives: readonly LiveTask[]): void {
  const leaving = lives.filter(({ state }) => state === "DELETING").map((live) => live.id);
  if (leaving.length === 0) return;
  throw new VideoAnalysisError(
    "ADOPT_NOT_FOUND",
    `\`adopt: "${id}"\`: ${leaving.join(", ")} is being deleted. Remove \`adopt\` to create a new task.`,
  );
}

/** Without a name of its own the resource takes the live one, of which there has to be one. */
function refuseSeveralNames(id: string, args: PropertyMap, lives: readonly LiveTask[]): void {
  const names = [...new Set(lives.map(({ name }) => name))];
  if (args.name !== undefined || names.length <= 1) return;
  throw new VideoAnalysisError(
    "ADOPT_MISMATCH",
    `the tasks of \`adopt: "${id}"\` have different names (${names.map((name) => JSON.stringify(name)).join(", ")}), ` +
      "and one resource has one name. Adopt each by a resource of its own.",
  );
}

function refuseReplacing(
  definition: ResourceDefinition,
  args: PropertyMap,
  lives: readonly LiveTask[],
): void {
  const live = {
    ...projectTasks(definition, args, lives, lives.length),
    taskIds: lives.map(({ id }) => id),
  };
  const replacing = new Set([...definition.immutable, ...definition.replacingUpdates(live, args)]);
  const named = args.name === undefined ? [] : lives.filter((live) => live.name !== args.name);
  const found = compareWithLive(definition, args, lives).filter(({ path }) => replacing.has(String(path[0])));
  const names = named.map((live) => ({ path: ["name"], recorded: args.name, live: live.name }));
  const all = replacing.has("name") ? [...names, ...found] : found;
  if (all.length === 0) return;
  throw new VideoAnalysisError(
    "ADOPT_MISMATCH",
    `the task of \`adopt: "${String(args.adopt)}"\` differs in what only a replacement can change: ` +
      `${describeDifferences(definition, all)}. Make the arguments equal, or remove \`adopt\`.`,
  );
}
