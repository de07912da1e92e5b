import assert from "node:assert/strict";
import { join } from "node:path";
import { Engine, type EngineError, type EngineOptions } from "../../../../tools/engine";
import { errorsOf, FIXTURES, stepsOf, Stories, widget } from "./support";

describe("engine stand-in: programs", function () {
  this.timeout(300_000);
  const stories = new Stories();
  before(() => stories.run());
  after(() => stories.clean());

  const typescript = stories.add(async (stack) => {
    const options: EngineOptions = {
      workDir: join(FIXTURES, "typescript"),
      project: "ts",
      stack: "prod",
      organization: "acme",
      stateFile: stack.stateFile,
      config: { "ts:start": "41" },
      secretConfig: { "ts:password": "hunter2" },
      // What a surrounding engine left in the environment must not turn this update into a preview.
      env: { PULUMI_NODEJS_DRY_RUN: "true" },
    };
    const result = await new Engine(options).up();
    return {
      result,
      stateText: stack.stateText(),
      shown: await new Engine(options).outputs({ showSecrets: true }),
    };
  });

  const unsupported = stories.add(async (stack) => {
    const imported = await stack.up(widget("a", {}, { import: "w-1" }));
    const foreign = await stack.up({ name: "bucket", kind: "foreign" });
    return { imported, foreign };
  });

  it("runs TypeScript with serialized providers, configuration and identity", async () => {
    const { result } = await typescript();
    assert.deepEqual(errorsOf(result), []);
    assert.equal(result.ok, true);
    const { value, stack, password, dryRun } = result.outputs;
    assert.deepEqual([value, stack, password, dryRun], [43, "acme/ts/prod", "[secret]", false]);
  });

  it("keeps secret configuration out of the state", async () => {
    const { stateText, shown } = await typescript();
    assert.equal(stateText.includes("hunter2"), false);
    assert.equal(shown["password"], "hunter2");
  });

  it("fails as the real engine does where dynamic resources cannot be imported", async () => {
    const { imported } = await unsupported();
    assert.equal(imported.ok, false);
    assert.ok(errorsOf(imported).some((text) => text.includes("toJavaScript")));
    assert.deepEqual(stepsOf(imported), []);
  });

  it("refuses resources of other packages in clear words", async () => {
    const { foreign } = await unsupported();
    assert.equal(foreign.ok, false);
    assert.ok(errorsOf(foreign).some((text) => text.includes("aws:s3/bucket:Bucket is of package 'aws'")));
  });

  it("throws on misuse, with a code", () => {
    const options = { workDir: FIXTURES, project: "p", stateFile: join(FIXTURES, "none.json") };
    const code = (changes: Partial<EngineOptions>): string => {
      try {
        new Engine({ ...options, ...changes });
        return "none";
      } catch (error) {
        return (error as EngineError).code;
      }
    };
    assert.equal(code({ project: "no good" }), "OPTIONS_INVALID");
    assert.equal(code({ parallel: 0 }), "OPTIONS_INVALID");
    assert.equal(code({}), "none");
  });
});
