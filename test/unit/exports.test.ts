import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import * as runtime from "../../provider/runtime";
import * as va from "../../sdk";
import * as testkit from "../../testkit";
import { providerText, typeToken } from "../../sdk/package-info";

/** Arguments that a check misses, by resource. */
const REQUIRED: Readonly<Record<string, readonly string[]>> = {
  ServiceTask: ["serviceId", "input"],
  BatchTask: ["serviceName", "serviceVersion", "batchInput"],
  VideoAnalysisJob: ["serviceName", "serviceVersion", "input"],
};

type ResourceName = Parameters<typeof providerText>[0];

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

  for (const [name, provider] of Object.entries(runtime)) {
    it(`the hooks of ${name}, which the SDK calls by name`, () => {
      assert.deepEqual(Object.keys(provider).sort(), [
        "check",
        "configure",
        "create",
        "delete",
        "diff",
        "read",
        "update",
      ]);
      for (const hook of Object.values(provider)) assert.equal(typeof hook, "function");
    });

    it(`configure of ${name} only stores: other hooks may run before it ends`, async () => {
      const asked = new Set<string>();
      const get = (key: string) => void asked.add(key);
      await provider.configure({ config: { get } });
      assert.equal(asked.size, 0);
      const { failures } = await provider.check({}, { description: "nothing else" });
      const refused = failures.map(({ reason }) => reason.split(":", 1)[0] ?? "");
      for (const property of ["name", "output", ...REQUIRED[name]!]) assert.ok(refused.includes(property));
      assert.ok(asked.has("video-analysis:region"));
    });

    it(`the program text and type of ${name}, which are in every state`, () => {
      assert.equal(
        providerText(name as ResourceName),
        `exports.handler=()=>require("pulumi-video-analysis/runtime").${name}`,
      );
      assert.equal(typeToken(name as ResourceName), `pulumi-nodejs:dynamic/video-analysis:${name}`);
    });
  }

  it("the classes of the package, and what else programs import", () => {
    assert.deepEqual(
      Object.keys(runtime).filter((name) => !(name in va)),
      [],
    );
  });

  it("the testkit: the mocks and the emulator with what it has by default, and no engine", () => {
    const names = Object.keys(testkit).filter((name) => !/^DEFAULT_/.test(name));
    assert.deepEqual(names.sort(), [
      "Emulator",
      "TASK_STATES",
      "UsageError",
      "connectEmulator",
      "mocks",
      "parseStartup",
      "startEmulator",
      "startFrom",
      "valueOf",
    ]);
  });

  it("the subpaths of the package, and CommonJS", () => {
    assert.equal(manifest.name, "pulumi-video-analysis");
    assert.equal(manifest.type, "commonjs");
    assert.deepEqual(manifest.exports, {
      ".": { types: "./dist/package/index.d.ts", default: "./dist/package/index.js" },
      "./plugin": { types: "./dist/package/plugin.d.ts", default: "./dist/package/plugin.js" },
      "./runtime": { types: "./dist/package/runtime.d.ts", default: "./dist/package/runtime.js" },
      "./schemas": { types: "./dist/package/schemas.d.ts", default: "./dist/package/schemas.js" },
      "./testkit": { types: "./dist/package/testkit.d.ts", default: "./dist/package/testkit.js" },
      "./package.json": "./package.json",
    });
  });
});
