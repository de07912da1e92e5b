import assert from "node:assert/strict";
import type { PropertyMap } from "../../../provider/common/json";
import { isVideoAnalysisError } from "../../../provider/common/errors";
import { diff } from "../../../provider/core/operations/diff";
import { batchTask } from "../../../provider/services/batch-task/definition";
import { batchArgs, SOUTH, WEEKEND } from "./support";

/** Every argument with a value and another one. */
const CHANGES: Readonly<Record<string, readonly [unknown, unknown]>> = {
  serviceName: ["fire", "smoke"],
  serviceVersion: ["1.0", "1.1"],
  region: ["cn-north-4", "cn-east-3"],
  triggers: [["a"], ["b"]],
  name: ["site-a", "site-b"],
  description: ["a", undefined],
  batchInput: [batchArgs().batchInput, { videoSourceGroup: [SOUTH] }],
  output: [{ eventCenter: true }, { dis: { streamName: "dis" } }],
  schedule: [WEEKEND, undefined],
  config: [{ common: { a: 1 } }, { common: { a: 2 } }],
  isSavedAsTemplate: [undefined, true],
  resourceOrderId: ["order-1", "order-2"],
  desiredState: ["running", "stopped"],
  waitFor: ["accepted", "running"],
  timeouts: [{ create: "1m" }, { create: "2m" }],
  adopt: ["batch-1", undefined],
};
const REPLACING = ["serviceName", "serviceVersion", "region", "triggers"];

describe("the definition of a batch", () => {
  it("has a row here for every argument", () => {
    assert.deepEqual(Object.keys(CHANGES).sort(), Object.keys(batchTask.arguments.shape).sort());
  });

  for (const [key, [before, after]] of Object.entries(CHANGES)) {
    it(`${REPLACING.includes(key) ? "replaces" : "updates"} on a change of ${key}`, () => {
      const result = diff(batchTask, batchArgs({ [key]: before }), batchArgs({ [key]: after }), undefined);
      assert.deepEqual(result.replaces, REPLACING.includes(key) ? [key] : []);
      assert.notEqual(result.changes, false);
    });
  }

  it("sees no change in documented defaults that are written out", () => {
    const args = batchArgs();
    const explicit: PropertyMap = {
      ...args,
      isSavedAsTemplate: false,
      output: { ...(args.output as PropertyMap), eventCenter: false },
    };
    assert.equal(diff(batchTask, args, explicit, undefined).changes, false);
  });

  it("has the batch id for its id", () => {
    const id = "0123456789abcdef0123456789abcdef";
    assert.deepEqual(batchTask.parseId(id), { args: {}, taskIds: [id] });
    assert.equal(batchTask.formatId({}, [id]), id);
    for (const wrong of ["", "a/b", "a,b", "a b"]) {
      assert.throws(
        () => batchTask.parseId(wrong),
        (error) => isVideoAnalysisError(error) && error.code === "INVALID_ID",
      );
    }
  });
});
