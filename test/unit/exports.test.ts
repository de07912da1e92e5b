import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import * as runtime from "../../provider/runtime";

interface PackageJson {
  readonly name: string;
  readonly type: string;
  readonly exports: Readonly<Record<string, unknown>>;
}

const manifest = JSON.parse(
  readFileSync(path.resolve(__dirname, "../../../package.json"), "utf8"),
) as PackageJson;

describe("exports: what states and programs rely on for good", () => {
  it("the names of ./runtime, which `__provider` in every state asks for", () => {
    assert.deepEqual(Object.keys(runtime), ["ServiceTask", "BatchTask", "VideoAnalysisJob"]);
  });

  it("the hooks, which the SDK calls by name", () => {
    assert.deepEqual(Object.keys(runtime.ServiceTask).sort(), [
      "check",
      "configure",
      "create",
      "delete",
      "diff",
      "read",
      "update",
    ]);
    for (const hook of Object.values(runtime.ServiceTask)) assert.equal(typeof hook, "function");
  });

  it("configure only stores: other hooks may run before it ends", async () => {
    const asked = new Set<string>();
    const get = (key: string) => void asked.add(key);
    await runtime.ServiceTask.configure({ config: { get } });
    assert.equal(asked.size, 0);
    const { failures } = await runtime.ServiceTask.check({}, { serviceId: "s" });
    assert.deepEqual(failures.map(({ property }) => property).sort(), ["input", "name", "output"]);
    assert.ok(asked.has("video-analysis:region"));
  });

  it("the subpaths of the package, and CommonJS", () => {
    assert.equal(manifest.name, "pulumi-video-analysis");
    assert.equal(manifest.type, "commonjs");
    assert.deepEqual(manifest.exports, {
      ".": { types: "./dist/sdk/index.d.ts", default: "./dist/sdk/index.js" },
      "./runtime": { types: "./dist/provider/runtime.d.ts", default: "./dist/provider/runtime.js" },
      "./schemas": { types: "./dist/provider/catalog.d.ts", default: "./dist/provider/catalog.js" },
      "./testkit": { types: "./dist/testkit/index.d.ts", default: "./dist/testkit/index.js" },
      "./package.json": "./package.json",
    });
  });
});
