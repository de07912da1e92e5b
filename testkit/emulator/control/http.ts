import type { Fault } from "../faults/faults";
import { isObject, type Json, type JsonObject, textOf } from "../json";
import type { EdgePoolDeclaration, ServiceDeclaration, VideoGroupDeclaration } from "../options";
import type { CallFilter } from "../request-log";
import { integer, InvalidField, object, optional, required, type Rule, someText, text } from "../rules";
import { UsageError } from "../usage-error";
import type { Answer } from "../http/service";
import { behaviorShape } from "./behavior-shape";
import { edgePoolShape, serviceShape, videoGroupShape } from "./declaration-shape";
import type { Verbs } from "./verbs";

/** Everything below this path drives the emulator and is not logged; it needs no token. */
export const CONTROL_PREFIX = "/__emulator";

type Handle = (verbs: Verbs, body: JsonObject, query: URLSearchParams) => unknown;

const anything: Rule = () => undefined;
const id = required(someText);
const error = object({ code: required(text()), message: required(text()) });

/** `METHOD /path` with the shape of the body and what it does. */
const ROUTES: Readonly<Record<string, { body: Rule; handle: Handle }>> = {
  "GET /state": { body: anything, handle: (verbs) => verbs.state() },
  "GET /requests": { body: anything, handle: (verbs, _body, query) => verbs.requests(filterOf(query)) },
  "DELETE /requests": { body: anything, handle: (verbs) => verbs.clearRequests() },
  "GET /tasks": {
    body: anything,
    handle: (verbs, _body, query) => verbs.tasks(query.get("service_id") ?? undefined),
  },
  "POST /edit": {
    body: object({ id, patch: required(anObject) }),
    handle: (verbs, body) => verbs.editTask(textOf(body["id"]), body["patch"] as JsonObject),
  },
  "POST /remove": {
    body: object({ id }),
    handle: (verbs, body) => verbs.removeTask(textOf(body["id"])),
  },
  "POST /state": {
    body: object({ id, state: required(someText), status: optional(text()), error: optional(error) }),
    handle: (verbs, { id: task, state, ...texts }) => verbs.setState(textOf(task), textOf(state), texts),
  },
  "GET /batches": { body: anything, handle: (verbs) => verbs.batches() },
  "POST /edit-batch": {
    body: object({ id, patch: required(anObject) }),
    handle: (verbs, body) => verbs.editBatch(textOf(body["id"]), body["patch"] as JsonObject),
  },
  "POST /remove-batch": {
    body: object({ id }),
    handle: (verbs, body) => verbs.removeBatch(textOf(body["id"])),
  },
  "POST /services": {
    body: serviceShape,
    handle: (verbs, body) => verbs.addService(body as unknown as ServiceDeclaration),
  },
  "POST /video-groups": {
    body: videoGroupShape,
    handle: (verbs, body) => verbs.addVideoGroup(body as unknown as VideoGroupDeclaration),
  },
  "POST /remove-video-group": {
    body: object({ id }),
    handle: (verbs, body) => verbs.removeVideoGroup(textOf(body["id"])),
  },
  "POST /edge-pools": {
    body: edgePoolShape,
    handle: (verbs, body) => verbs.addEdgePool(body as unknown as EdgePoolDeclaration),
  },
  "POST /remove-edge-pool": {
    body: object({ id }),
    handle: (verbs, body) => verbs.removeEdgePool(textOf(body["id"])),
  },
  "POST /remove-service": {
    body: object({ id }),
    handle: (verbs, body) => verbs.removeService(textOf(body["id"])),
  },
  "POST /inject": {
    body: anObject,
    handle: (verbs, body) => ({ id: verbs.injectFault(body as unknown as Fault) }),
  },
  "POST /remove-fault": {
    body: object({ id }),
    handle: (verbs, body) => ({ removed: verbs.removeFault(textOf(body["id"])) }),
  },
  "DELETE /faults": { body: anything, handle: (verbs) => verbs.clearFaults() },
  "POST /advance": {
    body: object({ ms: required(integer(0)) }),
    handle: (verbs, body) => verbs.advance(Number(body["ms"])),
  },
  "POST /expire-tokens": { body: anything, handle: (verbs) => verbs.expireTokens() },
  "POST /configure": {
    body: behaviorShape,
    handle: (verbs, body) => verbs.configure(body),
  },
  "POST /reset": { body: anything, handle: (verbs) => verbs.reset() },
};

function anObject(value: Json, path: string): void {
  if (!isObject(value)) throw new InvalidField(path || "body", "should be an object.");
}

/** Answers a request to the control API; `path` starts with {@link CONTROL_PREFIX}. */
export function control(
  verbs: Verbs,
  method: string,
  path: string,
  query: URLSearchParams,
  body: string,
): Answer {
  const route = ROUTES[`${method} ${path.slice(CONTROL_PREFIX.length)}`];
  if (route === undefined) {
    const known = Object.keys(ROUTES).join(", ");
    return refusal(404, `The control API has no ${method} ${path}; it has ${known}`);
  }
  try {
    const parsed = (body === "" ? {} : JSON.parse(body)) as Json;
    route.body(parsed, "");
    const result = route.handle(verbs, isObject(parsed) ? parsed : {}, query);
    return { status: 200, body: result === undefined ? {} : (result as Json) };
  } catch (problem) {
    if (problem instanceof UsageError || problem instanceof InvalidField || problem instanceof SyntaxError) {
      return refusal(400, problem.message);
    }
    throw problem;
  }
}

function refusal(status: number, message: string): Answer {
  return { status, body: { error_code: "Emulator.Usage", error_msg: message } };
}

function filterOf(query: URLSearchParams): CallFilter {
  const { status, ...rest } = Object.fromEntries(query);
  if (status === undefined) return rest;
  return { ...rest, status: /^\d+$/.test(status) ? Number(status) : status } as CallFilter;
}
