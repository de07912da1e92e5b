/** Checks a fault that came as data; throws {@link UsageError} with the member that is wrong. */
import { expiredTokenFields } from "../control/behavior-shape";
import { type Json, member } from "../json";
import { integer, InvalidField, list, object, oneOf, optional, required, type Rule, text } from "../rules";
import { UsageError } from "../usage-error";
import { COUNTED_ROLES, type Fault, type FaultKind } from "./faults";

/** Statuses that HTTP can carry in a final answer. */
const status = integer(200, 599);
const milliseconds = integer(0);
const when = oneOf(["before", "after"]);

const match = object({
  service: optional(oneOf(["modelarts", "vias", "iva", "iam", "unknown"])),
  operation: optional(text()),
  method: optional(text()),
  name: optional(text()),
  taskId: optional(text()),
  batchId: optional(text()),
});

const times: Rule = (value, path) => {
  if (value !== null && value !== Infinity) integer(1)(value, path);
};

const retryAfter: Rule = (value, path) => {
  if (typeof value !== "string") integer(0)(value, path);
};

const KINDS: Readonly<Record<FaultKind, Parameters<typeof object>[0]>> = {
  latency: { ms: required(milliseconds) },
  throttle: { retryAfter: optional(retryAfter) },
  quota: { calls: required(integer(0)), windowMs: required(integer(1)) },
  status: {
    status: required(status),
    code: optional(text()),
    message: optional(text()),
    when: optional(when),
  },
  drop: { when: optional(when) },
  resetBody: {},
  malformed: { body: optional(text()), status: optional(status) },
  truncated: {},
  emptyBody: {},
  unauthorizedExpired: expiredTokenFields,
  forbidden: {},
  notPublished: {},
  wrongProject: {},
  staleList: { ms: optional(milliseconds), count: optional(integer(1)) },
  stuckPending: {},
  slowDelete: { ms: required(milliseconds) },
  partialFailure: {
    operation: optional(oneOf(COUNTED_ROLES)),
    count: optional(integer(1)),
    videoSourceIds: optional(list(text(), 1)),
    message: optional(text()),
  },
  hang: {},
};

export function parseFault(value: unknown): Fault {
  const data = value as Json;
  try {
    oneOf(Object.keys(KINDS))(member(data, "kind") ?? null, "kind");
    const kind = member(data, "kind") as FaultKind;
    object({
      kind: required(text()),
      match: optional(match),
      times: optional(times),
      after: optional(integer(0)),
      ...KINDS[kind],
    })(data, "");
  } catch (error) {
    if (error instanceof InvalidField) throw new UsageError(`fault: [${error.path}] ${error.problem}`);
    throw error;
  }
  return structuredClone(value) as Fault;
}
