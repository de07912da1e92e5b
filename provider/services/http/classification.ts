/**
 * The meaning of failed answers, as data. Status and service code decide together: the same ModelArts number has
 * different meanings under different statuses. Sources: the error tables of ModelArts, of VIAS, of VAS (`IVA`, in its
 * older generation `VAS`) and of the API gateway.
 */
import type { FailureClass } from "../../common/errors";
import type { ErrorBody } from "./error-body";

/**
 * `repeat` after a pause where the request may be repeated; `throttle`: the same, and every request to the host
 * waits; `reauthenticate`: once with a new credential; `correctClock`: once with a signature dated by the server's clock,
 * where that differs from this machine's.
 */
export type Action = "fail" | "repeat" | "throttle" | "reauthenticate" | "correctClock";

export interface Classification {
  readonly kind: FailureClass;
  readonly action: Action;
}

interface Row extends Classification {
  readonly status?: readonly number[];
  /** Code prefix without its dot; `gateway` stands for both spellings of the API gateway's. */
  readonly product?: "gateway" | "ModelArts" | "VIAS" | "IVA" | "VAS" | "IAM";
  /** Code numbers as integers: some tables print the same code with more or fewer zeros. */
  readonly numbers?: readonly number[];
  readonly text?: RegExp;
  /** Only an answer with `Retry-After`. */
  readonly retryAfter?: true;
  /** Only a body of a documented error shape. */
  readonly documented?: true;
}

/** The gateway's prefix differs by product, its numbers do not. */
const GATEWAY = /^APIGW?$/i;

/**
 * The gateway has one code for a token that has ended, for one that it cannot read any more and for any wrong identity,
 * so that only the text distinguishes them; that of a signature names the signature.
 */
const TOKEN_ENDED = /token (?:must be updated|(?:has |is )?expire[sd])|decrypt token fail/i;

/** In order; the first row that fits decides. */
const ROWS: readonly Row[] = [
  // A call that the gateway does not know says nothing about any object, with any status.
  { product: "gateway", numbers: [101], kind: "not-published", action: "fail" },
  { status: [404], product: "gateway", kind: "not-published", action: "fail" },
  { product: "gateway", numbers: [308], kind: "throttled", action: "throttle" },
  { product: "IVA", numbers: [101], kind: "not-published", action: "fail" },

  { status: [401], product: "gateway", numbers: [307], kind: "unauthenticated", action: "reauthenticate" },
  { status: [401], product: "ModelArts", numbers: [202], kind: "unauthenticated", action: "reauthenticate" },
  { status: [401], product: "IAM", numbers: [66], kind: "unauthenticated", action: "reauthenticate" },
  // The products behind IVA send the same code with 401 or 400, so the code decides.
  { status: [400, 401], product: "IVA", numbers: [1], kind: "unauthenticated", action: "reauthenticate" },
  { status: [401], product: "VAS", numbers: [13], kind: "unauthenticated", action: "reauthenticate" },
  { status: [401, 403], text: TOKEN_ENDED, kind: "unauthenticated", action: "reauthenticate" },
  { status: [401], product: "VIAS", numbers: [10005], kind: "unauthenticated", action: "reauthenticate" },
  // A wrong signature, or one whose date is more than 15 minutes off: which of them, the codes do not say.
  { status: [401], product: "gateway", numbers: [301, 303], kind: "unauthenticated", action: "correctClock" },
  // The account is restricted or frozen: another credential of it is no better.
  { status: [401], product: "VIAS", numbers: [10021], kind: "forbidden", action: "fail" },
  { status: [401], kind: "unauthenticated", action: "fail" },
  { status: [403], kind: "forbidden", action: "fail" },

  // The table has no code for a missing service task; these are the missing tasks of neighbouring features (inferred).
  {
    status: [400],
    product: "ModelArts",
    numbers: [3822, 4612, 4631, 4636, 4700],
    kind: "not-found",
    action: "fail",
  },
  // A missing service, version or job: which of them, only the text says.
  { status: [400], product: "IVA", numbers: [5], kind: "not-found", action: "fail" },
  // Documented with 403; with 400 they mean the same.
  { status: [400], product: "IVA", numbers: [7, 8, 9, 14, 15, 102, 6004], kind: "forbidden", action: "fail" },
  { status: [400], product: "IVA", numbers: [6, 10], kind: "server", action: "repeat" },
  { status: [400], product: "IVA", numbers: [11, 12], kind: "quota", action: "fail" },
  { status: [400], product: "ModelArts", numbers: [3519], kind: "conflict", action: "fail" },
  { status: [409], kind: "conflict", action: "fail" },

  // VIAS says with status 400 that something does not exist, and with 500 that a state does not allow the call.
  { status: [400], product: "VIAS", numbers: [10002, 10007, 10008], kind: "not-found", action: "fail" },
  { status: [400], product: "VIAS", numbers: [10003, 10010, 10011], kind: "conflict", action: "fail" },
  { status: [500], product: "VIAS", numbers: [10012], kind: "conflict", action: "fail" },
  { status: [400], product: "VIAS", numbers: [10047, 10048], kind: "quota", action: "fail" },
  // A service that VIAS needs is away; the table gives no status.
  { product: "VIAS", numbers: [10016], kind: "server", action: "repeat" },
  // 116 is printed with the impossible status 100, so it counts under any.
  { product: "ModelArts", numbers: [116], kind: "quota", action: "fail" },
  {
    status: [400],
    product: "ModelArts",
    numbers: [118, 3520, 3521, 3522, 3561],
    kind: "quota",
    action: "fail",
  },

  // A page of a proxy or an empty answer comes from something that may know nothing of the object: to take it for
  // "gone" would drop a living task from a state.
  { status: [404], documented: true, kind: "not-found", action: "fail" },
  { status: [404], kind: "malformed", action: "fail" },

  { status: [405], product: "gateway", numbers: [501], kind: "quota", action: "fail" },
  { status: [405], product: "gateway", numbers: [502], kind: "forbidden", action: "fail" },
  { status: [405], kind: "not-published", action: "fail" },
  { status: [429], kind: "throttled", action: "throttle" },
  // Temporary where it says for how long (RFC 9110, 15.5.14; "Status Codes" of the ModelArts API reference).
  { status: [413], retryAfter: true, kind: "throttled", action: "throttle" },
  // The server tired of waiting for the request; not in the tables, and its effect is as open as that of a 5xx.
  { status: [408], kind: "server", action: "repeat" },

  // Faults of the gateway's own configuration, which no repetition cures.
  {
    status: [500],
    product: "gateway",
    numbers: [103, 104, 105, 605, 606, 608, 609, 611, 612],
    kind: "server",
    action: "fail",
  },
  { status: [504], kind: "gateway-timeout", action: "repeat" },
  { status: [500, 502, 503], kind: "server", action: "repeat" },
];

/** For statuses that no row names, by their first digit; redirects are not followed: no document mentions any. */
const BY_HUNDREDS: ReadonlyMap<number, Classification> = new Map([
  [4, { kind: "invalid", action: "fail" }],
  [5, { kind: "server", action: "fail" }],
]);
const UNEXPECTED: Classification = { kind: "malformed", action: "fail" };

interface ParsedCode {
  readonly product: string;
  readonly number: number;
}

function parseCode(code: string | undefined): ParsedCode | undefined {
  const match = /^([A-Za-z]+)\.(\d+)$/.exec(code ?? "");
  const [, product, digits] = match ?? [];
  return product === undefined || digits === undefined ? undefined : { product, number: Number(digits) };
}

function fits(
  row: Row,
  status: number,
  body: ErrorBody,
  code: ParsedCode | undefined,
  asksToWait: boolean,
): boolean {
  if (row.status !== undefined && !row.status.includes(status)) return false;
  if (row.retryAfter === true && !asksToWait) return false;
  if (row.documented === true && !body.documented) return false;
  if (row.text !== undefined && !row.text.test(body.message ?? "")) return false;
  if (row.numbers !== undefined && (code === undefined || !row.numbers.includes(code.number))) return false;
  if (row.product === undefined) return true;
  if (code === undefined) return false;
  return row.product === "gateway" ? GATEWAY.test(code.product) : code.product === row.product;
}

/**
 * Classifies an answer whose status is not 2xx.
 *
 * @param asksToWait whether it has `Retry-After`
 */
export function classify(status: number, body: ErrorBody, asksToWait = false): Classification {
  const code = parseCode(body.code);
  const row = ROWS.find((candidate) => fits(candidate, status, body, code, asksToWait));
  return row ?? BY_HUNDREDS.get(Math.floor(status / 100)) ?? UNEXPECTED;
}
