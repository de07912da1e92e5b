import assert from "node:assert/strict";
import { RequestError } from "../../provider/common/errors";
import { poll } from "../../provider/core/reconcile/poll";
import { FakeClock } from "../support/fake-clock";

const refused = (text: string): RequestError =>
  new RequestError({ kind: "timeout", effect: "none", method: "GET", url: "https://service" }, text);

const context = { info: () => undefined };

describe("poll", () => {
  it("tells what stood in the way where no look has succeeded by the end", async () => {
    const look = (): Promise<never> => Promise.reject(refused("connect ECONNREFUSED"));
    await assert.rejects(poll({ deadline: new FakeClock().deadline(0), context }, look), /ECONNREFUSED/);
  });

  it("tells what was waited for where a look had succeeded", async () => {
    const deadline = new FakeClock().deadline(1000);
    let looks = 0;
    const look = async (): Promise<{ waiting: string }> => {
      looks += 1;
      if (looks === 1) return { waiting: "task 1 is PENDING" };
      await deadline.sleep(1000);
      throw refused("no answer");
    };
    await assert.rejects(poll({ deadline, context }, look), /took longer .*while task 1 is PENDING/);
  });
});
