import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { pages } from "../docs/pages";
import { Installation } from "./installation";

const EXPORTS = [".", "./runtime", "./schemas", "./testkit", "./plugin", "./package.json"];

/** The sources that the source maps point to. */
const SOURCES = /^(?:cli|provider|sdk|testkit)\/.*\.ts$/;

/** Longest line of code that a person wrote; what a minifier prints has thousands of characters in one. */
const LONGEST_LINE = 400;

/** The printer of declarations puts all names that a file exports into one line. */
const EXPORT_LIST = /^\s*export (?:type )?\{/;

describe("the package that npm publishes", () => {
  let installed: Installation;
  before(() => (installed = new Installation()));
  after(() => installed.remove());

  it("holds code, its maps and sources, declarations, schemas, pages and examples, and nothing else", () => {
    const known =
      /^(?:LICENSE|(?:README|CHANGELOG|CONTRIBUTING|SECURITY)\.md|package\.json|docs\/.*\.(?:md|json|svg)|(?:examples|templates)\/.*|dist\/package\/[\w-]+\.(?:js|js\.map|d\.ts)|dist\/plugin\/(?:plugin\.js(?:\.map)?|schema\.json|licenses\.txt|pulumi-resource-video-analysis(?:\.cmd)?)|dist\/schemas\/\w+\.json)$/;
    assert.deepEqual(
      installed.files.filter((file) => !known.test(file) && !SOURCES.test(file)),
      [],
    );
  });

  it("holds every page and file that its own pages link to", () => {
    const packed = new Set(installed.files);
    const isThere = (target: string): boolean =>
      packed.has(target) || installed.files.some((file) => file.startsWith(`${target}/`));
    const missing = pages
      .filter(({ file }) => packed.has(file))
      .flatMap(({ file, links }) => links.map(({ place, target }) => ({ file, place, target })))
      .filter(({ target }) => !/^(?:https:|#)/.test(target))
      .filter(
        ({ file, target }) => !isThere(path.posix.join(path.posix.dirname(file), target.split("#")[0]!)),
      );
    assert.deepEqual(missing, []);
    assert.ok(packed.has("docs/getting-started.md") && packed.has("examples/quickstart/index.ts"));
  });

  it("is text, UTF-8 in every file", () => {
    const decoder = new TextDecoder("utf-8", { fatal: true });
    for (const file of installed.files) {
      const text = decoder.decode(readFileSync(path.join(installed.home, file)));
      assert.ok(!text.includes("\0"), file);
    }
  });

  it("has no code that was minified, and none that is made from text", () => {
    for (const file of installed.files.filter((name) => /\.[jt]s$/.test(name))) {
      const text = installed.read(file);
      const long = text.split("\n").filter((line) => line.length > LONGEST_LINE && !EXPORT_LIST.test(line));
      // The plugin has the code of other packages in it, as they publish it.
      if (file !== "dist/plugin/plugin.js") assert.deepEqual(long, [], file);
      assert.doesNotMatch(text, /\bcompileFunction\b|\beval\(|\bnew Function\b|\bnode:vm\b/, file);
    }
  });

  it("exports these subpaths, each with a file and declarations", () => {
    assert.deepEqual(Object.keys(installed.manifest.exports), EXPORTS);
    for (const target of Object.values(installed.manifest.exports)) {
      const files = typeof target === "string" ? [target] : [target.types, target.default];
      for (const file of files) assert.ok(installed.files.includes(path.posix.normalize(file)), file);
    }
  });

  for (const subpath of EXPORTS) {
    const name = path.posix.join("pulumi-video-analysis", subpath);
    it(`${name} loads the same names in CommonJS and in ES modules`, () => {
      const required = installed.node(
        "-p",
        `JSON.stringify(Object.keys(require(${JSON.stringify(name)})).sort())`,
      );
      assert.notDeepEqual(JSON.parse(required), []);
      if (subpath === "./package.json") return;
      const imported = installed.node(
        "--input-type=module",
        "-e",
        `import * as all from ${JSON.stringify(name)};
         const added = ["default", "module.exports", "__esModule"];
         console.log(JSON.stringify(Object.keys(all).filter((key) => !added.includes(key)).sort()));`,
      );
      assert.deepEqual(JSON.parse(imported), JSON.parse(required));
    });
  }

  for (const entry of ["index", "testkit", "plugin"]) {
    it(`${entry}.d.ts declares no value that is not there`, () => {
      const text = installed.read(`dist/package/${entry}.d.ts`);
      // The last one; those before it are of namespaces.
      const [, names = ""] = [...text.matchAll(/^export \{([^{}]*)\};/gm)].at(-1) ?? [];
      const declared = names.split(",").map((name) => name.trim().replace(/^.* as /s, ""));
      const there = JSON.parse(
        installed.node(
          "-p",
          `JSON.stringify(Object.keys(require("./node_modules/pulumi-video-analysis/dist/package/${entry}")))`,
        ),
      ) as string[];
      assert.ok(declared.length > 1, names);
      assert.deepEqual(
        declared.filter((name) => !there.includes(name)),
        [],
      );
    });
  }

  it("nothing else can be loaded from it", () => {
    const others = installed.files
      .filter((file) => file !== "package.json")
      .map((file) => `pulumi-video-analysis/${file}`);
    const script = `
      const codes = JSON.parse(process.argv[1]).map((name) => {
        try { return require.resolve(name); } catch (error) { return error.code; }
      });
      console.log(JSON.stringify([...new Set(codes)]));`;
    assert.deepEqual(JSON.parse(installed.node("-e", script, JSON.stringify(others))), [
      "ERR_PACKAGE_PATH_NOT_EXPORTED",
    ]);
  });

  it("the command says its version", () => {
    const command = path.join(installed.home, installed.manifest.bin["video-analysis"]!);
    assert.equal(installed.node(command, "--version").trim(), installed.manifest.version);
  });

  it("the command prints the schemas", () => {
    const command = path.join(installed.home, installed.manifest.bin["video-analysis"]!);
    const { title } = JSON.parse(installed.node(command, "schema", "BatchTask")) as { title: string };
    assert.equal(title, "BatchTask");
  });

  it("the command sets secrets of a stack as secrets, and nothing else", async () => {
    const log = path.join(installed.project, "calls");
    const cli = path.join(installed.project, "pulumi");
    writeFileSync(cli, `#!/bin/sh\ncat > /dev/null; echo "$@" >> "${log}"\n`, { mode: 0o755 });
    const command = path.join(installed.home, installed.manifest.bin["video-analysis"]!);
    const child = spawn(process.execPath, [command, "emulator", "--configure", "dev", "--json"], {
      cwd: installed.project,
      env: { ...process.env, PATH: `${installed.project}${path.delimiter}${process.env["PATH"]}` },
      stdio: ["ignore", "pipe", "inherit"],
    });
    const ended = once(child, "exit");
    await once(child.stdout, "data");
    child.kill("SIGINT");
    await ended;
    const calls = [...readFileSync(log, "utf8").matchAll(/^config set (--\w+) (\S+) --stack dev /gm)];
    assert.deepEqual(
      calls.filter(([, kind]) => kind !== "--plaintext").map(([, kind, key]) => [kind, key]),
      [["--secret", "video-analysis:token"]],
    );
    assert.ok(calls.length > 4);
  });

  it("the hooks of the provider process run", () => {
    const script = `
      require("pulumi-video-analysis/runtime").BatchTask.check({}, {})
        .then(({ failures }) => console.log(failures.length > 0));`;
    assert.equal(installed.node("-e", script).trim(), "true");
  });

  it("publint has nothing to say", async () => {
    const { publint } = await import("publint");
    const { messages } = await publint({ pkgDir: installed.home, pack: false, strict: true });
    assert.deepEqual(messages, []);
  });
});
