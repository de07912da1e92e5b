/** VIAS batch tasks and single tasks, API v2, and the lists of what they are made of. No call shows one batch. */
import { type Answer, type Call, route, type Route, type ServiceModule } from "../../http/service";
import type { Role } from "../../names";
import { rawTask } from "../../tasks/view";
import type { World } from "../../world";
import { listAlgorithms, showAlgorithm } from "./algorithms";
import { Batches } from "./batches";
import { batchControl } from "./control";
import { listEdgePools } from "./edge-pools";
import { authError, CODES, errorBody, invalidParameter } from "./errors";
import { Tasks } from "./tasks";
import { VideoSources } from "./video-sources";
import { SPELLING } from "./view";

const BATCHES = "/v2/{project_id}/batch-tasks";
const BATCH = `${BATCHES}/{batch_id}`;
const TASKS = "/v2/{project_id}/tasks";
const TASK = `${TASKS}/{task_id}`;

const ALGORITHMS = "/v2/{project_id}/algorithm/services";

export function vias(world: World): ServiceModule {
  const batches = new Batches(world);
  const tasks = new Tasks(world);
  const videoSources = new VideoSources(world);
  return {
    name: "vias",
    prefix: "/vias",
    codes: CODES,
    authError,
    invalid: invalidParameter,
    errorBody,
    snapshot: (record, at) => rawTask(record, at, world.behavior, SPELLING),
    batches: batchControl(world),
    routes: [
      counted("createBatchTask", "create", "POST", BATCHES, (call) => batches.create(call)),
      route("listBatchTasks", "list", "GET", BATCHES, (call) => batches.list(call)),
      counted("updateBatchTask", "update", "PUT", BATCH, (call) => batches.update(call)),
      counted("deleteBatchTask", "delete", "DELETE", BATCH, (call) => batches.delete(call)),
      counted("startBatchTask", "start", "PUT", `${BATCH}/action/start`, (call) => batches.start(call)),
      counted("stopBatchTask", "stop", "PUT", `${BATCH}/action/stop`, (call) => batches.stop(call)),
      route("createTask", "create", "POST", "/v2/{project_id}/services/{service_name}/tasks", (call) =>
        tasks.create(call),
      ),
      route("listTasks", "list", "GET", TASKS, (call) => tasks.list(call)),
      route("showTaskInfo", "show", "GET", TASK, (call) => tasks.show(call)),
      route("updateTask", "update", "PUT", TASK, (call) => tasks.update(call)),
      route("deleteTask", "delete", "DELETE", TASK, (call) => tasks.delete(call)),
      route("startTask", "start", "PUT", `${TASK}/action/start`, (call) => tasks.start(call)),
      route("stopTask", "stop", "PUT", `${TASK}/action/stop`, (call) => tasks.stop(call)),
      route("listVideoGroups", "list", "GET", "/v2/{project_id}/video-group/groups", (call) =>
        videoSources.listGroups(call),
      ),
      route("listVideoSources", "list", "GET", "/v2/{project_id}/source/sources", (call) =>
        videoSources.list(call),
      ),
      route("listUserServices", "list", "GET", `${ALGORITHMS}/user`, (call) => listAlgorithms(world, call)),
      route("showServiceDetail", "show", "GET", `${ALGORITHMS}/{service_id}`, (call) =>
        showAlgorithm(world, call),
      ),
      route("listEdgePools", "list", "GET", "/v2/{project_id}/edge-pools", (call) =>
        listEdgePools(world, call),
      ),
    ],
  };
}

function counted(
  operation: string,
  role: Role,
  method: string,
  pattern: string,
  handle: (call: Call) => Answer,
): Route {
  return { ...route(operation, role, method, pattern, handle), counted: true };
}
