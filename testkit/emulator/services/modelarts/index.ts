/**
 * ModelArts service tasks, API v1: create, list, show, delete, and start and stop on IEF. There is no update. Of the
 * services themselves only what reads them.
 */
import { toSeconds } from "../../clock";
import { type Answer, type Call, jsonBody, route, type ServiceModule } from "../../http/service";
import type { JsonObject } from "../../json";
import type { TaskServiceDeclaration } from "../../options";
import { InvalidField } from "../../rules";
import { remove, start, stop } from "../../tasks/actions";
import { createTasks } from "../../tasks/create";
import { select } from "../../tasks/select";
import type { TaskRecord } from "../../tasks/store";
import { rawTask } from "../../tasks/view";
import type { World } from "../../world";
import { createBody } from "./body";
import {
  authError,
  CODES,
  iefOnly,
  invalidArgument,
  serviceMissing,
  stateConflict,
  taskMissing,
} from "./errors";
import { listQuery } from "./query";
import { Services } from "./services";
import { SPELLING, taskDetails } from "./view";

const SERVICES = "/v1/{project_id}/services";
const SERVICE = `${SERVICES}/{service_id}`;
const TASKS = `${SERVICE}/tasks`;
const TASK = `${TASKS}/{task_id}`;

/** The form of task ids that the show page's 400 example gives. */
const TASK_ID = /^[0-9a-f]{32}$/;

const ACCEPTED: Answer = { status: 202 };

export function modelArts(world: World): ServiceModule {
  const tasks = new ServiceTasks(world);
  const services = new Services(world);
  return {
    name: "modelarts",
    prefix: "/modelarts",
    codes: CODES,
    authError,
    invalid: invalidArgument,
    errorBody: (error) => ({ error_code: error.code, error_msg: error.message }),
    snapshot: (record, at) => rawTask(record, at, world.behavior, SPELLING),
    routes: [
      route("listServices", "list", "GET", SERVICES, (call) => services.list(call)),
      route("showService", "show", "GET", SERVICE, (call) => services.show(call)),
      route("createServiceTask", "create", "POST", TASKS, (call) => tasks.create(call)),
      route("listServiceTasks", "list", "GET", TASKS, (call) => tasks.list(call)),
      route("showServiceTask", "show", "GET", TASK, (call) => tasks.show(call)),
      route("deleteServiceTask", "delete", "DELETE", TASK, (call) => tasks.delete(call)),
      route("startServiceTask", "start", "POST", `${TASK}/start`, (call) => tasks.start(call)),
      route("stopServiceTask", "stop", "POST", `${TASK}/stop`, (call) => tasks.stop(call)),
    ],
  };
}

class ServiceTasks {
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
  }

  /** Names are not unique: the same body twice makes two tasks. */
  create(call: Call): Answer {
    const service = this.#service(call);
    const body = jsonBody(call);
    createBody(service.platform)(body, "");
    const { input, ...members } = body as JsonObject;
    const tasks = createTasks(this.#world, call, input as JsonObject, {
      family: "modelarts",
      serviceId: service.id,
      createdAt: toSeconds(this.#world.clock.now()),
      members: { service_name: service.name, service_id: service.id, ...members },
    });
    return { status: 201, body: { tasks } };
  }

  list(call: Call): Answer {
    const service = this.#service(call);
    const { behavior, clock, tasks: store } = this.#world;
    const query = listQuery(call.query, service.platform, behavior);
    const own = (record: TaskRecord): boolean =>
      record.family === "modelarts" && record.serviceId === service.id;
    const view = store.list(own, call.shaping.staleList, clock.now());
    const found = select(view, query, behavior).filter((record) => (query.id ?? record.id) === record.id);
    const page = found.slice(query.offset, query.offset + query.limit);
    const tasks = page.map((record) => taskDetails(record, view.at, behavior, "list"));
    return { status: 200, body: { count: found.length, tasks } };
  }

  show(call: Call): Answer {
    const record = this.#task(call);
    return { status: 200, body: taskDetails(record, this.#world.clock.now(), this.#world.behavior, "show") };
  }

  delete(call: Call): Answer {
    remove(this.#world, this.#task(call), call, stateConflict);
    return ACCEPTED;
  }

  start(call: Call): Answer {
    this.#demandIef(call);
    start(this.#world, this.#task(call), stateConflict);
    return ACCEPTED;
  }

  stop(call: Call): Answer {
    this.#demandIef(call);
    stop(this.#world, this.#task(call), stateConflict);
    return ACCEPTED;
  }

  #service(call: Call): TaskServiceDeclaration {
    const { project_id = "", service_id = "" } = call.params;
    const service = this.#world.subscribed(project_id, "edge", "ief").find(({ id }) => id === service_id);
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
    const record = this.#world.tasks.find(task_id, this.#world.clock.now());
    if (record?.family !== "modelarts" || record.serviceId !== service.id) {
      throw taskMissing(task_id, this.#world.behavior.taskNotFoundCode);
    }
    return record;
  }
}
