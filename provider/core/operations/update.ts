/** Update: converges from whatever is there; repeats are harmless. Failures are plain errors. */
import { VideoAnalysisError } from "../../common/errors";
import { deepEqual, formatPath, type PropertyMap, type Path } from "../../common/json";
import type { DesiredState } from "../schema/common";
import { metaOf, propertyOf } from "../schema/field";
import { notCleared } from "../drift/verify-removed";
import { claimIn, claimOutput } from "../ownership/claim";
import { changedArguments } from "./diff";
import { compareWithLive } from "../drift/compare";
import { Echo } from "../drift/echo";
import { refuseHeldName, reserveName } from "../reconcile/name-lookup";
import type { Operation } from "../operation";
import { locationIn, outputsOf, recordedFacts, unfinishedIn } from "../state/outputs";
import { noteRecorded } from "../ownership/owners";
import { confirmGone } from "./read";
import { recordEcho } from "../drift/record-echo";
import type { RunContext, LiveTask, ResourceDefinition } from "../contract";
import { upToDate } from "../state/versions";
import { deadlineFor, effectiveWaitFor } from "../reconcile/timeouts";
import { untoldIn, withTold } from "../state/unreadable-inputs";
import { ensureRunState, showAll, waitUntil } from "../reconcile/wait";

/**
 * Pauses before a field that was removed is looked at again, in milliseconds: a show may lag behind the update that it
 * follows. Together a few seconds, as no document gives a time.
 */
const CLEARED_PAUSES = [250, 750, 1500, 3000];

/**
 * @param recordedOutputs of any version
 * @param news checked inputs
 * @returns new outputs
 * @throws `TASK_GONE` when a task was deleted behind Pulumi's back
 */
export async function update(
  definition: ResourceDefinition,
  id: string,
  recordedOutputs: PropertyMap,
  news: PropertyMap,
  environment: RunContext,
): Promise<PropertyMap> {
  const olds = upToDate(definition, recordedOutputs);
  const { taskIds } = definition.parseId(id);
  noteRecorded(definition, environment.registry, {
    id,
    outputs: olds,
    by: "update",
    owner: environment.owner,
  });
  const unfinished = unfinishedIn(olds).length > 0;
  const waitFor = effectiveWaitFor(news, environment);
  // What finishes a create, or waits for success, has the time of a create.
  const time = unfinished || waitFor === "succeeded" ? "create" : "update";
  const deadline = deadlineFor(time, news, `${definition.type} "${id}"`, environment);
  const binding = await environment.open(
    { args: { ...olds, ...news }, olds, recorded: locationIn(olds) },
    deadline,
  );
  const operation: Operation = { definition, inputs: news, binding, deadline, environment };
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
  const before = shown.filter((live) => live !== undefined);
  let lives: LiveTask[] = before;
  const changed = changedArguments(definition, withTold(olds, news), news).filter((key) =>
    definition.updatable.includes(key),
  );
  const partial = unfinishedIn(olds).includes("partial");
  // What an adoption left to apply is in no recorded argument: only the live tasks show it.
  const adopted = unfinished && olds.adopt !== undefined ? differing(definition, news, lives) : [];
  // What an import could not record is compared with the task itself, as far as that shows it.
  const told = new Set(untoldIn(olds).map(([key]) => String(key)));
  const imported = told.size === 0 ? [] : differing(definition, news, lives).filter((key) => told.has(key));
  const put = [
    ...new Set([...changed, ...adopted, ...imported, ...(partial ? readable(definition, news) : [])]),
  ];
  if (put.length > 0) {
    const named = { ...operation, inputs: { ...news, name: news.name ?? olds.name } };
    lives = await renaming(named, lives, put, () => putAll(named, lives, put, olds));
  }
  const desired = news.desiredState as DesiredState | undefined;
  if (desired !== undefined) {
    const insist = !deepEqual(desired, olds.desiredState) || (unfinished && desired === "stopped");
    lives = await ensureRunState(desired, gateway, taskIds, deadline, environment, insist);
  }
  if (unfinished || waitFor !== effectiveWaitFor(olds, environment)) {
    lives = await waitUntil(waitFor, gateway, taskIds, deadline, environment, () => undefined);
  }
  // What a create sent was never recorded as shown where it did not end well.
  const own = unfinished && olds.adopt === undefined && claimIn(olds) === undefined;
  const sent = own ? definition.observed : put;
  const echo = await recordEcho(
    { ...operation, lives, sent, args: news, before: own ? undefined : { args: olds, lives: before } },
    Echo.in(olds),
  );
  return {
    ...recordedFacts(definition, olds),
    ...outputsOf(definition, news, binding, taskIds, lives),
    ...claimOutput(claimIn(olds)),
    ...echo.output(),
  };
}

/** What the retry of a partial create sends again: not what only has an effect of its own, which it had already. */
function readable(definition: ResourceDefinition, args: PropertyMap): string[] {
  return definition.updatable.filter((key) => {
    const schema = propertyOf(definition.arguments, key);
    return args[key] !== undefined && schema !== undefined && metaOf(schema)?.writeOnly === undefined;
  });
}

/** Where the name changes, no other task may have the new one, and no other resource of the run take it meanwhile. */
async function renaming(
  operation: Operation,
  lives: readonly LiveTask[],
  changed: readonly string[],
  put: () => Promise<LiveTask[]>,
): Promise<LiveTask[]> {
  const name = String(operation.inputs.name);
  if (!changed.includes("name") || lives.every((live) => live.name === name)) return put();
  const ids = lives.map(({ id }) => id);
  const settleName = reserveName(operation, name, ids);
  let holders: readonly string[] = [];
  try {
    await refuseHeldName(operation, ids);
    // A failed update may have renamed some of them.
    holders = ids;
    return await put();
  } finally {
    settleName(holders);
  }
}

/**
 * Brings arguments to every task, and proves by a read that what was removed is gone.
 *
 * @param olds recorded arguments, where there are any
 */
export async function putAll(
  { definition, inputs, binding, deadline }: Operation,
  lives: readonly LiveTask[],
  changed: readonly string[],
  olds?: PropertyMap,
): Promise<LiveTask[]> {
  const { gateway } = binding;
  if (gateway.update === undefined) throw new TypeError(`${definition.type} has no update`);
  for (const { id } of lives) await gateway.update(id, inputs, changed, deadline);
  const taskIds = lives.map(({ id }) => id);
  for (let look = 0; ; look += 1) {
    const shown = await showAll(gateway, taskIds, deadline);
    const after = shown.filter((live) => live !== undefined);
    const left = notCleared(definition, olds, inputs, after, changed);
    if (left.length === 0) return after;
    const pause = CLEARED_PAUSES[look];
    if (pause === undefined || deadline.expired) throw fieldNotCleared(left);
    await deadline.sleep(pause);
  }
}

function fieldNotCleared(left: readonly Path[]): VideoAnalysisError {
  return new VideoAnalysisError(
    "FIELD_NOT_CLEARED",
    `the service accepted the update, but did not clear ${left.map((path) => `\`${formatPath(path)}\``).join(", ")}. ` +
      "If it stays so, change `triggers`: that replaces the resource.",
  );
}

/** The arguments that an update can change and that the tasks show otherwise. */
export function differing(
  definition: ResourceDefinition,
  args: PropertyMap,
  lives: readonly LiveTask[],
): string[] {
  const found = compareWithLive(definition, args, lives).map(({ path }) => String(path[0]));
  const renamed = args.name !== undefined && lives.some((live) => live.name !== args.name);
  return definition.updatable.filter((key) => (key === "name" ? renamed : found.includes(key)));
}

/** Applies to adopted tasks what the arguments want otherwise; what only a replacement could change was refused. */
export async function applyDifferences(
  operation: Operation,
  lives: readonly LiveTask[],
  changed: readonly string[],
): Promise<LiveTask[]> {
  const { inputs } = operation;
  return putAll({ ...operation, inputs: { ...inputs, name: inputs.name ?? lives[0]?.name } }, lives, changed);
}
