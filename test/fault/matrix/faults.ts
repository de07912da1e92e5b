/** Every fault of the emulator, as a column of the matrix. */
import type { Fault } from "../../../testkit/emulator";
import type { RequestKind } from "./requests";

/** How long connections are refused where that passes, in milliseconds: a restart that retries outlast. */
const SHORT_REFUSAL = 40;

/** By the client's knowledge of the effect: another try succeeds, there was no effect, or unknown. */
export type FaultClass = "passing" | "refusal" | "lost answer";

export interface CellFault {
  readonly title: string;
  readonly class: FaultClass;
  /** Connections are refused by a relay in front of the emulator. */
  readonly fault: Fault | { readonly kind: "refused"; readonly reopenAfter?: number };
  /** Effect faults act on these requests only. */
  readonly on?: readonly RequestKind[];
  /** Passes by itself, so that a request that may be repeated gets through. */
  readonly passes: boolean;
  /** Without an effect it is the same as before the effect: reads have none. */
  readonly changesOnly?: true;
  /** One of those that later requests of the same kind within an operation meet, too. */
  readonly brief?: true;
  /** Only batches answer with counters. */
  readonly countersOnly?: true;
  /** Time of the operation in milliseconds, where the usual one would only make the test longer. */
  readonly timeout?: number;
}

/**
 * The usual time of an operation that meets a fault once, in milliseconds: enough for the looks after a lost answer. All
 * cells share one fast clock, on which the pauses of any of them pass for all.
 */
export const TIMEOUT = 120_000;
/** The time of one that meets nothing else, in milliseconds: about that of all repetitions of a request. */
const LASTING_TIMEOUT = 15_000;
/** The time of one that waits for the service, in milliseconds, which no clock makes faster. */
const SHORT_TIMEOUT = 1500;

const STATUSES = [500, 502, 503, 504] as const;

type Titled = Omit<CellFault, "class">;

const inClass = (of: FaultClass, faults: readonly Titled[]): CellFault[] =>
  faults.map((fault) => ({ ...fault, class: of }));

const passing: readonly Titled[] = [
  { title: "latency", fault: { kind: "latency", ms: 50 }, passes: true },
  { title: "429", fault: { kind: "throttle" }, passes: true },
  { title: "429 with Retry-After", fault: { kind: "throttle", retryAfter: 0 }, passes: true },
  ...STATUSES.map((status) => ({
    title: `${status} before the effect`,
    fault: { kind: "status", status, when: "before" } as const,
    passes: true,
    ...(status === 500 ? { brief: true as const } : {}),
  })),
  { title: "connection refused", fault: { kind: "refused", reopenAfter: SHORT_REFUSAL }, passes: true },
  { title: "dropped before the effect", fault: { kind: "drop", when: "before" }, passes: true, brief: true },
  { title: "slow delete", fault: { kind: "slowDelete", ms: 400 }, on: ["delete"], passes: true },
];

const lost: readonly Titled[] = [
  {
    title: "latency beyond the timeout",
    fault: { kind: "latency", ms: 2000 },
    passes: false,
    timeout: SHORT_TIMEOUT,
  },
  ...STATUSES.map((status) => ({
    title: `${status} after the effect`,
    fault: { kind: "status", status, when: "after" } as const,
    passes: true,
    changesOnly: true as const,
    ...(status === 500 ? { brief: true as const } : {}),
  })),
  {
    title: "dropped after the effect",
    fault: { kind: "drop", when: "after" },
    passes: true,
    brief: true,
    changesOnly: true,
  },
  { title: "reset in the body", fault: { kind: "resetBody" }, passes: true },
  // With the status that the answer would have had: of a 404 nothing is known then, and nothing is guessed.
  { title: "malformed", fault: { kind: "malformed" }, passes: false },
  { title: "another shape", fault: { kind: "malformed", body: '{"ids":["x"],"tasks":7}' }, passes: false },
  { title: "truncated", fault: { kind: "truncated" }, passes: false, brief: true },
  { title: "empty", fault: { kind: "emptyBody" }, passes: false },
  { title: "no answer", fault: { kind: "hang" }, passes: false, timeout: SHORT_TIMEOUT },
  { title: "stale list", fault: { kind: "staleList" }, on: ["list", "subTasks"], passes: false, brief: true },
  {
    title: "stuck PENDING",
    fault: { kind: "stuckPending" },
    on: ["create"],
    passes: false,
    timeout: LASTING_TIMEOUT,
  },
  {
    title: "delete slower than the timeout",
    // In real time, of which the clock of a provider under test makes more than the short timeout and less than a patient one.
    fault: { kind: "slowDelete", ms: 700 },
    on: ["delete"],
    passes: false,
    timeout: SHORT_TIMEOUT,
  },
];

const refusals: readonly Titled[] = [
  { title: "401 expired", fault: { kind: "unauthorizedExpired" }, passes: false },
  { title: "403", fault: { kind: "forbidden" }, passes: false },
  { title: "404 APIG.0101", fault: { kind: "notPublished" }, passes: false, brief: true },
  { title: "wrong project", fault: { kind: "wrongProject" }, passes: false },
  {
    title: "partial failure",
    fault: { kind: "partialFailure", count: 1 },
    on: ["create", "update", "delete", "start", "stop"],
    passes: false,
    countersOnly: true,
  },
];

const lasting = (titled: readonly Pick<Titled, "title" | "fault">[]): Titled[] =>
  titled.map(({ title, fault }) => ({
    title: `always ${title}`,
    fault: fault.kind === "refused" ? fault : { ...fault, times: null },
    passes: false,
    timeout: LASTING_TIMEOUT,
  }));

const once: readonly CellFault[] = [
  ...inClass("passing", passing),
  ...inClass("lost answer", lost),
  ...inClass("refusal", refusals),
];

/**
 * Faults that may last, one of each class of the package's errors; the others end an operation the first time, so that
 * lasting would change nothing.
 */
const always: readonly CellFault[] = [
  ...inClass(
    "refusal",
    lasting([
      { title: "429", fault: { kind: "throttle" } },
      { title: "504 before the effect", fault: { kind: "status", status: 504 } },
      { title: "connection refused", fault: { kind: "refused" } },
    ]),
  ),
  ...inClass(
    "lost answer",
    lasting([
      { title: "502 after the effect", fault: { kind: "status", status: 502, when: "after" } },
      { title: "dropped after the effect", fault: { kind: "drop", when: "after" } },
      { title: "malformed", fault: { kind: "malformed" } },
    ]),
  ),
];

export const FAULTS = { once, always };
