/** Answers requests to the control API. */
import type { Answer } from "../http/service";
import type { Json, JsonObject } from "../json";
import { freeObject, InvalidField, object } from "../rules";
import { UsageError } from "../usage-error";
import type { ControlApi } from "./api";
import { CONTROL_PREFIX, type ControlRoute, ROUTES } from "./routes";

interface ControlRequest {
  readonly method: string;
  /** Its path starts with {@link CONTROL_PREFIX}. */
  readonly url: URL;
  readonly body: string;
}

type Call = (...args: unknown[]) => unknown;

export function answerControl(api: ControlApi, request: ControlRequest): Answer {
  const { method, url } = request;
  const path = url.pathname.slice(CONTROL_PREFIX.length);
  const names = Object.keys(ROUTES) as (keyof ControlApi)[];
  const name = names.find((each) => ROUTES[each].method === method && ROUTES[each].path === path);
  if (name === undefined) {
    const known = names.map((each) => `${ROUTES[each].method} ${ROUTES[each].path}`).join(", ");
    return refusal(404, `The control API has no ${method} ${url.pathname}; it has ${known}`);
  }
  try {
    const members = method === "GET" ? membersOf(url.searchParams) : parse(request.body);
    const result = (api[name] as Call)(...argumentsOf(ROUTES[name], members));
    return { status: 200, body: result === undefined ? {} : (result as Json) };
  } catch (problem) {
    if (problem instanceof UsageError || problem instanceof InvalidField || problem instanceof SyntaxError) {
      return refusal(400, problem.message);
    }
    throw problem;
  }
}

function argumentsOf({ named = {}, rest }: ControlRoute, members: JsonObject): unknown[] {
  const isNamed = ([key]: [string, Json]): boolean => Object.hasOwn(named, key);
  const entries = Object.entries(members);
  const others = Object.fromEntries(entries.filter((entry) => !isNamed(entry)));
  object(named)(rest === undefined ? members : Object.fromEntries(entries.filter(isNamed)), "");
  rest?.(others, "");
  const positional = Object.keys(named).map((key) => members[key]);
  return rest === undefined ? positional : [...positional, others];
}

function parse(body: string): JsonObject {
  const members = (body === "" ? {} : JSON.parse(body)) as Json;
  freeObject(members, "body");
  return members as JsonObject;
}

/** Of what a query names only the status is a number. */
function membersOf(query: URLSearchParams): JsonObject {
  const { status, ...rest } = Object.fromEntries(query);
  if (status === undefined) return rest;
  return { ...rest, status: /^\d+$/.test(status) ? Number(status) : status };
}

function refusal(status: number, message: string): Answer {
  return { status, body: { error_code: "Emulator.Usage", error_msg: message } };
}
