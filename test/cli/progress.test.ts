/** Work on many things at a time, and the bar that shows it. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { mapBounded } from "../../cli/common/map-bounded";
import { progressBar } from "../../cli/output/progress";

describe("commands at work", () => {
  it("draws a bar for any numbers", () => {
    assert.equal(progressBar(15, 30), `[${"#".repeat(15)}${"-".repeat(15)}] 15/30`);
    fc.assert(
      fc.property(fc.integer(), fc.integer(), (done, total) => progressBar(done, total).indexOf("]") === 31),
    );
  });

  it("runs at most as many reads at a time as allowed, and keeps their order", async () => {
    let running = 0;
    let most = 0;
    const results = await mapBounded([5, 4, 3, 2, 1], 2, async (item) => {
      running += 1;
      most = Math.max(most, running);
      for (let turn = 0; turn < item; turn += 1) await Promise.resolve();
      running -= 1;
      return item * 10;
    });
    assert.deepEqual([results, most], [[50, 40, 30, 20, 10], 2]);
  });
});
