import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { pack, type Packed, ROOT } from "../../scripts/compat/pack";

/** Bytes of the package without its dependencies. */
const LIMIT = 400_000;

const EXPORTS = [".", "./runtime", "./schemas", "./testkit", "./package.json"];

interface Manifest {
  readonly exports: Readonly<Record<string, string | { readonly types: string; readonly default: string }>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly bin: Readonly<Record<string, string>>;
  readonly version: string;
}

describe("the package that npm publishes", () => {
  let scratch: string;
  let packed: Packed;
  let home: string;
  let manifest: Manifest;
  /** Runs a program beside an installation of the package. */
  const node = (...args: string[]): string =>
    execFileSync(process.execPath, args, { cwd: scratch, encoding: "utf8", stdio: "pipe" });

  before(() => {
    scratch = mkdtempSync(path.join(tmpdir(), "video-analysis-package-"));
    packed = pack(scratch);
    const modules = path.join(scratch, "node_modules");
    mkdirSync(modules);
    execFileSync("tar", ["-xzf", packed.file, "-C", modules]);
    home = path.join(modules, "pulumi-video-analysis");
    renameSync(path.join(modules, "package"), home);
    manifest = JSON.parse(readFileSync(path.join(home, "package.json"), "utf8")) as Manifest;
    for (const name of [...Object.keys(manifest.dependencies), "@pulumi"]) {
      symlinkSync(path.join(ROOT, "node_modules", name), path.join(modules, name));
    }
  });

  after(() => rmSync(scratch, { recursive: true, force: true }));

  it(`is below ${LIMIT} bytes`, () => {
    assert.ok(packed.unpackedSize < LIMIT, `${packed.unpackedSize} bytes`);
  });

  it("holds code, declarations and schemas, and nothing else", () => {
    const folders = new Set(packed.paths.map((file) => path.posix.dirname(file)));
    assert.deepEqual([...folders].sort(), [".", "dist/package", "dist/schemas"]);
    const top = packed.paths.filter((file) => !file.includes("/")).sort();
    assert.deepEqual(top, ["LICENSE", "README.md", "package.json"]);
    const odd = packed.paths.filter(
      (file) => !/^[^/]+$|^dist\/schemas\/\w+\.json$|\.d\.ts$|\.js$|\/code\.br$/.test(file),
    );
    assert.deepEqual(odd, []);
  });

  it("exports these subpaths, each with a file and declarations", () => {
    assert.deepEqual(Object.keys(manifest.exports), EXPORTS);
    for (const target of Object.values(manifest.exports)) {
      const files = typeof target === "string" ? [target] : [target.types, target.default];
      for (const file of files) assert.ok(packed.paths.includes(path.posix.normalize(file)), file);
    }
  });

  for (const subpath of EXPORTS) {
    const name = path.posix.join("pulumi-video-analysis", subpath);
    it(`${name} loads the same names in CommonJS and in ES modules`, () => {
      const required = node("-p", `JSON.stringify(Object.keys(require(${JSON.stringify(name)})).sort())`);
      assert.notDeepEqual(JSON.parse(required), []);
      if (subpath === "./package.json") return;
      const imported = node(
        "--input-type=module",
        "-e",
        `import * as all from ${JSON.stringify(name)};
         const added = ["default", "module.exports", "__esModule"];
         console.log(JSON.stringify(Object.keys(all).filter((key) => !added.includes(key)).sort()));`,
      );
      assert.deepEqual(JSON.parse(imported), JSON.parse(required));
    });
  }

  it("declares no value that is not there", () => {
    const text = readFileSync(path.join(home, "dist/package/index.d.ts"), "utf8");
    // The last one; those before it are of namespaces.
    const [, names = ""] = [...text.matchAll(/^export \{([^{}]*)\};/gm)].at(-1) ?? [];
    const declared = names.split(",").map((name) => name.trim().replace(/^.* as /s, ""));
    const there = JSON.parse(
      node("-p", `JSON.stringify(Object.keys(require("pulumi-video-analysis")))`),
    ) as string[];
    assert.ok(declared.includes("ServiceTask"), names);
    assert.deepEqual(
      declared.filter((name) => !there.includes(name)),
      [],
    );
  });

  it("nothing else can be loaded from it", () => {
    const others = packed.paths
      .filter((file) => file !== "package.json")
      .map((file) => `pulumi-video-analysis/${file}`);
    const script = `
      const codes = JSON.parse(process.argv[1]).map((name) => {
        try { return require.resolve(name); } catch (error) { return error.code; }
      });
      console.log(JSON.stringify([...new Set(codes)]));`;
    assert.deepEqual(JSON.parse(node("-e", script, JSON.stringify(others))), [
      "ERR_PACKAGE_PATH_NOT_EXPORTED",
    ]);
  });

  it("the command tells its version", () => {
    const command = path.join(home, manifest.bin["video-analysis"]!);
    assert.equal(node(command, "--version").trim(), manifest.version);
  });

  it("the hooks of the provider process run", () => {
    const script = `
      require("pulumi-video-analysis/runtime").BatchTask.check({}, {})
        .then(({ failures }) => console.log(failures.length > 0));`;
    assert.equal(node("-e", script).trim(), "true");
  });

  it("publint has nothing to say", async () => {
    const { publint } = await import("publint");
    const { messages } = await publint({ pkgDir: home, pack: false, strict: true });
    assert.deepEqual(messages, []);
  });
});
