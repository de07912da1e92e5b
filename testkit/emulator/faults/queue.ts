/** Injected faults, and the requests that they hit. */
import type { Role, ServiceName } from "../names";
import { deepCopy } from "../json";
import {
  actsOn,
  ageOf,
  type AnswerFault,
  type Fault,
  type FaultMatch,
  type FaultSelection,
  isEffect,
  type Shaping,
} from "./faults";
import { QuotaWindow } from "./quota-window";

/** The request, as faults see it. */
export interface Subject {
  readonly service: ServiceName;
  readonly operation: string;
  readonly role: Role;
  readonly counted: boolean;
  readonly method: string;
  readonly name: string | undefined;
  readonly taskId: string | undefined;
  readonly batchId: string | undefined;
}

/** The faults that hit one request. */
export interface Hits {
  readonly kinds: readonly string[];
  readonly latencyMs: number;
  readonly answer: AnswerFault | undefined;
  readonly shaping: Shaping;
}

/** A fault in the queue, with what is left of it. */
export interface QueuedFault {
  readonly id: string;
  readonly fault: Fault;
  /** Hits left; null: without end. */
  readonly remaining: number | null;
}

interface Entry {
  readonly id: string;
  readonly fault: Fault;
  skip: number;
  remaining: number;
  /** Only of a quota. */
  readonly window: QuotaWindow | undefined;
}

/**
 * Injected faults, oldest first. A request takes every latency and effect fault that matches, but only the
 * first answer fault: two of those, one hit each, strike two requests in turn.
 */
export class FaultQueue {
  #entries: Entry[] = [];
  #injected = 0;

  inject(fault: Fault): string {
    const id = `fault-${++this.#injected}`;
    const window = fault.kind === "quota" ? new QuotaWindow(fault.calls, fault.windowMs) : undefined;
    this.#entries.push({ id, fault, skip: fault.after ?? 0, remaining: remainingOf(fault), window });
    return id;
  }

  /** True if it was still there. */
  remove(id: string): boolean {
    const before = this.#entries.length;
    this.#entries = this.#entries.filter((entry) => entry.id !== id);
    return this.#entries.length < before;
  }

  clear(): void {
    this.#entries = [];
  }

  list(): QueuedFault[] {
    return this.#entries.map(({ id, fault, remaining }) => ({
      id,
      fault: deepCopy(fault),
      remaining: Number.isFinite(remaining) ? remaining : null,
    }));
  }

  /**
   * The faults for a request; counts them down.
   * @param now the emulator's time, by which quotas count
   */
  take(subject: Subject, now: number): Hits {
    const kinds: string[] = [];
    let latencyMs = 0;
    let answer: AnswerFault | undefined;
    let shaping: Shaping = {};
    for (const entry of this.#entries) {
      const { fault } = entry;
      if (!hits(fault, subject)) continue;
      if (isAnswer(fault) && answer !== undefined) continue;
      if (entry.skip > 0) {
        entry.skip--;
        continue;
      }
      const wait = entry.window?.admit(now);
      // Within a quota nothing happens; and a request that is answered already is refused only once.
      if (fault.kind === "quota" && (wait === undefined || answer !== undefined)) continue;
      entry.remaining--;
      kinds.push(fault.kind);
      if (fault.kind === "latency") latencyMs += fault.ms;
      else if (fault.kind === "quota") answer = refusalFor(wait ?? 0);
      else if (isAnswer(fault)) answer = fault;
      else shaping = { ...shaping, ...shapingOf(fault) };
    }
    this.#entries = this.#entries.filter((entry) => entry.remaining > 0);
    return { kinds, latencyMs, answer, shaping };
  }
}

function remainingOf({ kind, times }: Fault): number {
  return times === null ? Infinity : (times ?? (kind === "quota" ? Infinity : 1));
}

function isAnswer(fault: Fault): fault is AnswerFault & FaultSelection {
  return fault.kind !== "latency" && fault.kind !== "quota" && !isEffect(fault);
}

/** Whole seconds, as `Retry-After` has them; never so few that the window is still the same. */
function refusalFor(waitMs: number): AnswerFault {
  return { kind: "throttle", retryAfter: Math.ceil(waitMs / 1000) };
}

function shapingOf(fault: Fault): Shaping {
  switch (fault.kind) {
    case "staleList":
      return { staleList: ageOf(fault) };
    case "stuckPending":
      return { stuckPending: true };
    case "slowDelete":
      return { slowDeleteMs: fault.ms };
    case "partialFailure":
      return { partialFailure: fault };
    default:
      return {};
  }
}

function hits(fault: Fault, subject: Subject): boolean {
  const canAct = !isEffect(fault) || actsOn(fault, subject.role, subject.counted);
  return canAct && matches(fault.match ?? {}, subject);
}

function matches(match: FaultMatch, subject: Subject): boolean {
  return (
    (match.service ?? subject.service) === subject.service &&
    (match.operation ?? subject.operation) === subject.operation &&
    (match.method?.toUpperCase() ?? subject.method) === subject.method &&
    (match.name === undefined || match.name === subject.name) &&
    (match.taskId === undefined || match.taskId === subject.taskId) &&
    (match.batchId === undefined || match.batchId === subject.batchId)
  );
}
