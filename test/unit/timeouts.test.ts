import assert from "node:assert/strict";
import { isVideoAnalysisError } from "../../provider/common/errors";
import type { Deadline } from "../../provider/common/deadline";
import {
  effectiveWaitFor,
  operationDeadline,
  parseDuration,
  timeoutOf,
} from "../../provider/core/reconcile/timeouts";
import { FakeClock } from "../support/fake-clock";
import { World } from "../support/world";

const MINUTE = 60_000;

describe("timeouts", () => {
  it("durations", () => {
    const known: Readonly<Record<string, number>> = {
      "90s": 90_000,
      "10m": 10 * MINUTE,
      "1h30m": 90 * MINUTE,
      "500ms": 500,
      "1.5h": 90 * MINUTE,
      "1h2m3s4ms": 3_723_004,
      "0s": 0,
    };
    for (const [text, ms] of Object.entries(known)) assert.equal(parseDuration(text), ms, text);
    for (const text of ["", "10", "m", "10 m", "-1m", "1d", undefined, 5])
      assert.equal(parseDuration(text), undefined);
  });

  it("defaults: 10 minutes, read 5, create until success 6 hours", () => {
    assert.equal(timeoutOf("create", {}, "accepted"), 10 * MINUTE);
    assert.equal(timeoutOf("create", {}, "succeeded"), 360 * MINUTE);
    assert.equal(timeoutOf("read", {}, "succeeded"), 5 * MINUTE);
    assert.equal(timeoutOf("update", {}, "succeeded"), 10 * MINUTE);
    assert.equal(timeoutOf("delete", {}, "running"), 10 * MINUTE);
  });

  it("given ones win", () => {
    const args = { timeouts: { create: "90s", read: "1m" } };
    assert.equal(timeoutOf("create", args, "succeeded"), 90_000);
    assert.equal(timeoutOf("read", args, "accepted"), MINUTE);
    assert.equal(timeoutOf("delete", args, "accepted"), 10 * MINUTE);
  });

  it("the caller's own come after the arguments, and before the defaults", () => {
    assert.equal(timeoutOf("create", { timeouts: { create: "90s" } }, "succeeded", 5000), 90_000);
    assert.equal(timeoutOf("create", { timeouts: { read: "90s" } }, "succeeded", 5000), 5000);
  });

  it("the wait: the program's, else the configuration's, else acceptance; a stopped task's is acceptance", () => {
    assert.equal(effectiveWaitFor({ waitFor: "running" }, { defaultWaitFor: "succeeded" }), "running");
    assert.equal(effectiveWaitFor({}, { defaultWaitFor: "succeeded" }), "succeeded");
    assert.equal(effectiveWaitFor({}, {}), "accepted");
    assert.equal(effectiveWaitFor({ desiredState: "stopped" }, { defaultWaitFor: "succeeded" }), "accepted");
  });
});

describe("the progress of an operation", () => {
  const subject = (args: Readonly<Record<string, unknown>>) => ({
    type: "ServiceTask",
    id: "service/task",
    args,
  });
  const name = "entrance-0123456789ab";
  const rows: readonly [name: string, args: Readonly<Record<string, unknown>>, owner: string | undefined][] =
    [
      ["entrance", { name: "Eingang" }, name],
      ["entrance", { name, nameIsDefault: true }, undefined],
      [name, { name, nameIsDefault: false }, undefined],
      ["service/task", {}, undefined],
    ];
  for (const [said, args, owner] of rows) {
    it(`bears the name ${said} of ${JSON.stringify(args)}${owner === undefined ? "" : " that a check had"}`, () => {
      const world = new World();
      const context = { ...world.environment, ...(owner === undefined ? {} : { owner }) };
      operationDeadline("create", subject(args), context).status.say("PENDING 12 s");
      assert.deepEqual(world.messages, [`${said}: PENDING 12 s`]);
    });
  }
});

describe("deadline", () => {
  const codeOf = (deadline: Deadline): string | undefined => {
    try {
      deadline.check("waiting for the test");
    } catch (error) {
      return isVideoAnalysisError(error) ? `${error.code} ${error.message}` : "other";
    }
    return undefined;
  };

  it("ends with its budget, and never sleeps beyond it", async () => {
    const clock = new FakeClock();
    const deadline = clock.deadline(1000);
    await deadline.sleep(400);
    assert.equal(codeOf(deadline), undefined);
    await deadline.sleep(4000);
    assert.ok(clock.now() <= 1000);
    assert.ok(deadline.expired);
    assert.match(
      codeOf(deadline) ?? "",
      /^TIMEOUT .*create of task-test took longer than 1 s while waiting for the test/,
    );
  });

  it("ends at once when the process is stopped", async () => {
    const stop = new AbortController();
    const clock = new FakeClock();
    const deadline = clock.deadline(1000, stop.signal);
    stop.abort();
    await deadline.sleep(400);
    assert.deepEqual(clock.sleeps, []);
    assert.match(codeOf(deadline) ?? "", /^TIMEOUT .*interrupted/);
  });
});
