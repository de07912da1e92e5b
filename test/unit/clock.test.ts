import assert from "node:assert/strict";
import { getEventListeners } from "node:events";
import { CLOCK_OF_PROCESS, processClock, systemClock } from "../../provider/common/clock";
import { Deadline } from "../../provider/common/deadline";
import { isVideoAnalysisError } from "../../provider/common/errors";
import { FakeClock } from "../support/fake-clock";

const never = <T>(): Promise<T> => new Promise<T>(() => undefined);

describe("the clock of a process", () => {
  it("is the system's, or the one that was put in its place before", () => {
    assert.equal(processClock(), systemClock);
    const other = new FakeClock();
    Object.defineProperty(globalThis, CLOCK_OF_PROCESS, { value: other, configurable: true });
    try {
      assert.equal(processClock(), other);
    } finally {
      Reflect.deleteProperty(globalThis, CLOCK_OF_PROCESS);
    }
    assert.equal(processClock(), systemClock);
  });

  it("ends a pause early, without an error, when the process is told to stop", async () => {
    const stop = new AbortController();
    const pause = systemClock.sleep(60_000, stop.signal);
    stop.abort();
    await pause;
    await systemClock.sleep(60_000, stop.signal);
  });

  it("calls back no earlier than it says itself, and not once it was told not to", async () => {
    for (const ms of [0, 0.4, 1, 2.6, 5]) {
      const begin = systemClock.now();
      await new Promise<void>((resolve) => {
        const cancel = systemClock.after(ms, () => assert.fail("it was cancelled"));
        systemClock.after(ms, resolve);
        cancel();
      });
      assert.ok(systemClock.now() - begin >= ms, `${systemClock.now() - begin} ms of ${ms}`);
    }
  });
});

describe("work under a deadline", () => {
  const stop = new AbortController();
  const deadline = (ms: number, signal = stop.signal): Deadline =>
    new Deadline("create of x", ms, { clock: systemClock, signal });
  const codeOf = (error: unknown): string => (isVideoAnalysisError(error) ? error.message : String(error));
  const aborted = (signal: AbortSignal): Promise<string> =>
    new Promise((resolve) => signal.addEventListener("abort", () => resolve("aborted")));

  it("has its value, or its own error", async () => {
    assert.equal(await deadline(60_000).within(Promise.resolve(7), "waiting"), 7);
    await assert.rejects(deadline(60_000).within(Promise.reject(new TypeError("own")), "waiting"), TypeError);
  });

  it("ends with the deadline, which has passed then", async () => {
    const ends = deadline(5);
    await assert.rejects(ends.within(never(), "waiting for y"), (error) =>
      /^TIMEOUT: create of x took longer than 0 s while waiting for y/.test(codeOf(error)),
    );
    assert.ok(ends.expired);
    await assert.rejects(ends.within(never(), "waiting for y"), { code: "TIMEOUT" });
  });

  it("ends at once when the process is told to stop, also before it began", async () => {
    const told = new AbortController();
    const ends = deadline(60_000, told.signal);
    const within = ends.within(never(), "waiting for y");
    told.abort();
    await assert.rejects(within, (error) => /interrupted while waiting for y/.test(codeOf(error)));
    await assert.rejects(ends.within(never(), "waiting for y"), { code: "TIMEOUT" });
  });

  it("may have a limit of its own, and never more than the deadline", async () => {
    const patient = deadline(60_000);
    assert.equal(await patient.limited(aborted, 5), "aborted");
    assert.ok(!patient.expired);
    assert.equal(await deadline(5).limited(aborted, 60_000), "aborted");
  });

  it("leaves nothing behind", async () => {
    await deadline(60_000).within(Promise.resolve(), "waiting");
    await deadline(60_000)
      .limited(() => Promise.reject(new TypeError("own")))
      .catch(() => undefined);
    await assert.rejects(deadline(5).within(never(), "waiting"));
    assert.deepEqual(getEventListeners(stop.signal, "abort"), []);
  });
});
