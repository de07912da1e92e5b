/** SDKs that the Pulumi CLI generates from the package schema compile in their languages. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
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
});
