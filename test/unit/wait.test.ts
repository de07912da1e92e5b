import assert from "node:assert/strict";
import { Deadline } from "../../provider/common/deadline";
import { RequestError } from "../../provider/common/errors";
import { poll } from "../../provider/lifecycle/wait";

const refused = (text: string): RequestError =>
  new RequestError({ kind: "timeout", effect: "none", method: "GET", url: "https://service" }, text);

/** A deadline that ends with the look that fails. */
function ended(): Deadline {
  return new Deadline("create of task", 0, new AbortController().signal);
}

describe("poll", () => {
  it("tells what stood in the way where no look has succeeded by the end", async () => {
    const look = (): Promise<never> => Promise.reject(refused("connect ECONNREFUSED"));
    await assert.rejects(poll(ended(), { info: () => undefined }, look), /ECONNREFUSED/);
  });

  it("tells what was waited for where a look had succeeded", async () => {
    const deadline = new Deadline("create of task", 50, new AbortController().signal);
    let looks = 0;
    const look = async (): Promise<{ waiting: string }> => {
      looks += 1;
      if (looks === 1) return { waiting: "task 1 is PENDING" };
      await deadline.sleep(50);
      throw refused("no answer");
    };
    await assert.rejects(
      poll(deadline, { info: () => undefined }, look),
      /took longer .*while task 1 is PENDING/,
    );
  });
});
