import assert from "node:assert/strict";
import { Deadline } from "../../provider/common/deadline";
import { StatusLines } from "../../provider/common/status-lines";
import { RequestError } from "../../provider/common/errors";
import { poll } from "../../provider/core/reconcile/poll";
import { FakeClock } from "../support/fake-clock";

const refused = (text: string): RequestError =>
  new RequestError({ kind: "timeout", effect: "none", method: "GET", url: "https://service" }, text);

describe("poll", () => {
  it("says what stood in the way where no look has succeeded by the end", async () => {
    const look = (): Promise<never> => Promise.reject(refused("connect ECONNREFUSED"));
    await assert.rejects(poll({ deadline: new FakeClock().deadline(0) }, look), /ECONNREFUSED/);
  });

  it("says what was waited for where a look had succeeded", async () => {
    const deadline = new FakeClock().deadline(1000);
    let looks = 0;
    const look = async (): Promise<{ waiting: string }> => {
      looks += 1;
      if (looks === 1) return { waiting: "task 1 is PENDING" };
      await deadline.sleep(1000);
      throw refused("no answer");
    };
    await assert.rejects(poll({ deadline }, look), /took longer .*while task 1 is PENDING/);
  });

  it("says the state first, once for as long as it lasts, when it tries again, and how it ended", async () => {
    const clock = new FakeClock();
    const lines: string[] = [];
    const deadline = new Deadline("create of entrance", 600_000, {
      clock,
      signal: new AbortController().signal,
      status: new StatusLines((line) => lines.push(line)),
    });
    const throttled = new RequestError(
      { kind: "throttled", effect: "none", method: "GET", url: "https://service", status: 429 },
      "too many requests",
    );
    const begin = clock.now();
    await poll({ deadline }, () => {
      const seconds = (clock.now() - begin) / 1000;
      if (seconds > 100) return Promise.resolve({ done: true });
      if (seconds > 50) return Promise.reject(throttled);
      return Promise.resolve({ waiting: "task 1 is PENDING", state: "PENDING", goal: "running" });
    });
    assert.equal(lines.length, 3, lines.join("\n"));
    assert.match(lines[0] ?? "", /^PENDING 1\d s → running$/);
    assert.match(lines[1] ?? "", /^PENDING \d+ s → running; answered 429, next try in \d+ s$/);
    assert.match(lines[2] ?? "", /^running after 1\d\d s$/);
    assert.ok(lines.every((line) => line.length < 80));
  });
});
