import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { findRuntime } from "../../sdk/runtime-check";
import { VERSION } from "../../sdk/package-info";
import { REPOSITORY } from "./support";

const SDK = path.join(REPOSITORY, "dist", "sdk");

/** A program that declares one task, as Pulumi would run it but for the engine. */
const PROGRAM = `
  const va = require(${JSON.stringify(SDK)});
  try {
    new va.ServiceTask("camera", { serviceId: "s", input: { type: "url", data: [] }, output: {} });
    console.log("passed");
  } catch (error) {
    console.log(error.code, error.message);
  }
  process.exit(0);
`;

describe("the check for the runtime", () => {
  let directory: string;
  beforeEach(() => {
    directory = realpathSync(mkdtempSync(path.join(tmpdir(), "program-")));
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  /** Installs a stand-in of the package. */
  function install(manifest: Record<string, unknown>): void {
    const target = path.join(directory, "node_modules", "pulumi-video-analysis");
    mkdirSync(target, { recursive: true });
    writeFileSync(path.join(target, "package.json"), JSON.stringify(manifest));
    writeFileSync(path.join(target, "runtime.js"), "");
  }
  const manifest = (version: string) => ({
    name: "pulumi-video-analysis",
    version,
    exports: { "./runtime": "./runtime.js", "./package.json": "./package.json" },
  });
  function run(script: string): { stdout: string; stderr: string } {
    return spawnSync(process.execPath, ["-e", script], { cwd: directory, encoding: "utf8" });
  }

  it("finds an installed runtime and its version", () => {
    install(manifest("0.0.1"));
    assert.deepEqual(findRuntime(directory), { found: true, version: "0.0.1" });
    const below = path.join(directory, "infra", "prod");
    mkdirSync(below, { recursive: true });
    assert.deepEqual(findRuntime(below), { found: true, version: "0.0.1" });
  });

  it("finds none where the package is missing or has no runtime", () => {
    assert.deepEqual(findRuntime(directory), { found: false });
    install({ name: "pulumi-video-analysis", version: "9.0.0", exports: { ".": "./runtime.js" } });
    assert.deepEqual(findRuntime(directory), { found: false });
  });

  it("knows its own version", () => {
    const manifest = JSON.parse(readFileSync(path.join(REPOSITORY, "package.json"), "utf8")) as {
      version: string;
    };
    assert.equal(VERSION, manifest.version);
  });

  it("refuses the program where the provider process would find none", () => {
    const { stdout } = run(PROGRAM);
    assert.match(stdout, /^RUNTIME_NOT_FOUND /);
    assert.ok(stdout.includes(directory));
    assert.ok(stdout.includes("npm install pulumi-video-analysis"));
    assert.ok(stdout.includes("pnpm add pulumi-video-analysis"));
  });

  it("refuses a program under yarn's Plug'n'Play, which would find the runtime here and not there", () => {
    install(manifest(VERSION));
    // What yarn's preload does to a process.
    const { stdout } = run(`process.versions.pnp = "3"; ${PROGRAM}`);
    assert.match(stdout, /^RUNTIME_UNSUPPORTED /);
    assert.ok(stdout.includes("nodeLinker: node-modules"));
  });

  it("warns of another version, once", () => {
    install(manifest("0.0.1"));
    const { stderr } = run(PROGRAM.replace("new va.", "for (const _ of [1, 2]) new va."));
    assert.equal(stderr.match(/will load 0\.0\.1/g)?.length, 1, stderr);
  });

  it("is silent where the versions agree", () => {
    install(manifest(VERSION));
    const { stdout, stderr } = run(PROGRAM);
    assert.doesNotMatch(stdout + stderr, /RUNTIME_NOT_FOUND|will load/);
  });

  it("does not stand in the way of unit tests with mocks", () => {
    const mocks = `{ call: () => ({}), newResource: (args) => ({ id: "x", state: args.inputs }) }`;
    const pulumi = JSON.stringify(path.join(REPOSITORY, "node_modules", "@pulumi", "pulumi"));
    const { stdout } = run(`require(${pulumi}).runtime.setMocks(${mocks}).then(() => {${PROGRAM}});`);
    assert.equal(stdout.trim(), "passed");
  });

  it("only warns in an inline program of the automation API, whose directory says nothing", () => {
    const pulumi = JSON.stringify(path.join(REPOSITORY, "node_modules", "@pulumi", "pulumi"));
    // A monitor address without the variable of the program runner is how inline programs see the engine.
    const { stdout, stderr } = run(
      `require(${pulumi}).runtime.resetOptions("p", "s", 1, "", "127.0.0.1:1", false, "o");` +
        `process.on("unhandledRejection", () => undefined); ${PROGRAM}`,
    );
    assert.equal(stdout.trim(), "passed");
    assert.match(stderr, /runs inline/);
  });
});
