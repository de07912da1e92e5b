/** The log of requests that tests assert on. */
import type { ServiceName } from "./names";
import { deepCopy, type Json } from "./json";

/** A request as the emulator saw it. Request headers are never kept; body secrets are masked. */
export interface RequestEntry {
  readonly seq: number;
  /** Arrival on the emulator's clock, epoch milliseconds. */
  readonly at: number;
  readonly method: string;
  /** Path with the service's prefix, also of a request to the service's own port; without the query. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly service: ServiceName;
  /** Such as `createServiceTask`; `unknown` where no operation has this method and path. */
  readonly operation: string;
  readonly serviceId?: string;
  /** VAS and the single tasks of VIAS name their service in the path. */
  readonly serviceName?: string;
  readonly batchId?: string;
  readonly taskId?: string;
  /** Task or batch name, where the body or the stored task has one. */
  readonly name?: string;
  readonly body?: Json;
  /** `pending` until the answer is sent, `dropped` where the connection ended without one. */
  readonly status: number | "pending" | "dropped";
  readonly requestId: string;
  /** Kinds of the faults that hit it, joined by `+`. */
  readonly fault?: string;
}

/** Selects entries: every given member has to be equal. */
export type CallFilter = Partial<
  Pick<
    RequestEntry,
    | "method"
    | "path"
    | "service"
    | "operation"
    | "serviceId"
    | "serviceName"
    | "batchId"
    | "taskId"
    | "name"
    | "status"
  >
>;

/** Beyond this many entries the oldest are dropped, so that a long run does not grow without limit. */
const LIMIT = 50_000;

interface OpenEntry extends Omit<RequestEntry, "status"> {
  status: RequestEntry["status"];
}

/** The log that tests assert on. */
export class RequestLog {
  #entries: OpenEntry[] = [];
  #count = 0;

  /** Adds an entry; the returned function sets its status, the first time only. */
  open(entry: Omit<RequestEntry, "seq" | "status">): (status: RequestEntry["status"]) => void {
    const open: OpenEntry = { seq: ++this.#count, ...entry, status: "pending" };
    this.#entries.push(open);
    if (this.#entries.length > LIMIT) this.#entries = this.#entries.slice(-LIMIT / 2);
    return (status) => {
      if (open.status === "pending") open.status = status;
    };
  }

  entries(filter: CallFilter = {}): RequestEntry[] {
    const wanted = Object.entries(filter) as [keyof CallFilter, unknown][];
    return this.#entries
      .filter((entry) => wanted.every(([key, value]) => value === undefined || entry[key] === value))
      .map((entry) => deepCopy(entry));
  }

  clear(): void {
    this.#entries = [];
  }

  /** Empties it and starts the numbering again. */
  reset(): void {
    this.clear();
    this.#count = 0;
  }
}
