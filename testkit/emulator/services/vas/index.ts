/** VAS jobs, API v2; the host label of the service is `iva`. */
import { toSeconds } from "../../clock";
import type { ApiError } from "../../http/errors";
import { type Answer, type Call, jsonBody, route, type ServiceModule } from "../../http/service";
import { isObject, type JsonObject, textOf } from "../../json";
import type { VasServiceDeclaration } from "../../options";
import { InvalidField } from "../../rules";
import { remove, start, stop } from "../../tasks/actions";
import { createTasks } from "../../tasks/create";
import { select } from "../../tasks/select";
import type { TaskRecord } from "../../tasks/store";
import { rawTask } from "../../tasks/view";
import type { World } from "../../world";
import { changedJob, checkForService, newJob } from "./body";
import { authError, CODES, invalidParameter, missing, stateConflict } from "./errors";
import { listQuery } from "./query";
import { checkTimedInput } from "./timing";
import { SPELLING, taskDetails } from "./view";

const TASKS = "/v2/{project_id}/services/{service_name}/tasks";
const TASK = `${TASKS}/{task_id}`;

const SERVICE_NAME = /^[a-z][a-z-]{0,98}[a-z]$/;

/** Groups the alternatives of the published expression, which anchors each of them on one side only. */
const TASK_ID = /^([0-9a-f]{32}|task\w{8})$/;

const ACCEPTED: Answer = { status: 202 };

export function vas(world: World): ServiceModule {
  const jobs = new Jobs(world);
  return {
    name: "iva",
    prefix: "/iva",
    codes: CODES,
    authError,
    invalid: invalidParameter,
    errorBody: (error: ApiError) => ({
      error_code: error.code,
      [world.behavior.vasErrorText]: error.message,
    }),
    snapshot: (record, at) => rawTask(record, at, world.behavior, SPELLING),
    routes: [
      route("createTasks", "create", "POST", TASKS, (call) => jobs.create(call)),
      route("listTasksDetails", "list", "GET", TASKS, (call) => jobs.list(call)),
      route("showTask", "show", "GET", TASK, (call) => jobs.show(call)),
      route("updateTask", "update", "PUT", TASK, (call) => jobs.update(call)),
      route("deleteTask", "delete", "DELETE", TASK, (call) => jobs.delete(call)),
      route("startTask", "start", "POST", `${TASK}/start`, (call) => jobs.start(call)),
      route("stopTask", "stop", "POST", `${TASK}/stop`, (call) => jobs.stop(call)),
    ],
  };
}

class Jobs {
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
  }

  create(call: Call): Answer {
    const service = this.#service(call);
    const body = jsonBody(call);
    newJob(body, "");
    const { input, ...wire } = body as JsonObject;
    const version = textOf(wire["service_version"]);
    if (!service.versions.includes(version)) throw missing("Service", `${service.name}/${version}`);
    checkForService(wire, service);
    const ids = createTasks(this.#world, call, input as JsonObject, {
      family: "iva",
      serviceId: service.id,
      createdAt: toSeconds(this.#world.clock.now()),
      members: {
        service_name: service.name,
        service_title: service.title ?? { zh: service.name, en: service.name },
        ...wire,
      },
    });
    const wrapped = this.#world.behavior.vasCreateAnswer === "wrapped";
    return { status: 201, body: wrapped ? { tasks: ids } : ids };
  }

  list(call: Call): Answer {
    const service = this.#service(call);
    const { behavior, clock, tasks: store } = this.#world;
    const query = listQuery(call.query, behavior);
    const view = store.list(isOf(service), call.shaping.staleList, clock.now());
    const found = select(view, query, behavior).filter(
      ({ id, wire }) =>
        id.includes(query.idLike ?? "") &&
        (query.version ?? wire["service_version"]) === wire["service_version"],
    );
    const page = found.slice(query.offset, query.offset + query.limit);
    const tasks = page.map((record) => taskDetails(record, view.at, behavior, "other"));
    return { status: 200, body: { count: found.length, tasks } };
  }

  show(call: Call): Answer {
    return { status: 200, body: this.#details(this.#job(call), "show") };
  }

  /** Merges by field of the body: a field that is given replaces the old one as a whole. */
  update(call: Call): Answer {
    const record = this.#job(call);
    const body = jsonBody(call);
    changedJob(body, "");
    const wire = { ...record.wire, ...(body as JsonObject) };
    checkTimedInput(wire);
    const changed = { ...record, wire };
    this.#world.tasks.replace(changed, this.#world.clock.now());
    return { status: 200, body: this.#details(changed, "other") };
  }

  /** The older text has 200 unless the output is hosted. */
  delete(call: Call): Answer {
    const record = this.#job(call);
    remove(this.#world, record, call, stateConflict);
    const { output } = record.wire;
    const hosted = isObject(output) && output["hosting"] !== undefined;
    return hosted ? ACCEPTED : { status: this.#world.behavior.vasDeleteStatus };
  }

  start(call: Call): Answer {
    start(this.#world, this.#job(call), stateConflict);
    return ACCEPTED;
  }

  stop(call: Call): Answer {
    stop(this.#world, this.#job(call), stateConflict);
    return ACCEPTED;
  }

  #details(record: TaskRecord, form: "show" | "other"): JsonObject {
    return taskDetails(record, this.#world.clock.now(), this.#world.behavior, form);
  }

  #service(call: Call): VasServiceDeclaration {
    const { project_id = "", service_name = "" } = call.params;
    demandForm("service_name", service_name, SERVICE_NAME);
    const service = this.#world.subscribed(project_id, "vas").find(({ name }) => name === service_name);
    if (service === undefined) throw missing("Service", service_name);
    return service;
  }

  #job(call: Call): TaskRecord {
    const { task_id = "" } = call.params;
    demandForm("task_id", task_id, TASK_ID);
    const service = this.#service(call);
    const record = this.#world.tasks.find(task_id, this.#world.clock.now());
    if (record === undefined || !isOf(service)(record)) throw missing("Task", task_id);
    return record;
  }
}

function isOf(service: VasServiceDeclaration): (record: TaskRecord) => boolean {
  return ({ family, serviceId }) => family === "iva" && serviceId === service.id;
}

function demandForm(parameter: string, value: string, form: RegExp): void {
  if (!form.test(value)) {
    throw new InvalidField(parameter, `should match the regular expression ${form.source}.`);
  }
}
