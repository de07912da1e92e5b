/** Types of the examples that are sound, and tests of their own. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import ts from "typescript";
import { REPOSITORY, SCENARIO_TIMEOUT } from "../../scenarios/support";

const EXAMPLES = path.join(REPOSITORY, "examples");
const TEMPLATE = path.join(REPOSITORY, "templates", "video-analysis-typescript");
const TYPE_CHECK_TIMEOUT = 120_000;

interface Manifest {
  readonly name: string;
  readonly scripts?: Readonly<Record<string, string>>;
  readonly version?: string;
  readonly dependencies: Readonly<Record<string, string>>;
  /** The compiler that the settings of an example need: Pulumi's own knows older ones only. */
  readonly devDependencies: Readonly<Record<string, string>>;
}

const manifestIn = (folder: string): Manifest =>
  JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8")) as Manifest;
const manifestOf = (name: string): Manifest => manifestIn(path.join(EXAMPLES, name));

/** The published versions that an example is for, so that it can be copied anywhere: those of the repository's own minor version. */
const PUBLISHED = `^${manifestIn(REPOSITORY).version?.replace(/\.\d+$/, ".0")}`;

/** Declarations are the same for all examples: they are read once. */
const sources = new Map<string, ts.SourceFile | undefined>();

/** Complaints of the compiler about an example, with the example's own settings. */
function complaints(name: string): string[] {
  const file = path.join(EXAMPLES, name, "tsconfig.json");
  const { config } = ts.readConfigFile(file, (from) => ts.sys.readFile(from)) as { config: unknown };
  const { options, fileNames } = ts.parseJsonConfigFileContent(config, ts.sys, path.dirname(file));
  const host = ts.createCompilerHost({ ...options, noEmit: true });
  const disk = { ...host };
  host.getSourceFile = (source, settings) => {
    if (!sources.has(source)) sources.set(source, disk.getSourceFile(source, settings));
    return sources.get(source);
  };
  const program = ts.createProgram(fileNames, { ...options, noEmit: true }, host);
  return ts
    .getPreEmitDiagnostics(program)
    .map(
      ({ file: from, messageText }) =>
        `${from?.fileName}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`,
    );
}

describe("the examples' own", () => {
  const folders = readdirSync(EXAMPLES);
  /** The others are in languages without one. */
  const names = folders.filter((name) => existsSync(path.join(EXAMPLES, name, "package.json")));

  it("types are sound", function () {
    this.timeout(TYPE_CHECK_TIMEOUT);
    assert.deepEqual(names.flatMap(complaints), []);
  });

  it("manifests and pages are there", () => {
    const template = manifestIn(TEMPLATE);
    for (const name of names) {
      const { name: own, dependencies, devDependencies } = manifestOf(name);
      assert.deepEqual([own, dependencies["pulumi-video-analysis"]], [name, PUBLISHED]);
      assert.deepEqual(devDependencies, template.devDependencies, name);
    }
    assert.equal(template.dependencies["pulumi-video-analysis"], PUBLISHED);
    for (const name of folders) {
      assert.match(readFileSync(path.join(EXAMPLES, name, "README.md"), "utf8"), /^# /);
      assert.ok(readFileSync(path.join(EXAMPLES, name, "Pulumi.yaml"), "utf8").includes(`name: ${name}\n`));
    }
  });

  for (const name of names.filter((example) => manifestOf(example).scripts?.["test"] !== undefined)) {
    it(`tests pass: ${name}`, function () {
      this.timeout(SCENARIO_TIMEOUT);
      const scratch = mkdtempSync(path.join(tmpdir(), "video-analysis-example-"));
      try {
        cpSync(path.join(EXAMPLES, name), scratch, { recursive: true });
        symlinkSync(path.join(REPOSITORY, "node_modules"), path.join(scratch, "node_modules"));
        const bin = path.join(REPOSITORY, "node_modules", ".bin");
        const { status, stdout, stderr } = spawnSync("npm", ["test"], {
          cwd: scratch,
          encoding: "utf8",
          env: { ...process.env, PATH: `${bin}${path.delimiter}${process.env["PATH"] ?? ""}` },
        });
        assert.equal(status, 0, stdout + stderr);
        assert.match(stdout, /\bfail 0$/m);
      } finally {
        rmSync(scratch, { recursive: true, force: true });
      }
    });
  }
});
