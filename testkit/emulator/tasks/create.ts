/** Creates tasks. */
import { entriesOf } from "../bodies/input";
import type { Call } from "../http/service";
import type { JsonObject } from "../json";
import type { World } from "../world";
import { launch } from "./actions";
import type { TaskRecord } from "./store";

/** A service's members of a task to store; id, project and states come from the call. */
export interface Draft extends Pick<TaskRecord, "family" | "serviceId" | "batchId"> {
  readonly input: JsonObject;
  /** Members of the wire object beside the common ones. */
  readonly members: JsonObject;
  /** `created_at` in the service's spelling. */
  readonly createdAt: string;
}

/** Stores a task as new and starts it; returns its id. */
export function createTask(world: World, call: Call, draft: Draft): string {
  const { family, serviceId, batchId, input, members, createdAt } = draft;
  const id = world.ids.taskId();
  const now = world.clock.now();
  const projectId = call.params["project_id"] ?? "";
  const wire: JsonObject = {
    id,
    project_id: projectId,
    creator: call.principal?.userName ?? "",
    created_at: createdAt,
    ...members,
    input,
  };
  const timeline = launch(world, call, input);
  const batch = batchId === undefined ? {} : { batchId };
  world.tasks.create({ id, family, projectId, serviceId, ...batch, createdMs: now, wire, timeline }, now);
  return id;
}

/**
 * A task of each input entry, as the plural answers of the create calls suggest (inferred); `perInput` adds
 * members that depend on the entry.
 */
export function createTasks(
  world: World,
  call: Call,
  input: JsonObject,
  draft: Omit<Draft, "input">,
  perInput: (input: JsonObject) => JsonObject = () => ({}),
): { id: string }[] {
  return entriesOf(input)
    .map((entry) => ({ ...input, data: [entry] }))
    .map((own) => ({ ...draft, input: own, members: { ...draft.members, ...perInput(own) } }))
    .map((each) => ({ id: createTask(world, call, each) }));
}
