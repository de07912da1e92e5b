/** Control characters in JSON output. */
import assert from "node:assert/strict";
import { jsonText } from "../../cli/output/write";
import { run } from "./support";

// eslint-disable-next-line no-control-regex -- these are what must not be there
const OBEYED = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e]/;

describe("what commands print", () => {
  it("plays with no terminal, in errors", async () => {
    const name = "\u001b]0;owned\u0007\u009b2J\u202etxt.json";
    for (const args of [
      ["drift", "--state", name],
      ["ls", "services", "--config-file", name],
      ["doctor", "--config-file", name],
      ["import", "--all", "--state", name],
    ]) {
      const { stdout, stderr } = await run(args);
      assert.match(`${stdout}${stderr}`, /\\u001b\]0;owned/);
      assert.doesNotMatch(`${stdout}${stderr}`, OBEYED);
    }
  });

  it("plays with no terminal, in JSON", () => {
    const value = { name: "\u009b2J\u202e\u007f\u001b" };
    const text = jsonText(value);
    assert.doesNotMatch(text, OBEYED);
    assert.deepEqual(JSON.parse(text), value);
  });
});
