/** The faults that a test can inject. */
import type { Role, ServiceName } from "../names";
import type { ExpiredToken } from "../options";
import type { Age } from "../tasks/store";

/** Which requests a fault hits; members that are left out match everything. */
export interface FaultMatch {
  service?: ServiceName;
  /** Such as `createServiceTask`. */
  operation?: string;
  method?: string;
  /** Task or batch name: of the body on create, of the stored object where the path names one. */
  name?: string;
  taskId?: string;
  batchId?: string;
}

/** Common to all faults. */
export interface FaultSelection {
  match?: FaultMatch;
  /** How many requests it hits; Infinity or null: all. Default 1, for a quota all. */
  times?: number | null;
  /** How many matching requests pass before the first hit. */
  after?: number;
}

/** Whether the request has had its effect when the fault strikes. */
export type FaultMoment = "before" | "after";

/** Spoils the answer on its way out; the request has had its effect. */
export type Distortion =
  | { kind: "resetBody" }
  | { kind: "truncated" }
  | { kind: "emptyBody" }
  | { kind: "malformed"; body?: string; status?: number };

/** Takes the place of the answer; at most one applies to a request. */
export type AnswerFault =
  | { kind: "throttle"; retryAfter?: number | string }
  | { kind: "status"; status: number; code?: string; message?: string; when?: FaultMoment }
  | { kind: "drop"; when?: FaultMoment }
  | ({ kind: "unauthorizedExpired" } & Partial<ExpiredToken>)
  | { kind: "forbidden" }
  | { kind: "notPublished" }
  | { kind: "wrongProject" }
  | { kind: "hang" }
  | Distortion;

/** Changes the effect and leaves the answer as it would be; applies to the operations that have that effect. */
export type EffectFault =
  | { kind: "staleList"; ms?: number; count?: number }
  | { kind: "stuckPending" }
  | { kind: "slowDelete"; ms: number }
  | PartialFailure;

/** The operations on VIAS batches that answer with counters. */
export const COUNTED_ROLES = [
  "create",
  "update",
  "delete",
  "start",
  "stop",
] as const satisfies readonly Role[];

/**
 * Some sub-tasks of a VIAS batch fail, the answer is 200 all the same: the first `count` of them (default 1), or
 * those of the given video sources.
 */
export interface PartialFailure {
  kind: "partialFailure";
  /** Default: whichever comes. */
  operation?: (typeof COUNTED_ROLES)[number];
  count?: number;
  videoSourceIds?: string[];
  message?: string;
}

/**
 * Delays the request, in real milliseconds whatever the clock mode, and adds to any other fault. The effect
 * comes at the end of the delay, also when the client has given up by then.
 */
export interface LatencyFault {
  kind: "latency";
  ms: number;
}

/**
 * Refuses what goes beyond `calls` matching requests in a window, with 429 and the seconds left as `Retry-After`, as
 * the status page of ModelArts describes it. A window is fixed and begins with its first request, on the emulator's
 * clock; only refusals count as hits, of which there is no end unless `times` is given. The documents name no figures.
 */
export interface QuotaFault {
  kind: "quota";
  calls: number;
  windowMs: number;
}

/** A fault to inject. */
export type Fault = (AnswerFault | EffectFault | LatencyFault | QuotaFault) & FaultSelection;
export type FaultKind = Fault["kind"];

/** How effect faults reach the operation. */
export interface Shaping {
  readonly staleList?: Age;
  readonly stuckPending?: boolean;
  readonly slowDeleteMs?: number;
  readonly partialFailure?: PartialFailure;
}

const EFFECT_ROLES: Readonly<Record<EffectFault["kind"], readonly Role[]>> = {
  staleList: ["list"],
  stuckPending: ["create"],
  slowDelete: ["delete"],
  partialFailure: COUNTED_ROLES,
};

/** True for faults that change the effect. */
export function isEffect(fault: Fault): fault is EffectFault & FaultSelection {
  return fault.kind in EFFECT_ROLES;
}

/** Whether an effect fault can act on an operation; others neither feel nor consume it. */
export function actsOn(fault: EffectFault, role: Role, counted: boolean): boolean {
  if (!EFFECT_ROLES[fault.kind].includes(role)) return false;
  return fault.kind !== "partialFailure" || (counted && (fault.operation ?? role) === role);
}

/** A stale list without figures misses the last write. */
const DEFAULT_STALE_WRITES = 1;

/** The age of a stale list. */
export function ageOf(fault: { ms?: number; count?: number }): Age {
  if (fault.count !== undefined) return { writes: fault.count };
  return fault.ms === undefined ? { writes: DEFAULT_STALE_WRITES } : { ms: fault.ms };
}
