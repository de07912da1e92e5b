import assert from "node:assert/strict";
import { formatPath, type PropertyMap } from "../../provider/common/json";
import { compareInputs, type InputComparison } from "../../provider/core/operations/input-differences";
import { fileOnIef } from "../support/arguments";
import { checked, diffed } from "../support/checks";

/** A diff of checked inputs, where the state has the given inputs and outputs. */
function compared(
  before: PropertyMap,
  after: PropertyMap,
  outputs: PropertyMap = before,
): InputComparison & { readonly lines: readonly string[] } {
  const comparison = compareInputs(before, after, diffed(outputs, after));
  const lines = comparison.differences.map(
    ({ path, kind, replaces }) => `${formatPath(path)}: ${kind}${replaces ? "-replace" : ""}`,
  );
  return { ...comparison, lines };
}

describe("differences of inputs", () => {
  const args = { ...fileOnIef, output: { dis: { streamName: "results" } }, config: { "my key": 1 } };
  const { inputs } = checked(args);

  it("name each leaf, and what a replacement comes from", () => {
    const after = {
      ...inputs,
      output: { dis: { streamName: "other" }, obs: { bucket: "bucket", path: "path/" } },
      config: {},
      waitFor: "running",
    };
    assert.deepEqual(compared(inputs, after).lines.toSorted(), [
      'config["my key"]: delete-replace',
      "output.dis.streamName: update-replace",
      "output.obs: add-replace",
      "waitFor: add",
    ]);
  });

  it("are none where values are only spelled otherwise", () => {
    const spelled = { ...inputs, description: "" };
    const { changes, lines } = compared(inputs, spelled);
    assert.deepEqual([changes, lines], [false, []]);
  });

  it("find a drifted run state, which the recorded inputs alone have", () => {
    const wanted = { ...inputs, desiredState: "running" };
    const drifted = { ...wanted, desiredState: "stopped" };
    assert.deepEqual(compared(drifted, wanted, wanted).lines, ["desiredState: update"]);
  });

  it("leave out what replaces by the outputs alone, until anything else changes", () => {
    const outputs = { ...inputs, description: "recorded" };
    assert.deepEqual(compared(inputs, inputs, outputs), {
      changes: false,
      replaces: [],
      deleteBeforeReplace: true,
      differences: [],
      lines: [],
    });
    assert.deepEqual(compared(inputs, { ...inputs, waitFor: "running" }, outputs).lines, [
      "waitFor: add",
      "description: update-replace",
    ]);
  });

  it("are a change where work is left, whatever the inputs say", () => {
    const { changes, lines } = compared(inputs, inputs, { ...inputs, unfinished: ["wait"] });
    assert.deepEqual([changes, lines], [true, []]);
  });
});
