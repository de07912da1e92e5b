/** Read: the live resource in the program's terms, or the proof that it is gone. */
import type { Deadline } from "../../common/deadline";
import { VideoAnalysisError } from "../../common/errors";
import { deepEqual, type PropertyMap } from "../../common/json";
import { claimIn, claimOutput } from "../ownership/claim";
import { projectTasks } from "../drift/compare";
import { Echo } from "../drift/echo";
import { noteRecorded } from "../ownership/owners";
import { inputsIn, locationIn, outputsOf, recordedFacts, unfinishedIn } from "../state/outputs";
import type { Binding, RunContext, LiveTask, ResourceDefinition, Sighting } from "../contract";
import { runStateOf, statefulParts } from "../reconcile/run-state";
import { upToDate } from "../state/versions";
import { deadlineFor } from "../reconcile/timeouts";
import { untoldIn, untoldOutput } from "../state/unreadable-inputs";

export type ReadResult =
  | { readonly gone: true }
  | { readonly gone: false; readonly inputs: PropertyMap; readonly outputs: PropertyMap };

/** Proves that missing tasks are gone: their service must still answer. */
export async function confirmGone(
  binding: Binding,
  environment: RunContext,
  deadline: Deadline,
): Promise<void> {
  await environment.registry.confirmOnce(binding.gateway.scope, () =>
    binding.gateway.confirmService(deadline),
  );
}

/**
 * @param recordedOutputs of any version; for a lookup by id (no `stateVersion`) what the program gave
 * @throws `NOT_FOUND` for a lookup of something that does not exist, or not all of it
 */
export async function read(
  definition: ResourceDefinition,
  id: string,
  recordedOutputs: PropertyMap,
  environment: RunContext,
): Promise<ReadResult> {
  const olds = upToDate(definition, recordedOutputs);
  const isLookup = olds.stateVersion === undefined;
  const parsed = definition.parseId(id);
  const deadline = deadlineFor("read", olds, `${definition.type} "${id}"`, environment);
  // What is only looked up has no owner here.
  if (!isLookup) noteRecorded(definition, environment.registry, { id, outputs: olds, by: "read" });
  const target = { args: { ...olds, ...parsed.args } };
  const binding = await environment.open(
    isLookup ? target : { ...target, recorded: locationIn(olds) },
    deadline,
  );
  const { gateway } = binding;
  const sightings = await Promise.all(parsed.taskIds.map((taskId) => gateway.read(taskId, deadline)));
  const recorded = isLookup ? undefined : inputsIn(definition, olds);
  const echo = Echo.in(olds);
  const project = (lives: readonly LiveTask[], total: number): PropertyMap | undefined =>
    recorded && projectTasks(definition, recorded, lives, total, echo);
  const lives = await confirmDrift(recorded, project, sightings, (taskId) => gateway.show(taskId, deadline));
  if (lives.length < parsed.taskIds.length) await confirmGone(binding, environment, deadline);
  const taskIds = lives.map((live) => live.id);
  // Whoever asks for a set of tasks, without a state that knows them, asks for all of it.
  const missing = parsed.taskIds.filter((taskId) => !taskIds.includes(taskId));
  if (isLookup && missing.length > 0) throw notFound(definition, id, missing, binding);
  if (lives.length === 0) return { gone: true };
  const args = project(lives, parsed.taskIds.length) ?? everythingOf(definition, parsed.args, lives);
  // The outputs keep the wish itself: by it update tells a drifted run state from a new wish, which alone starts
  // ended tasks again.
  const outputs = outputsOf(definition, args, binding, taskIds, lives, unfinishedIn(olds));
  return {
    gone: false,
    inputs: withRunState(args, lives),
    outputs: {
      ...recordedFacts(definition, olds),
      ...outputs,
      ...claimOutput(claimIn(olds)),
      ...echo.output(),
      ...untoldOutput(untoldIn(olds)),
    },
  };
}

function notFound(
  definition: ResourceDefinition,
  id: string,
  missing: readonly string[],
  { projectId, region }: Binding,
): VideoAnalysisError {
  return new VideoAnalysisError(
    "NOT_FOUND",
    `${definition.type} "${id}": ${missing.join(", ")} does not exist in project ${projectId}, region ${region}. ` +
      "Check the id, the project and the region.",
  );
}

const isThere = (live: LiveTask | undefined): live is LiveTask => live !== undefined;

/**
 * The tasks that exist. What a list tells may be older than the last change, and drift can replace a task, so a
 * difference that rests on a list is looked at with shows before it counts.
 */
async function confirmDrift(
  recorded: PropertyMap | undefined,
  project: (lives: readonly LiveTask[], total: number) => PropertyMap | undefined,
  sightings: readonly Sighting<LiveTask>[],
  show: (taskId: string) => Promise<LiveTask | undefined>,
): Promise<LiveTask[]> {
  const lives = sightings.map(({ task }) => task).filter(isThere);
  if (!sightings.some(({ listed }) => listed)) return lives;
  const seen = project(lives, sightings.length);
  if (seen === undefined || deepEqual(withRunState(seen, lives), recorded)) return lives;
  const shown = await Promise.all(
    sightings.map(async ({ task, listed }) => (listed && isThere(task) ? show(task.id) : task)),
  );
  return shown.filter(isThere);
}

/** Every argument that the service shows, for a resource that no program describes. */
export function everythingOf(
  definition: ResourceDefinition,
  own: PropertyMap,
  lives: readonly LiveTask[],
): PropertyMap {
  const [first] = lives;
  const observed = Object.fromEntries(definition.observed.map((key) => [key, first?.args[key]]));
  const complete = projectTasks(definition, { ...observed, ...own }, lives, 1);
  return lives.length === 1 ? complete : { ...complete, input: joinedInput(lives) };
}

/** Several tasks of one resource differ in their sources only. */
function joinedInput(lives: readonly LiveTask[]): PropertyMap {
  const inputs = lives.map((live) => (live.args.input ?? {}) as PropertyMap);
  return {
    ...inputs[0],
    data: inputs.flatMap((input) => (Array.isArray(input.data) ? (input.data as unknown[]) : [])),
  };
}

/** A run state other than the wished one is drift of `desiredState`. */
function withRunState(inputs: PropertyMap, lives: readonly LiveTask[]): PropertyMap {
  const desired = inputs.desiredState;
  if (desired === undefined) return inputs;
  const other = lives
    .flatMap(statefulParts)
    .map(runStateOf)
    .find((state) => state !== undefined && state !== desired);
  return other === undefined ? inputs : { ...inputs, desiredState: other };
}
