import { toSeconds } from "../../clock";
import { type Answer, type Call, jsonBody, type ServiceModule } from "../../http/service";
import type { JsonObject } from "../../json";
import type { ServiceDeclaration } from "../../options";
import { InvalidField } from "../../rules";
import type { TaskRecord } from "../../tasks/store";
import type { World } from "../../world";
import { launch, remove, start, stop } from "./actions";
import { createBody } from "./body";
import { authError, CODES, iefOnly, invalidArgument, serviceMissing, taskMissing } from "./errors";
import { listQuery, select } from "./query";
import { rawTask, shownState, taskDetails } from "./view";

const TASKS = "/v1/{project_id}/services/{service_id}/tasks";
const TASK = `${TASKS}/{task_id}`;

/** The form of task ids that the show page's 400 example gives. */
const TASK_ID = /^[0-9a-f]{32}$/;

const ACCEPTED: Answer = { status: 202 };

/** ModelArts service tasks, API v1: create, list, show, delete, and start and stop on IEF. There is no update. */
export function modelArts(world: World): ServiceModule {
  const tasks = new ServiceTasks(world);
  return {
    name: "modelarts",
    prefix: "/modelarts",
    codes: CODES,
    authError,
    invalid: invalidArgument,
    errorBody: (error) => ({ error_code: error.code, error_msg: error.message }),
    snapshot: (record, at) => rawTask(record, at, world.behavior),
    routes: [
      {
        operation: "createServiceTask",
        role: "create",
        method: "POST",
        pattern: TASKS,
        handle: (call) => tasks.create(call),
      },
      {
        operation: "listServiceTasks",
        role: "list",
        method: "GET",
        pattern: TASKS,
        handle: (call) => tasks.list(call),
      },
      {
        operation: "showServiceTask",
        role: "show",
        method: "GET",
        pattern: TASK,
        handle: (call) => tasks.show(call),
      },
      {
        operation: "deleteServiceTask",
        role: "delete",
        method: "DELETE",
        pattern: TASK,
        handle: (call) => tasks.delete(call),
      },
      {
        operation: "startServiceTask",
        role: "start",
        method: "POST",
        pattern: `${TASK}/start`,
        handle: (call) => tasks.start(call),
      },
      {
        operation: "stopServiceTask",
        role: "stop",
        method: "POST",
        pattern: `${TASK}/stop`,
        handle: (call) => tasks.stop(call),
      },
    ],
  };
}

class ServiceTasks {
  constructor(private readonly world: World) {}

  /** Names are not unique: the same body twice makes two tasks. Each input entry becomes a task of its own. */
  create(call: Call): Answer {
    const service = this.#service(call);
    const body = jsonBody(call);
    createBody(service.platform)(body, "");
    const valid = body as JsonObject;
    const input = valid["input"] as JsonObject;
    const entries = Array.isArray(input["data"]) ? input["data"] : [];
    const tasks = entries.map((entry) => {
      const id = this.#store(call, service, valid, { ...input, data: [entry] });
      return { id };
    });
    return { status: 201, body: { tasks } };
  }

  list(call: Call): Answer {
    const service = this.#service(call);
    const { world } = this;
    const query = listQuery(call.query, service.platform, world.behavior);
    const now = world.clock.now();
    const { staleList } = call.shaping;
    const view = staleList ? world.tasks.earlier(service.id, staleList, now) : world.tasks.view(now);
    const own = view.records.filter(
      (record) => record.family === "modelarts" && record.serviceId === service.id,
    );
    const found = select({ at: view.at, records: own }, query, (record) =>
      shownState(record, view.at, world.behavior),
    );
    const page = found.slice(query.offset, query.offset + query.limit);
    const tasks = page.map((record) => taskDetails(record, view.at, world.behavior, "list"));
    return { status: 200, body: { count: found.length, tasks } };
  }

  show(call: Call): Answer {
    const record = this.#task(call);
    return { status: 200, body: taskDetails(record, this.world.clock.now(), this.world.behavior, "show") };
  }

  delete(call: Call): Answer {
    remove(this.world, this.#task(call), call);
    return ACCEPTED;
  }

  start(call: Call): Answer {
    this.#demandIef(call);
    start(this.world, this.#task(call));
    return ACCEPTED;
  }

  stop(call: Call): Answer {
    this.#demandIef(call);
    stop(this.world, this.#task(call));
    return ACCEPTED;
  }

  #store(call: Call, service: ServiceDeclaration, body: JsonObject, input: JsonObject): string {
    const { world } = this;
    const id = world.ids.taskId();
    const now = world.clock.now();
    const projectId = call.params["project_id"] ?? "";
    const { name = "", description, ...rest } = body;
    const wire: JsonObject = {
      id,
      name,
      service_name: service.name,
      creator: call.principal?.userName ?? "",
      project_id: projectId,
      ...(description === undefined ? {} : { description }),
      service_id: service.id,
      created_at: toSeconds(now),
      ...rest,
      input,
    };
    const timeline = launch(world, call, input);
    const record = {
      id,
      family: "modelarts" as const,
      projectId,
      serviceId: service.id,
      createdMs: now,
      wire,
      timeline,
    };
    world.tasks.create(record, now);
    return id;
  }

  #service(call: Call): ServiceDeclaration {
    const { project_id = "", service_id = "" } = call.params;
    const service = this.world.service(project_id, service_id);
    if (service === undefined) throw serviceMissing(service_id);
    return service;
  }

  #demandIef(call: Call): void {
    if (this.#service(call).platform === "edge") throw iefOnly();
  }

  #task(call: Call): TaskRecord {
    const { task_id = "" } = call.params;
    if (!TASK_ID.test(task_id)) {
      throw new InvalidField("task_id", `should match the regular expression ${TASK_ID.source}.`);
    }
    const service = this.#service(call);
    const record = this.world.tasks.find(task_id, this.world.clock.now());
    if (record?.family !== "modelarts" || record.serviceId !== service.id) {
      throw taskMissing(task_id, this.world.behavior.taskNotFoundCode);
    }
    return record;
  }
}
