import assert from "node:assert/strict";
import type { AttemptFailure } from "../../provider/services/http/parse-result";
import { RETRY_COST, TIMEOUT_COST } from "../../provider/services/http/retry-budget";
import {
  afterFailure,
  decideRetry,
  initialState,
  type RetryState,
} from "../../provider/services/http/retry-state";

const failure = (changes: Partial<AttemptFailure> = {}): AttemptFailure => ({
  ok: false,
  kind: "server",
  action: "repeat",
  effectUnknown: true,
  text: "",
  ...changes,
});
const state = (changes: Partial<RetryState> = {}): RetryState => ({
  ...initialState("safe", 8),
  ...changes,
});

const connection = failure({ kind: "connection", effectUnknown: false });
const timeout = failure({ kind: "timeout" });
const throttled = failure({
  kind: "throttled",
  action: "throttle",
  effectUnknown: false,
  retryAfterMs: 7000,
});
const expired = failure({ kind: "unauthenticated", action: "reauthenticate", effectUnknown: false });
const misdated = failure({ kind: "unauthenticated", action: "correctClock", effectUnknown: false });
const create: Partial<RetryState> = { replay: "create" };

interface Expected {
  readonly changes: Partial<RetryState>;
  readonly cost: number;
  readonly pauseMs?: number;
}
const repeated = (faults: number, pauseMs: number, cost = RETRY_COST): Expected => ({
  changes: { faults, lastCost: cost },
  cost,
  pauseMs,
});
const atOnce: Expected = { changes: { lastCost: RETRY_COST }, cost: RETRY_COST };

const TABLE: readonly (readonly [string, Partial<RetryState>, AttemptFailure, Expected | undefined])[] = [
  ["a first fault", {}, failure(), repeated(1, 50)],
  ["a fourth fault, with a longer pause", { faults: 3 }, failure(), repeated(4, 400)],
  ["the last fault that is allowed", { faults: 7 }, failure(), repeated(8, 6400)],
  ["one fault too many", { faults: 8 }, failure(), undefined],
  ["a fault where nothing is to be repeated", { maxRetries: 0 }, failure(), undefined],
  ["a fault that says when to come again", {}, failure({ retryAfterMs: 3000 }), repeated(1, 3000)],
  ["a fault that says to come sooner", { faults: 3 }, failure({ retryAfterMs: 10 }), repeated(4, 400)],
  ["a timeout, which costs more", {}, timeout, repeated(1, 50, TIMEOUT_COST)],
  ["a create that may have had its effect", create, failure(), undefined],
  ["a create that timed out", create, timeout, undefined],
  ["a create that was not sent", create, connection, repeated(1, 50)],
  ["throttling", {}, throttled, atOnce],
  ["throttling of a create", create, throttled, atOnce],
  ["throttling after all faults", { faults: 8 }, throttled, atOnce],
  ["throttling where nothing is to be repeated", { maxRetries: 0 }, throttled, undefined],
  ["an expired credential", {}, expired, { changes: { reauthenticated: true }, cost: 0 }],
  ["one that is expired again", { reauthenticated: true }, expired, undefined],
  [
    "one, though no fault is repeated",
    { maxRetries: 0 },
    expired,
    { changes: { reauthenticated: true }, cost: 0 },
  ],
  ["a wrong date", {}, misdated, { changes: { clockCorrected: true }, cost: 0 }],
  ["a date that is wrong again", { clockCorrected: true }, misdated, undefined],
  [
    "a wrong date after a renewal",
    { reauthenticated: true },
    misdated,
    { changes: { clockCorrected: true }, cost: 0 },
  ],
  ["a refusal", {}, failure({ kind: "invalid", action: "fail" }), undefined],
];

describe("the decision on a retry", () => {
  for (const [name, changes, failed, expected] of TABLE) {
    it(`${expected === undefined ? "stops" : "repeats"} after ${name}`, () => {
      const before = state(changes);
      const retry = decideRetry(before, failed, 0.5);
      if (expected === undefined) {
        assert.equal(retry, undefined);
        return;
      }
      const { changes: after, ...rest } = expected;
      assert.deepEqual(retry, { state: { ...before, ...after }, ...rest });
    });
  }
});

describe("the state of a request", () => {
  it("counts attempts, and keeps the last failure and every credential but public headers", () => {
    const first = afterFailure(state(), expired, { "X-Auth-Token": "old", "X-Project-Id": "p" });
    const second = afterFailure(first, throttled, { "X-Auth-Token": "new", "X-Sdk-Date": "d" });
    assert.deepEqual([second.attempts, second.lastFailure], [2, throttled]);
    assert.deepEqual(second.usedCredentials, ["old", "new"]);
    assert.deepEqual(state().usedCredentials, []);
  });

  it("stays in doubt once any attempt may have had its effect", () => {
    const lost = afterFailure(state(), failure(), {});
    assert.ok(lost.effectUnknown);
    assert.ok(afterFailure(lost, throttled, {}).effectUnknown);
    assert.ok(!afterFailure(state(), throttled, {}).effectUnknown);
  });
});
