/** Sentences, counts and codes in messages. */
import { strict as assert } from "node:assert";
import { countOf, sentence, withoutCode } from "../../cli/common/wording";
import { VideoAnalysisError } from "../../provider/common/errors";

describe("messages of the commands", () => {
  it("count one thing and several", () => {
    assert.deepEqual(
      [0, 1, 2].map((count) => countOf(count, "task")),
      ["0 tasks", "1 task", "2 tasks"],
    );
    assert.deepEqual(
      [1, 2].map((count) => countOf(count, "batch", "batches")),
      ["1 batch", "2 batches"],
    );
  });

  it("end each sentence once", () => {
    assert.deepEqual(["no answer", "no answer.", "which?"].map(sentence), [
      "no answer.",
      "no answer.",
      "which?",
    ]);
  });

  it("have the code of an error once", () => {
    const inner = new VideoAnalysisError("NOT_FOUND", "no such task.");
    const outer = new VideoAnalysisError(inner.code, withoutCode(inner), { cause: inner });
    assert.equal(outer.message, inner.message);
    assert.equal(withoutCode(new Error("NOT_FOUND: of somebody else")), "NOT_FOUND: of somebody else");
  });
});
