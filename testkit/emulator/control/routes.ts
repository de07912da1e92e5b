/** The control API over HTTP: a route for each method of {@link ControlApi}; server and client are made from it. */
import {
  type Field,
  freeObject,
  integer,
  object,
  optional,
  required,
  type Rule,
  someText,
  text,
} from "../rules";
import type { ControlApi } from "./api";
import { behaviorShape } from "./behavior-shape";
import { edgePoolShape, serviceShape, videoGroupShape } from "./declaration-shape";

/** Everything below this path drives the emulator and is not logged; it needs no token. */
export const CONTROL_PREFIX = "/__emulator";

/** How a method is called: its arguments are members of the body, of a `GET` of the query. */
export interface ControlRoute {
  readonly method: "GET" | "POST" | "DELETE";
  readonly path: string;
  /** Members that are arguments by themselves, in their order. */
  readonly named?: Readonly<Record<string, Field>>;
  /** All other members, which are the last argument. */
  readonly rest?: Rule;
}

const id = required(someText);
const patch = required(freeObject);
const error = object({ code: required(text()), message: required(text()) });
const texts = object({ status: optional(text()), error: optional(error) });
const state = required(someText);

const anyFilter: Rule = () => undefined;

export const ROUTES: Readonly<Record<keyof ControlApi, ControlRoute>> = {
  state: { method: "GET", path: "/state" },
  calls: { method: "GET", path: "/requests", rest: anyFilter },
  clearRequests: { method: "DELETE", path: "/requests" },
  tasks: { method: "GET", path: "/tasks", named: { service_id: optional(text()) } },
  editTask: { method: "POST", path: "/edit", named: { id, patch } },
  removeTask: { method: "POST", path: "/remove", named: { id } },
  setState: { method: "POST", path: "/state", named: { id, state }, rest: texts },
  batches: { method: "GET", path: "/batches" },
  editBatch: { method: "POST", path: "/edit-batch", named: { id, patch } },
  removeBatch: { method: "POST", path: "/remove-batch", named: { id } },
  addService: { method: "POST", path: "/services", rest: serviceShape },
  removeService: { method: "POST", path: "/remove-service", named: { id } },
  addVideoGroup: { method: "POST", path: "/video-groups", rest: videoGroupShape },
  removeVideoGroup: { method: "POST", path: "/remove-video-group", named: { id } },
  addEdgePool: { method: "POST", path: "/edge-pools", rest: edgePoolShape },
  removeEdgePool: { method: "POST", path: "/remove-edge-pool", named: { id } },
  inject: { method: "POST", path: "/inject", rest: freeObject },
  removeFault: { method: "POST", path: "/remove-fault", named: { id } },
  clearFaults: { method: "DELETE", path: "/faults" },
  advance: { method: "POST", path: "/advance", named: { ms: required(integer(0)) } },
  expireTokens: { method: "POST", path: "/expire-tokens" },
  configure: { method: "POST", path: "/configure", rest: behaviorShape },
  reset: { method: "POST", path: "/reset" },
};
