/** Errors for a name that is held, or may be, with the ways out. */
import { VideoAnalysisError } from "../../common/errors";
import type { PropertyMap } from "../../common/json";
import { compareWithLive, describeDifferences } from "../drift/compare";
import { tasksOf, type Operation } from "../operation";
import type { OrphanVerdict } from "./orphan";
import { isRecorded, nameOf, otherOwnerOf } from "../ownership/owners";
import type { LiveTask, ResourceDefinition } from "../contract";
import { isSameTask } from "../ownership/run-registry";
import { memberCount } from "../drift/members";

/** A replacement that creates first finds its own task; nothing but the option and other arguments helps. */
const WAYS_TO_REPLACE =
  "set its option `deleteBeforeReplace: true`, with which the old task is deleted first, or change `triggers` instead";

const ALONE = "`--replace`, `--target-replace`, `pulumi state taint`";

/** @param why the known facts about the tasks, and the ways out */
export function nameTaken(
  { inputs }: Operation,
  tasks: readonly LiveTask[],
  why: string,
): VideoAnalysisError {
  const ids = tasks.map(({ id }) => id).join(", ");
  return new VideoAnalysisError(
    "NAME_TAKEN",
    `a task named "${String(inputs.name)}" exists already in this service (${ids}): ${why}`,
  );
}

/** The owner that this run has seen; taking its tasks over is not offered. */
export function describeOwner(operation: Operation, ids: readonly string[]): string | undefined {
  const { registry, owner } = operation.context;
  const tasks = tasksOf(operation, ids);
  const other = tasks.map((task) => otherOwnerOf(registry, task, owner)).find((found) => found !== undefined);
  if (other !== undefined) {
    return `it belongs to ${nameOf(other)}, another resource of this program. Choose another \`name\`.`;
  }
  if (isOwn(operation, ids)) {
    return (
      `it is the resource's own, which this run replaces. To replace it, ${WAYS_TO_REPLACE}. ` +
      "A task that `retainOnDelete` keeps also keeps its name: give the new one another `name`."
    );
  }
  if (!tasks.some((task) => isRecorded(registry, task))) return undefined;
  return (
    `the state records it as a resource's. If this run replaces that resource (${ALONE}), ${WAYS_TO_REPLACE}; ` +
    "otherwise choose another `name`."
  );
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
): string {
  const compared = memberCount(definition, inputs) === tasks.length ? tasks : tasks.slice(0, 1);
  const found = compareWithLive(definition, inputs, compared);
  const comparison =
    found.length === 0
      ? "it equals the arguments as far as reads show it"
      : `it differs: ${describeDifferences(found)}`;
  const ids = tasks.map(({ id }) => id);
  const ways = wayOut(verdict, adoptLine(definition, inputs, ids));
  return `${comparison}. ${ways} If this run replaces the resource itself (${ALONE}), ${WAYS_TO_REPLACE}.`;
}

function wayOut(verdict: OrphanVerdict | undefined, adopt: string): string {
  if (verdict === undefined) return `To take it over, set ${adopt}; to keep both, choose another \`name\`.`;
  if ("orphan" in verdict) {
    return (
      "If an interrupted run left it behind, run `VIDEO_ANALYSIS_RESUME=1 pulumi up`; if it has another owner, choose another " +
      `\`name\`, or set ${adopt} to take it over.`
    );
  }
  const why = "refused" in verdict ? verdict.refused : "several tasks equal the arguments";
  return (
    `It cannot be resumed, since ${why}. If an interrupted run left it behind, delete it at the service, or set ${adopt}, ` +
    "which takes on trust what no read shows; if it has another owner, choose another `name`."
  );
}

function adoptLine(definition: ResourceDefinition, inputs: PropertyMap, ids: readonly string[]): string {
  const candidates = memberCount(definition, inputs) === ids.length ? [ids] : ids.map((id) => [id]);
  return candidates.map((group) => `\`adopt: "${definition.formatId(inputs, group)}"\``).join(" or ");
}

/** Nothing is deleted or created on a guess: the user decides which task it is. */
export function ambiguous(
  { definition, inputs }: Operation,
  ids: readonly string[],
  why: string,
  cause?: unknown,
): VideoAnalysisError {
  const choice =
    ids.length === 0
      ? "No such task was found; it may still appear. Run `pulumi up` again: it looks before it creates."
      : `Found: ${ids.join(", ")}. Set ${adoptLine(definition, inputs, ids)} and delete what you do not need.`;
  return new VideoAnalysisError(
    "CREATE_AMBIGUOUS",
    `the create of "${String(inputs.name)}" cannot be decided: ${why}. ${choice}`,
    { cause },
  );
}
