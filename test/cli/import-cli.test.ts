/** `video-analysis import` and the real `pulumi import`, where a CLI that knows import files is on the PATH. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { findCli, hasImportFiles, openCli } from "../../tools/stack/cli";
import type { RunResult, Stack } from "../../tools/stack/stack";
import { batchArgs, IEF, iefArgs, jobArgs } from "../scenarios/program";
import { configurationFor, SCENARIO_TIMEOUT, TestStack, writesOf } from "../scenarios/support";
import { PROGRAM, PROJECT, projectFolder, secretKeysIn } from "./importing";
import { run } from "./support";

const found = findCli();
const cli = found !== undefined && hasImportFiles(found) ? found : undefined;

/** By the end of the keys that the command asks to set. */
const SECRETS: Readonly<Record<string, string>> = {
  Url: "rtsp://admin:canary-url@cameras.example.com/gate",
  Password: "canary-password",
};

(cli === undefined ? describe.skip : describe)(
  "import files on the Pulumi CLI (3.254 or newer)",
  function () {
    this.timeout(SCENARIO_TIMEOUT);
    let maker: TestStack;
    let scratch: string;
    let folder: string;
    let stack: Stack;
    let env: Record<string, string>;

    before(async () => {
      maker = await TestStack.open();
      const vcn = { ip: "192.0.2.1", port: 8000, username: "reader", password: SECRETS["Password"] ?? "" };
      await maker.deploy({
        tasks: {
          gate: {
            args: iefArgs({ name: "gate", input: { type: "url", data: [{ url: SECRETS["Url"] ?? "" }] } }),
          },
          vcn: {
            args: iefArgs({ name: "vcn", input: { type: "vcn", data: [{ deviceId: "device-1" }], vcn } }),
          },
          job: { type: "VideoAnalysisJob", args: jobArgs({ name: "yard" }) },
          batch: { type: "BatchTask", args: batchArgs({ name: "site", description: "by hand" }) },
          other: { type: "BatchTask", args: batchArgs({ name: "other" }, "south") },
        },
      });
      scratch = mkdtempSync(path.join(tmpdir(), "video-analysis-import-"));
      stack = await openCli(cli ?? "", {
        program: projectFolder(),
        project: PROJECT,
        scratch,
        env: {},
        config: configurationFor(maker.emulator),
        secretConfig: { "video-analysis:token": maker.emulator.token },
        onStep: () => undefined,
      });
      folder = path.join(scratch, "program");
      env = {
        PULUMI_BACKEND_URL: `file://${path.join(scratch, "backend")}`,
        PULUMI_HOME: path.join(scratch, "home"),
        PULUMI_CONFIG_PASSPHRASE: "quickstart",
        PULUMI_SKIP_UPDATE_CHECK: "true",
        PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
      };
      maker.emulator.clearRequests();
    });
    after(async () => {
      await maker.close();
      rmSync(scratch, { recursive: true, force: true });
    });

    /** The command with the stack's own configuration, read through the CLI. */
    async function importing(...args: string[]): Promise<{ status: number | null; stdout: string }> {
      const { status, stdout, stderr } = await run(["import", "--stack", "dev", ...args], {
        cwd: folder,
        env,
      });
      assert.equal(stderr, "");
      return { status, stdout };
    }

    /** Runs the line that the command printed. The emulator is in this process: nothing may call it meanwhile. */
    function pulumi(line: string, ...more: string[]): string {
      const words = [...line.split(" "), ...more, "--non-interactive"];
      const { status, stdout, stderr } = spawnSync("pulumi", words, {
        cwd: folder,
        env: { ...process.env, ...env },
        encoding: "utf8",
      });
      assert.equal(status, 0, stdout + stderr);
      return stdout + stderr;
    }

    const lineOf = (stdout: string, start: string): string => {
      const line = stdout.split("\n").find((text) => text.trim().startsWith(`pulumi ${start}`));
      assert.ok(line !== undefined, `the command names pulumi ${start}`);
      return line.trim().slice("pulumi ".length);
    };

    const opsIn = (result: RunResult): string[] => {
      assert.ok(result.ok, result.errors.join("\n"));
      return result.steps.map(({ op, name }) => `${op} ${name}`).sort();
    };

    const stateText = (): string =>
      readFileSync(path.join(scratch, "backend", ".pulumi", "stacks", PROJECT, "dev.json"), "utf8");

    const assertClean = (): void => {
      for (const canary of Object.values(SECRETS)) assert.ok(!stateText().includes(canary));
      assert.deepEqual(writesOf(maker.emulator), []);
    };

    it("brings tasks of all three resources in; nothing is left to do, and no secret is plain", async () => {
      const batch = maker.resource("batch").id ?? "";
      const { serviceName, serviceVersion, batchInput } = batchArgs();
      const vcn = `${IEF}/${maker.taskIds("vcn")[0] ?? ""}`;
      const values = {
        [batch]: { serviceName, serviceVersion, batchInput, isSavedAsTemplate: false },
        [vcn]: { input: { vcn: { password: SECRETS["Password"] } } },
      };
      writeFileSync(path.join(folder, "values.json"), JSON.stringify(values));
      const selection = ["--service", IEF, "--service-name", "video-analyze", "--id", batch];
      const { status, stdout } = await importing(
        ...selection,
        "--platform",
        "ief",
        "--values",
        "values.json",
        "--set-secrets",
      );
      assert.equal(status, 0, stdout);
      assert.deepEqual(secretKeysIn(stdout), []);
      const told = pulumi(lineOf(stdout, "import"), "--yes");
      assert.ok(!told.includes("warning"), told);
      const names = ["gate", "site", "vcn", "yard"];
      assertClean();
      assert.deepEqual(
        opsIn(await stack.preview()),
        names.map((name) => `same ${name}`),
      );
      assert.deepEqual(
        opsIn(await stack.up()),
        names.map((name) => `same ${name}`),
      );
      assertClean();
      assert.deepEqual(
        opsIn(await stack.refresh()),
        names.map((name) => `refresh-same ${name}`),
      );
      assert.deepEqual(
        opsIn(await stack.up()),
        names.map((name) => `same ${name}`),
      );
      assertClean();
    });

    it("leaves out what the stack has; what is corrected afterwards is recorded and not sent", async () => {
      const files = ["--out-file", "rest.json", "--program", "rest-tasks.ts"];
      const { status, stdout } = await importing("--batches", ...files);
      assert.equal(status, 3, stdout);
      assert.match(stdout, /BatchTask other/);
      assert.doesNotMatch(stdout, /BatchTask site/);
      pulumi(lineOf(stdout, "import"), "--yes");
      const rest = path.join(folder, "rest-tasks.ts");
      writeFileSync(rest, readFileSync(rest, "utf8").replace('"fire-smoke"', '"fire-smoke-2"'));
      appendFileSync(path.join(folder, PROGRAM), 'import "./rest-tasks";\n');
      const ops = opsIn(await stack.up());
      assert.deepEqual(
        ops.filter((op) => !op.startsWith("same ")),
        ["update other"],
      );
      assert.ok(opsIn(await stack.refresh()).every((op) => op.startsWith("refresh-same ")));
      assert.ok(opsIn(await stack.up()).every((op) => op.startsWith("same ")));
      assertClean();
    });

    it("is undone by taking the resource out of the state, which the task outlives", async () => {
      const urn = `urn:pulumi:dev::${PROJECT}::pulumi-nodejs:dynamic/video-analysis:VideoAnalysisJob::yard`;
      pulumi(`state delete ${urn} --force --yes --stack dev`);
      assert.ok(!stateText().includes(urn));
      assertClean();
      assert.ok(maker.emulator.tasks().some(({ name }) => name === "yard"));
      const { status, stdout } = await importing("--service-name", "video-analyze", "--force");
      assert.equal(status, 0, stdout);
    });
  },
);
