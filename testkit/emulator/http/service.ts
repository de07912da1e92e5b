/** A service of the emulator: its operations, their calls and their answers. */
import type { IncomingHttpHeaders } from "node:http";
import type { AuthFailure, Principal } from "../auth/tokens";
import type { Shaping } from "../faults/faults";
import type { Json, JsonObject } from "../json";
import type { EmulatedService, Role } from "../names";
import type { TaskRecord } from "../tasks/store";
import { type InvalidField, InvalidField as Invalid } from "../rules";
import type { ApiError } from "./errors";

/** A request whose route is known. */
export interface Call {
  readonly method: string;
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly rawBody: string;
  readonly requestId: string;
  readonly shaping: Shaping;
  /** Undefined only on routes that need no identity. */
  readonly principal: Principal | undefined;
  /** Who calls, also on routes that need no identity; throws what other routes answer to an unknown caller. */
  readonly caller: () => Principal;
}

/** The answer. */
export interface Answer {
  readonly status: number;
  readonly body?: Json;
  readonly headers?: Readonly<Record<string, string>>;
}

/** One documented operation. */
export interface Route {
  readonly operation: string;
  readonly role: Role;
  readonly method: string;
  /** Path below the service's prefix, parameters in braces. */
  readonly pattern: string;
  /** Needs no identity. */
  readonly open?: boolean;
  /** Acts on the sub-tasks of a batch and answers with counters; partial failures strike only here. */
  readonly counted?: boolean;
  handle(call: Call): Answer;
}

/** A service: its routes, and how it words errors. Adding a service to the emulator means adding one of these. */
export interface ServiceModule {
  readonly name: EmulatedService;
  /** Path prefix that stands for the service's host name. */
  readonly prefix: string;
  readonly routes: readonly Route[];
  /** Codes that injected statuses carry unless the fault names one. */
  readonly codes: Readonly<Record<number, string>>;
  /** A token that has ended is for the gateway to refuse, unless {@link expiredToken} is there. */
  authError(failure: Exclude<AuthFailure, "expired">): ApiError;
  expiredToken?(): ApiError;
  invalid(problem: InvalidField): ApiError;
  errorBody(error: ApiError): JsonObject;
  /** A task in full, nothing masked: what tests assert on. Only services with tasks have it. */
  snapshot?(record: TaskRecord, at: number): JsonObject;
  readonly batches?: BatchControl;
}

/** Control of batches by tests; only VIAS has them. */
export interface BatchControl {
  snapshots(): JsonObject[];
  /** Ids of the sub-tasks; undefined where there is no such batch. */
  taskIds(id: string): string[] | undefined;
  edit(id: string, patch: JsonObject): void;
  remove(id: string): void;
}

/** A task-like route in one line. */
export function route(
  operation: string,
  role: Role,
  method: string,
  pattern: string,
  handle: Route["handle"],
): Route {
  return { operation, role, method, pattern, handle };
}

/** The JSON body of a call; refuses a missing one, another content type, and text that is no JSON. */
export function jsonBody(call: Call): Json {
  if (call.rawBody === "") throw new Invalid("body", "is required and cannot be empty.");
  const type = call.headers["content-type"] ?? "";
  if (!/^application\/json\s*(;|$)/i.test(type)) {
    throw new Invalid("Content-Type", "should be application/json.");
  }
  try {
    return JSON.parse(call.rawBody) as Json;
  } catch (error) {
    if (error instanceof SyntaxError) throw new Invalid("body", "should be valid JSON.");
    throw error;
  }
}
