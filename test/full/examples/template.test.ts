/** The template for `pulumi new`: what it makes compiles, runs and goes away without a trace. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import ts from "typescript";
import { parse } from "yaml";
import { findCli } from "../../../tools/stack/cli";
import { CONFIGURATION, type ConfigurationKeyInfo } from "../../../provider/services/configuration";
import { DEFAULT_ACCESS_KEY } from "../../../testkit/emulator";
import { EDGE } from "../../scenarios/program";
import { REPOSITORY, SCENARIO_TIMEOUT, succeeded, TestStack } from "../../scenarios/support";

const TEMPLATE = path.join(REPOSITORY, "templates", "video-analysis-typescript");
const PROJECT = "entrance-watch";
const DESCRIPTION = "The entrance, day and night";

interface Question {
  readonly description: string;
  readonly default?: string;
  readonly secret?: boolean;
}
interface Template {
  readonly template: { readonly description: string; readonly config: Readonly<Record<string, Question>> };
}

const { template } = parse(readFileSync(path.join(TEMPLATE, "Pulumi.yaml"), "utf8")) as Template;

/** Fills the placeholders in, as `pulumi new` does, which also takes the section `template` out. */
function generate(target: string): void {
  cpSync(TEMPLATE, target, { recursive: true });
  for (const name of readdirSync(target)) {
    const file = path.join(target, name);
    const text = readFileSync(file, "utf8");
    writeFileSync(file, text.replaceAll("${PROJECT}", PROJECT).replaceAll("${DESCRIPTION}", DESCRIPTION));
  }
}

function complaints(project: string): string[] {
  const file = path.join(project, "tsconfig.json");
  const { config } = ts.readConfigFile(file, (from) => ts.sys.readFile(from)) as { config: unknown };
  const { options, fileNames } = ts.parseJsonConfigFileContent(config, ts.sys, project);
  return ts
    .getPreEmitDiagnostics(ts.createProgram(fileNames, options))
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
}

describe("the template for pulumi new", function () {
  this.timeout(SCENARIO_TIMEOUT);
  let project = "";
  before(() => {
    project = mkdtempSync(path.join(tmpdir(), "video-analysis-template-"));
    generate(project);
    symlinkSync(path.join(REPOSITORY, "node_modules"), path.join(project, "node_modules"));
  });
  after(() => rmSync(project, { recursive: true, force: true }));

  it("asks for what the program and the package know, and keeps secret what is", () => {
    const program = readFileSync(path.join(TEMPLATE, "index.ts"), "utf8");
    const known: Readonly<Record<string, ConfigurationKeyInfo>> = CONFIGURATION;
    for (const [key, { description, secret = false }] of Object.entries(template.config)) {
      assert.ok(description.length > 0);
      const own = /^video-analysis:(.*)$/.exec(key)?.[1];
      if (own === undefined) assert.ok(program.includes(`config.require("${key}")`), key);
      else assert.equal(secret, known[own]?.secret ?? false, key);
    }
    for (const [, key = ""] of program.matchAll(/config\.require\("(\w+)"\)/g)) {
      assert.ok(key in template.config, key);
    }
  });

  it("uses the package in the version that it comes with", () => {
    const read = (folder: string) =>
      JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8")) as {
        version: string;
        dependencies: Record<string, string>;
        peerDependencies: Record<string, string>;
      };
    const { version, peerDependencies } = read(REPOSITORY);
    const { dependencies } = read(TEMPLATE);
    assert.equal(dependencies["pulumi-video-analysis"], `^${version}`);
    const [, least = ""] = /^>=([\d.]+)/.exec(peerDependencies["@pulumi/pulumi"] ?? "") ?? [];
    assert.ok(dependencies["@pulumi/pulumi"]?.startsWith(`^${least}`));
  });

  it("makes a project that compiles and lives", async () => {
    assert.deepEqual(complaints(project), []);
    const stack = await TestStack.open({}, { workDir: project, entry: ".", project: PROJECT });
    try {
      stack.env = { PULUMI_NODEJS_TRANSPILE_ONLY: "true" };
      stack.secretConfig = {
        "video-analysis:accessKey": DEFAULT_ACCESS_KEY.accessKey,
        "video-analysis:secretKey": DEFAULT_ACCESS_KEY.secretKey,
      };
      const answers = Object.entries(template.config).flatMap(([key, question]) =>
        key.includes(":") ? [] : [[`${PROJECT}:${key}`, question.default ?? EDGE]],
      );
      stack.config = { ...stack.config, ...(Object.fromEntries(answers) as Record<string, string>) };
      const { outputs } = succeeded(await stack.up());
      assert.deepEqual(
        stack.emulator.tasks().map(({ id }) => id),
        [outputs["taskId"]],
      );
      succeeded(await stack.destroy());
      assert.deepEqual(stack.emulator.tasks(), []);
    } finally {
      await stack.close();
    }
  });

  it("is taken by the Pulumi CLI on the PATH, which makes the same of it", function () {
    if (findCli() === undefined) this.skip();
    const scratch = mkdtempSync(path.join(tmpdir(), "video-analysis-new-"));
    try {
      const made = path.join(scratch, PROJECT);
      const args = [
        "--generate-only",
        "--yes",
        "--name",
        PROJECT,
        "--description",
        DESCRIPTION,
        "--dir",
        made,
      ];
      const { status, stdout, stderr } = spawnSync("pulumi", ["new", TEMPLATE, ...args], {
        encoding: "utf8",
        env: {
          ...process.env,
          PULUMI_HOME: path.join(scratch, "home"),
          PULUMI_BACKEND_URL: `file://${scratch}`,
          PULUMI_SKIP_UPDATE_CHECK: "true",
        },
      });
      assert.equal(status, 0, stdout + stderr);
      for (const name of ["index.ts", "package.json", "tsconfig.json", "README.md"]) {
        const text = readFileSync(path.join(made, name), "utf8");
        assert.equal(text, readFileSync(path.join(project, name), "utf8"), name);
        assert.ok(!text.includes("${"), name);
      }
      const { name, description } = parse(readFileSync(path.join(made, "Pulumi.yaml"), "utf8")) as Record<
        string,
        unknown
      >;
      assert.deepEqual([name, description], [PROJECT, DESCRIPTION]);
    } finally {
      rmSync(scratch, { recursive: true, force: true });
    }
  });
});
