/** SDKs that the Pulumi CLI generates from the package schema compile in their languages. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { RESOURCES } from "../../../provider/services";
import type { Lookup } from "../../../provider/services/lookups/lookup";
import { LOOKUPS } from "../../../provider/services/lookups/registry";
import type { Resource } from "../../../provider/services/resource";
import { lookupPrograms, resourcePrograms } from "../../../tools/examples/programs";
import { readManifest } from "../../../tools/package-schema/manifest";
import { packageSchemaText } from "../../../tools/package-schema/package-schema";
import { findCli } from "../../../tools/stack/cli";

const MODULES = path.resolve(__dirname, "../../../../node_modules");

interface Language {
  readonly name: string;
  /** What has to be on the PATH: the language's host, which generates, and its tools. */
  readonly needs: readonly string[];
  /** Compiles in the folder of the SDK. */
  readonly compile: readonly string[];
}

const LANGUAGES: readonly Language[] = [
  {
    name: "nodejs",
    needs: ["pulumi-language-nodejs"],
    compile: [process.execPath, path.join(MODULES, "typescript/bin/tsc"), "--noEmit", "-p", "."],
  },
  {
    name: "python",
    needs: ["pulumi-language-python", "python3"],
    compile: ["python3", "-W", "error", "-m", "compileall", "-q", "pulumi_video_analysis"],
  },
  { name: "go", needs: ["pulumi-language-go", "go"], compile: ["go", "build", "-mod=mod", "./..."] },
];

/** Runs a program of the SDK against mocks: a wrong name of a class or an argument ends it. */
const PYTHON_MOCKS = `
import sys, pulumi
class Mocks(pulumi.runtime.Mocks):
    def new_resource(self, args): return [args.name, args.inputs]
    def call(self, args): return {"entries": []}
pulumi.runtime.set_mocks(Mocks())
sys.path.insert(0, ".")
for program in sys.argv[1:]:
    exec(compile(open(program).read(), program, "exec"), {})
`;

const isOnPath = (command: string): boolean => spawnSync("which", [command]).status === 0;

function run([command = "", ...args]: readonly string[], cwd: string): void {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: "utf8" });
  assert.equal(status, 0, `${command} ${args.join(" ")}\n${stdout}${stderr}`);
}

describe("an SDK that `pulumi package gen-sdk` makes of the package schema", function () {
  // Go compiles Pulumi's own SDK too.
  this.timeout(600_000);

  let folder: string;
  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), "generated-sdks-"));
    writeFileSync(path.join(folder, "schema.json"), packageSchemaText(readManifest()));
  });
  after(() => rmSync(folder, { recursive: true }));

  for (const { name, needs, compile } of LANGUAGES) {
    it(`compiles in ${name}, where a CLI is on the PATH with ${needs.join(" and ")}`, function () {
      if (findCli() === undefined || !needs.every(isOnPath)) this.skip();
      run(["pulumi", "package", "gen-sdk", "schema.json", "--language", name, "--out", "."], folder);
      const sdk = path.join(folder, name);
      if (name === "nodejs") symlinkSync(MODULES, path.join(sdk, "node_modules"));
      run(compile, sdk);
    });
  }

  it("has the classes and arguments of the examples, where a CLI and Python's pulumi are there", function () {
    if (findCli() === undefined || spawnSync("python3", ["-c", "import pulumi, parver, semver"]).status !== 0)
      this.skip();
    run(["pulumi", "package", "gen-sdk", "schema.json", "--language", "python", "--out", "."], folder);
    const sdk = path.join(folder, "python");
    // The SDK asks for its own version, which only an installed package has.
    run(["python3", "-m", "pip", "install", "--quiet", "--no-deps", "--target", "packages", sdk], folder);
    const examples = [
      ...Object.values<Resource>(RESOURCES).map(resourcePrograms),
      ...Object.entries<Lookup>(LOOKUPS).map(([name, lookup]) => lookupPrograms(name, lookup)),
    ].map((programs) => programs.find(({ language }) => language === "python")?.text ?? "");
    const files = examples.map((text, index) => {
      writeFileSync(path.join(folder, "packages", `example_${index}.py`), text);
      return `example_${index}.py`;
    });
    run(["python3", "-c", PYTHON_MOCKS, ...files], path.join(folder, "packages"));
  });
});
