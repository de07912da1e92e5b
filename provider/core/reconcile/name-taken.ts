/** Errors for a name that is held, or may be, with the ways out. */
import { VideoAnalysisError } from "../../common/errors";
import type { PropertyMap } from "../../common/json";
import type { Refusal, Remedy } from "../../common/remedies";
import { compareWithLive, describeDifferences } from "../drift/compare";
import { tasksOf, type Operation } from "../operation";
import type { OrphanVerdict } from "./orphan";
import { isRecorded, nameOf, otherOwnerOf } from "../ownership/owners";
import type { LiveTask, ResourceDefinition } from "../contract";
import { isSameTask } from "../ownership/run-registry";
import { memberCount } from "../drift/members";

/** @param refusal the known facts about the tasks, and the ways out */
export function nameTaken(
  { inputs }: Operation,
  tasks: readonly LiveTask[],
  { problem, remedy }: Refusal,
): VideoAnalysisError {
  const ids = tasks.map(({ id }) => id).join(", ");
  return new VideoAnalysisError(
    "NAME_TAKEN",
    `a task named "${String(inputs.name)}" exists already in this service (${ids}): ${problem}`,
    { remedy },
  );
}

/** The owner that this run has seen; taking its tasks over is not offered. */
export function describeOwner(operation: Operation, ids: readonly string[]): Refusal | undefined {
  const { registry, owner } = operation.context;
  const tasks = tasksOf(operation, ids);
  const other = tasks.map((task) => otherOwnerOf(registry, task, owner)).find((found) => found !== undefined);
  if (other !== undefined) {
    return {
      problem: `it belongs to ${nameOf(other)}, another resource of this program`,
      remedy: [{ code: "choose-name" }],
    };
  }
  if (isOwn(operation, ids)) {
    return {
      problem: "it is the resource's own, which this run replaces",
      remedy: [{ code: "replace-holder", holder: "own" }],
    };
  }
  if (!tasks.some((task) => isRecorded(registry, task))) return undefined;
  return {
    problem: "the state records it as a resource's",
    remedy: [{ code: "replace-holder", holder: "recorded" }],
  };
}

/** Whether a task is the resource's own, by what diff saw of it, or check alone. */
function isOwn(operation: Operation, ids: readonly string[]): boolean {
  const { registry, owner } = operation.context;
  const compared = registry.comparedEntry(owner);
  if (compared === undefined) return registry.recordedEntry(owner)?.name === operation.inputs.name;
  return tasksOf(operation, ids).some((task) => compared.tasks.some((other) => isSameTask(task, other)));
}

/** @param verdict on a default name; missing where the program gave the name */
export function describeStranger(
  { definition, inputs }: Operation,
  tasks: readonly LiveTask[],
  verdict: OrphanVerdict | undefined,
): Refusal {
  const compared = memberCount(definition, inputs) === tasks.length ? tasks : tasks.slice(0, 1);
  const found = compareWithLive(definition, inputs, compared);
  const comparison =
    found.length === 0
      ? "it equals the arguments as far as reads show it"
      : `it differs: ${describeDifferences(found)}`;
  const ids = tasks.map(({ id }) => id);
  const { problem, remedy } = wayOut(comparison, verdict, adoptable(definition, inputs, ids));
  return { problem, remedy: [...remedy, { code: "replace-holder", holder: "stranger" }] };
}

function wayOut(problem: string, verdict: OrphanVerdict | undefined, adopt: readonly string[]): Refusal {
  if (verdict === undefined) return { problem, remedy: [{ code: "adopt-or-rename", adopt }] };
  if ("orphan" in verdict) return { problem, remedy: [{ code: "resume-or-rename", adopt }] };
  const why = "refused" in verdict ? verdict.refused : "several tasks equal the arguments";
  return {
    problem: `${problem}. It cannot be resumed, since ${why}`,
    remedy: [{ code: "trust-or-rename", adopt }],
  };
}

/** What \`adopt\` may be: all of the tasks where the resource has as many, else each. */
function adoptable(
  definition: ResourceDefinition,
  inputs: PropertyMap,
  ids: readonly string[],
): readonly string[] {
  const candidates = memberCount(definition, inputs) === ids.length ? [ids] : ids.map((id) => [id]);
  return candidates.map((group) => definition.formatId(inputs, group));
}

/** Nothing is deleted or created on a guess: the user decides which task it is. */
export function ambiguous(
  { definition, inputs }: Operation,
  ids: readonly string[],
  why: string,
  cause?: unknown,
): VideoAnalysisError {
  const found = ids.length === 0 ? "No such task was found" : `Found: ${ids.join(", ")}`;
  const remedy: Remedy =
    ids.length === 0
      ? { code: "run-again" }
      : { code: "adopt-one-delete-rest", adopt: adoptable(definition, inputs, ids) };
  return new VideoAnalysisError(
    "CREATE_AMBIGUOUS",
    `the create of "${String(inputs.name)}" cannot be decided: ${why}. ${found}`,
    { cause, remedy: [remedy] },
  );
}
