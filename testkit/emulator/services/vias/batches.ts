/** The operations on batches. */
import { type Answer, type Call, jsonBody } from "../../http/service";
import { type JsonObject, pick, textOf } from "../../json";
import { InvalidField } from "../../rules";
import { remove, start, stop } from "../../tasks/actions";
import { createTask } from "../../tasks/create";
import { held } from "../../tasks/states";
import type { TaskRecord, View } from "../../tasks/store";
import { shownState } from "../../tasks/view";
import type { World } from "../../world";
import { ALGORITHM_MEMBERS, algorithmFor, algorithmMembers } from "./algorithm";
import { assigned, type Batch, batchesIn, inherited, redefine, sourceOf } from "./batch";
import { changedBatch, ID, newBatch } from "./body";
import { missing, notAllowed, sameName } from "./errors";
import { batchQuery, selectBatches } from "./query";
import { type Assignment, assignments } from "./assignments";
import { Counters } from "./counters";
import { batchEntry, toMilliseconds } from "./view";

/** A batch has no states of its own; this one is never shown. */
const EXISTS = "(batch)";

/** Members that an update leaves alone. */
const KEPT = ["id", "service_name", "service_version", ...ALGORITHM_MEMBERS];

/** States that a start, or a stop, finds done already. */
const DONE = {
  start: ["STARTING", "RUNNING", "PENDING", "RECOVERING", "UPGRADING"],
  stop: ["STOPPING", "STOPPED"],
};

/** True for everything that VIAS holds in the project of a call. */
export function inProject(call: Call): (record: TaskRecord) => boolean {
  const projectId = call.params["project_id"];
  return ({ family, projectId: home }) => (family === "vias" || family === "batch") && home === projectId;
}

/** The calls on batches. All but the list answer 200 with counters over the sub-tasks, also where some failed. */
export class Batches {
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
  }

  /** A batch of which every sub-task failed is not kept, and its answer has no id (inferred). */
  create(call: Call): Answer {
    const world = this.#world;
    const body = jsonBody(call);
    newBatch(body, "");
    const wire = body as JsonObject;
    const algorithm = algorithmFor(world, call, textOf(wire["service_name"]), wire);
    const wanted = assignments(world, wire["batch_input"]);
    this.#demandFreeName(call, wire);
    const id = world.ids.taskId();
    const counters = new Counters(call.shaping.partialFailure);
    const about = algorithmMembers(algorithm);
    for (const each of wanted) {
      counters.attempt(each.source.id, () => this.#addSubTask(call, id, about, wire, each));
    }
    if (counters.succeeded === 0) return counters.answer(undefined);
    const now = world.clock.now();
    const projectId = call.params["project_id"] ?? "";
    // After its sub-tasks, so that a list which misses the last write misses the batch.
    world.tasks.create(
      {
        id,
        family: "batch",
        projectId,
        serviceId: algorithm.id,
        createdMs: now,
        wire: { id, ...wire, ...about },
        timeline: held(now, EXISTS),
      },
      now,
    );
    return counters.answer(id);
  }

  list(call: Call): Answer {
    const { behavior, clock, tasks } = this.#world;
    const query = batchQuery(call.query, behavior);
    const view = tasks.list(inProject(call), call.shaping.staleList, clock.now());
    const found = selectBatches(this.#world, view, query);
    const page = query.paged ? found.slice((query.page - 1) * query.size, query.page * query.size) : found;
    const entries = page.map((batch) => batchEntry(this.#world, batch, view.at, behavior));
    return { status: 200, body: { count: found.length, batch_task_list: entries } };
  }

  /**
   * Brings the sub-tasks to what the body says: changes those that stay, creates and deletes the rest (inferred, as
   * is that states go on).
   */
  update(call: Call): Answer {
    const world = this.#world;
    const batch = this.#batch(call);
    const given = jsonBody(call);
    changedBatch(world.behavior.viasPut)(given, "");
    const wire = this.#updated(batch.record.wire, given as JsonObject);
    const wanted = assignments(world, wire["batch_input"]);
    const counters = new Counters(call.shaping.partialFailure);
    const staying = batch.subTasks.filter((task) => this.#stateOf(task) !== "DELETING");
    for (const each of wanted) {
      const existing = staying.find((task) => sourceOf(task) === each.source.id);
      counters.attempt(each.source.id, () => {
        if (existing === undefined) this.#addSubTask(call, batch.record.id, batch.record.wire, wire, each);
        else redefine(world, existing, wire, assigned(each));
      });
    }
    for (const task of staying.filter((each) => !wanted.some(({ source }) => source.id === sourceOf(each)))) {
      counters.attempt(sourceOf(task), () => remove(world, task, call, notAllowed));
    }
    world.tasks.replace({ ...batch.record, wire }, world.clock.now());
    return counters.answer(batch.record.id);
  }

  delete(call: Call): Answer {
    return this.#each(call, (task) => remove(this.#world, task, call, notAllowed));
  }

  start(call: Call): Answer {
    return this.#each(call, (task) => {
      if (!this.#isDone(task, "start")) start(this.#world, task, notAllowed);
    });
  }

  stop(call: Call): Answer {
    return this.#each(call, (task) => {
      if (!this.#isDone(task, "stop")) stop(this.#world, task, notAllowed);
    });
  }

  #each(call: Call, act: (task: TaskRecord) => void): Answer {
    const { record, subTasks } = this.#batch(call);
    const counters = new Counters(call.shaping.partialFailure);
    for (const task of subTasks) counters.attempt(sourceOf(task), () => act(task));
    return counters.answer(record.id);
  }

  #isDone(task: TaskRecord, action: "start" | "stop"): boolean {
    const tolerated = this.#world.behavior.repeatedBatchAction === "succeed";
    return tolerated && DONE[action].includes(this.#stateOf(task));
  }

  #stateOf(task: TaskRecord): string {
    return shownState(task, this.#world.clock.now(), this.#world.behavior);
  }

  /** A replacement forgets all that the body leaves out and may change. */
  #updated(old: JsonObject, given: JsonObject): JsonObject {
    if (this.#world.behavior.viasPut === "merge") return { ...old, ...given };
    return { ...pick(old, KEPT), ...given };
  }

  #addSubTask(call: Call, batchId: string, about: JsonObject, wire: JsonObject, each: Assignment): void {
    createTask(this.#world, call, {
      family: "vias",
      serviceId: textOf(about["service_id"]),
      batchId,
      input: { type: "video_source", data: [{ video_source_id: each.source.id }] },
      members: { ...pick(about, ALGORITHM_MEMBERS), ...inherited(wire), ...assigned(each) },
      createdAt: toMilliseconds(this.#world.clock.now()),
    });
  }

  #demandFreeName(call: Call, wire: JsonObject): void {
    if (this.#world.behavior.duplicateBatchNames === "accept") return;
    const name = textOf(wire["name"]);
    const taken = this.#batches(call).some(({ record }) => record.wire["name"] === name);
    if (taken) throw sameName(name);
  }

  #batches(call: Call): Batch[] {
    const view: View = this.#world.tasks.list(inProject(call), undefined, this.#world.clock.now());
    return batchesIn(view);
  }

  #batch(call: Call): Batch {
    const { batch_id = "" } = call.params;
    if (!ID.test(batch_id)) throw new InvalidField("id", `should match the regular expression ${ID.source}.`);
    const found = this.#batches(call).find(({ record }) => record.id === batch_id);
    if (found === undefined) throw missing("batch task", batch_id, this.#world.behavior.batchNotFoundCode);
    return found;
  }
}
