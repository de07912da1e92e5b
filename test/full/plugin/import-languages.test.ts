/** `video-analysis import --language`, and what `pulumi import` makes of its file by the provider plugin. */
import assert from "node:assert/strict";
import { execFile, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { promisify } from "node:util";
import { parse, stringify } from "yaml";
import { findCli } from "../../../tools/stack/cli";
import { runImport } from "../../cli/importing";
import { IEF, iefArgs } from "../../scenarios/program";
import { configurationFor, REPOSITORY, SCENARIO_TIMEOUT, TestStack, writesOf } from "../../scenarios/support";

const run = promisify(execFile);
const PLUGIN = path.join(REPOSITORY, "dist", "plugin");

/** The text by which a program declares the task. */
const DECLARATIONS = {
  yaml: /type: video-analysis:ServiceTask/,
  python: /video_analysis\.ServiceTask\("gate"/,
  go: /videoanalysis\.NewServiceTask\(ctx, "gate"/,
} as const;

const FILES = { yaml: "imported-tasks.yaml", python: "imported_tasks.py", go: "imported_tasks.go" } as const;

const has = (command: string): boolean => spawnSync("which", [command]).status === 0;

describe("import in other languages", function () {
  this.timeout(SCENARIO_TIMEOUT);

  let maker: TestStack;
  before(async () => {
    maker = await TestStack.open();
    await maker.deploy({ tasks: { gate: { args: iefArgs({ name: "gate" }) } } });
  });
  after(() => maker.close());

  for (const [language, declaration] of Object.entries(DECLARATIONS)) {
    it(`${language}: pulumi import writes the program, on a CLI with the language's host`, async function () {
      if (findCli() === undefined || !has(`pulumi-language-${language}`)) this.skip();
      const folder = mkdtempSync(path.join(tmpdir(), `video-analysis-import-${language}-`));
      try {
        const project = {
          name: "imported",
          runtime: language,
          plugins: { providers: [{ name: "video-analysis", path: PLUGIN }] },
        };
        writeFileSync(path.join(folder, "Pulumi.yaml"), stringify(project));
        const env = {
          ...process.env,
          PULUMI_HOME: path.join(folder, "home"),
          PULUMI_BACKEND_URL: `file://${folder}`,
          PULUMI_CONFIG_PASSPHRASE: "",
          PULUMI_SKIP_UPDATE_CHECK: "true",
        };
        const pulumi = (...words: string[]) => run("pulumi", words, { cwd: folder, env });
        await pulumi("stack", "init", "dev");
        for (const [key, value] of Object.entries(configurationFor(maker.emulator))) {
          await pulumi("config", "set", key, value);
        }
        await pulumi("config", "set", "--secret", "video-analysis:token", maker.emulator.token);
        maker.emulator.clearRequests();
        const written = await runImport(folder, maker.emulator, [
          "--service",
          IEF,
          "--platform",
          "ief",
          "--language",
          language,
        ]);
        assert.equal(written.status, 0, written.stderr);
        const file = FILES[language as keyof typeof FILES];
        await pulumi("import", "--file", "import.json", "--out", file, "--protect=false", "--yes");
        const program = readFileSync(path.join(folder, file), "utf8");
        assert.match(program, declaration);
        if (language === "yaml") {
          writeFileSync(path.join(folder, "Pulumi.yaml"), stringify({ ...project, ...parse(program) }));
          await pulumi("preview", "--expect-no-changes");
        }
        assert.deepEqual(writesOf(maker.emulator), []);
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    });
  }
});
