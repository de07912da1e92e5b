/** The calls on single tasks: the sub-tasks of batches, and tasks created one by one. */
import { entriesOf } from "../../bodies/input";
import { type Answer, type Call, jsonBody } from "../../http/service";
import { type JsonObject, member, omit, textOf } from "../../json";
import { InvalidField } from "../../rules";
import { remove, start, stop } from "../../tasks/actions";
import { createTasks } from "../../tasks/create";
import type { TaskRecord } from "../../tasks/store";
import type { World } from "../../world";
import { algorithmFor, algorithmMembers } from "./algorithm";
import { inProject } from "./batches";
import { changedTask, ID, newTask } from "./body";
import { notAllowed, taskMissing } from "./errors";
import { selectTasks, taskQuery } from "./query";
import { sourceById } from "./assignments";
import { taskDetails, taskEntry, toMilliseconds } from "./view";

const DONE: Answer = { status: 200, body: {} };

/** Members that a full replacement of a single task may change. */
const CHANGEABLE = ["name", "description", "input", "output", "config", "schedule", "resource_order_id"];

export class Tasks {
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
  }

  create(call: Call): Answer {
    const body = jsonBody(call);
    newTask(body, "");
    const { input, ...wire } = body as JsonObject;
    const algorithm = algorithmFor(this.#world, call, call.params["service_name"] ?? "", wire);
    const draft = {
      family: "vias" as const,
      serviceId: algorithm.id,
      createdAt: toMilliseconds(this.#world.clock.now()),
      members: {
        ...algorithmMembers(algorithm),
        ...omit(wire, ["service_version", "is_saved_as_template"]),
      },
    };
    const tasks = createTasks(this.#world, call, input as JsonObject, draft, (own) => this.#named(own));
    return { status: 200, body: { tasks } };
  }

  /** `count` is that of the page. */
  list(call: Call): Answer {
    const { behavior, clock, tasks: store } = this.#world;
    const query = taskQuery(call.query);
    const view = store.list(inProject(call), call.shaping.staleList, clock.now());
    const found = selectTasks(this.#world, view, query);
    const page = found.slice((query.page - 1) * query.size, query.page * query.size);
    const tasks = page.map((record) => taskEntry(record, view.at, behavior));
    return { status: 200, body: { count: page.length, page: query.page, page_size: query.size, tasks } };
  }

  show(call: Call): Answer {
    const { behavior, clock } = this.#world;
    return { status: 200, body: taskDetails(this.#task(call), clock.now(), behavior) };
  }

  update(call: Call): Answer {
    const record = this.#task(call);
    const body = jsonBody(call);
    changedTask(body, "");
    const given = omit(body as JsonObject, ["is_saved_as_template"]);
    const type = member(record.wire["input"], "type");
    if (type === "video_source" && member(given["input"], "type") !== type) {
      throw new InvalidField("input.type", "cannot be switched from video_source.");
    }
    const kept = this.#world.behavior.viasPut === "merge" ? record.wire : omit(record.wire, CHANGEABLE);
    const wire = { ...kept, ...given, ...this.#named(given["input"] as JsonObject) };
    this.#world.tasks.replace({ ...record, wire }, this.#world.clock.now());
    return DONE;
  }

  delete(call: Call): Answer {
    remove(this.#world, this.#task(call), call, notAllowed);
    return DONE;
  }

  start(call: Call): Answer {
    start(this.#world, this.#task(call), notAllowed);
    return DONE;
  }

  stop(call: Call): Answer {
    stop(this.#world, this.#task(call), notAllowed);
    return DONE;
  }

  /** The name of its source, for an input that has one. */
  #named(input: JsonObject): JsonObject {
    const [entry] = entriesOf(input);
    const id = entry?.["video_source_id"];
    return id === undefined ? {} : { video_source_name: sourceById(this.#world, textOf(id)).name };
  }

  #task(call: Call): TaskRecord {
    const { task_id = "" } = call.params;
    if (!ID.test(task_id))
      throw new InvalidField("task_id", `should match the regular expression ${ID.source}.`);
    const record = this.#world.tasks.find(task_id, this.#world.clock.now());
    if (record?.family !== "vias" || !inProject(call)(record)) throw taskMissing(task_id);
    return record;
  }
}
