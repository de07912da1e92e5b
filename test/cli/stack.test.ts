/** `--stack` of drift and doctor, where a Pulumi CLI is on the PATH. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { findCli, openCli } from "../../tools/stack/cli";
import { type Emulator, startEmulator } from "../../testkit/emulator";
import { iefArgs, jobArgs } from "../scenarios/program";
import { configurationFor, SCENARIO_TIMEOUT } from "../scenarios/support";
import { diagnose } from "./doctor/support";
import { changesOf, reportOf, resourceIn, run, start } from "./support";

const cli = findCli();

describe("video-analysis drift --stack", function () {
  this.timeout(SCENARIO_TIMEOUT);

  it("says what is missing where the CLI does not know the stack, or is not there", async () => {
    const cwd = mkdtempSync(path.join(tmpdir(), "video-analysis-stack-"));
    const env = { PATH: cwd, PULUMI_HOME: cwd, PULUMI_BACKEND_URL: `file://${cwd}` };
    const { status, stderr } = await run(["drift", "--stack", "nobody", "--cwd", cwd], { env });
    rmSync(cwd, { recursive: true, force: true });
    assert.equal(status, 1);
    assert.match(stderr, /CONFIGURATION.*--state/s);
  });

  (cli === undefined ? describe.skip : describe)("on the Pulumi CLI", () => {
    let emulator: Emulator;
    let scratch: string;
    let env: Record<string, string>;

    before(async () => {
      emulator = await startEmulator();
      scratch = mkdtempSync(path.join(tmpdir(), "video-analysis-stack-"));
      const program = path.join(scratch, "source");
      mkdirSync(program);
      writeFileSync(path.join(program, "Pulumi.yaml"), "name: watched\nruntime: nodejs\nmain: index.js\n");
      const args = JSON.stringify(iefArgs({ description: "ours" }));
      writeFileSync(
        path.join(program, "index.js"),
        `const va = require("pulumi-video-analysis");\nnew va.ServiceTask("watched", ${args});\n` +
          `new va.VideoAnalysisJob("archived", ${JSON.stringify(jobArgs())});\n`,
      );
      const stack = await openCli(cli ?? "", {
        program,
        project: "watched",
        scratch,
        env: {},
        config: configurationFor(emulator),
        secretConfig: { "video-analysis:token": emulator.token },
        onStep: () => undefined,
      });
      const result = await stack.up();
      assert.ok(result.ok, result.errors.join("\n"));
      env = {
        PULUMI_BACKEND_URL: `file://${path.join(scratch, "backend")}`,
        PULUMI_HOME: path.join(scratch, "home"),
        PULUMI_CONFIG_PASSPHRASE: "quickstart",
        PULUMI_SKIP_UPDATE_CHECK: "true",
      };
    });
    after(async () => {
      await emulator.close();
      rmSync(scratch, { recursive: true, force: true });
    });

    it("reads state and configuration through the CLI, and changes neither them nor the service", async () => {
      const file = path.join(scratch, "backend", ".pulumi", "stacks", "watched", "dev.json");
      const before = readFileSync(file, "utf8");
      emulator.clearRequests();
      const args = ["--stack", "dev", "--cwd", path.join(scratch, "program")];
      const { report, status, stderr } = await reportOf(args, { env });
      assert.equal(status, 0, stderr);
      assert.deepEqual(report.source, { kind: "stack", name: "dev" });
      const task = emulator.tasks().find(({ name }) => name.startsWith("watched-"));
      emulator.editTask(task?.id ?? "", { description: "theirs" });
      const drifted = await reportOf(args, { env });
      assert.equal(drifted.status, 2);
      assert.deepEqual(changesOf(resourceIn(drifted.report, "watched")), ['description: "ours" → "theirs"']);
      assert.deepEqual([...new Set(emulator.requests.map(({ method }) => method))], ["GET"]);
      assert.equal(readFileSync(file, "utf8"), before);
    });

    it("says of the passphrase that is missing or wrong, and what stacks share once", async () => {
      const cwd = ["--cwd", path.join(scratch, "program")];
      const without = Object.entries(env).filter(([key]) => key !== "PULUMI_CONFIG_PASSPHRASE");
      for (const given of [Object.fromEntries(without), { ...env, PULUMI_CONFIG_PASSPHRASE: "wrong" }]) {
        const { status, stderr } = await run(["drift", "--stack", "dev", ...cwd], { env: given });
        assert.equal(status, 1);
        assert.match(
          stderr,
          /^video-analysis: CONFIGURATION: [^.]*passphrase[^.]*\. Set PULUMI_CONFIG_PASSPHRASE [^.]*\.\s*$/,
        );
      }
      const stacks = ["--all-stacks", "dev,gone,lost", ...cwd];
      const { report } = await reportOf(stacks, { env });
      assert.equal(report.warnings.length, 1, report.warnings.join("\n"));
      assert.match(report.warnings[0] ?? "", /^stacks gone, lost could not be compared: CONFIGURATION/);
      const elsewhere = {
        ...env,
        PULUMI_BACKEND_URL: `file://${mkdtempSync(path.join(scratch, "backend-"))}`,
      };
      const none = await run(["drift", "--all-stacks", ...cwd], { env: elsewhere });
      assert.equal(none.status, 1);
      assert.match(none.stderr, /CONFIGURATION: --all-stacks found no stack/);
    });

    it("takes the selected stack where none is named", async () => {
      emulator.clearRequests();
      const cwd = ["--cwd", path.join(scratch, "program")];
      const named = await reportOf([...cwd, "--stack", "dev"], { env });
      const { report } = await reportOf(cwd, { env });
      assert.deepEqual([report.source, report.status], [named.report.source, named.report.status]);
      const listed = await run(["ls", "--json", ...cwd], { env });
      const types = (JSON.parse(listed.stdout) as { type: string }[]).map(({ type }) => type);
      assert.deepEqual(types.sort(), ["ServiceTask", "VideoAnalysisJob"], listed.stderr);
      assert.equal((await diagnose(cwd, { env })).checks.stack.status, "ok");
      const none = await run(["drift", ...cwd], { env: { ...env, PULUMI_HOME: scratch } });
      assert.match(none.stderr, /CONFIGURATION: no stack/);
    });

    it("gets the configuration of an emulator from it, so that doctor finds all in order", async () => {
      const cwd = path.join(scratch, "program");
      const file = path.join(cwd, "Pulumi.dev.yaml");
      const before = readFileSync(file, "utf8");
      const started = start(["emulator", "--configure", "dev", "--cwd", cwd, "--json"], { env });
      try {
        const [line] = (await once(started.stdout!, "data")) as [Buffer];
        const { url, token } = JSON.parse(line.toString()) as { url: string; token: string };
        const text = readFileSync(file, "utf8");
        assert.ok(text.includes(url) && text.includes("watched:serviceId") && !text.includes(token));
        const { checks } = await diagnose(["--stack", "dev", "--cwd", cwd], { env });
        assert.deepEqual([checks.authentication.status, checks.project.status], ["ok", "ok"]);
      } finally {
        started.kill("SIGTERM");
        await once(started, "exit");
        writeFileSync(file, before);
      }
    });

    it("shows doctor the configuration, the secrets and the services of the stack", async () => {
      emulator.clearRequests();
      const args = ["--stack", "dev", "--cwd", path.join(scratch, "program")];
      const found = await diagnose(args, { env });
      assert.equal(found.status, 0, found.stdout);
      for (const id of ["pulumi-cli", "stack", "authentication", "project", "service-modelarts"] as const) {
        assert.equal(found.checks[id].status, "ok", `${id}: ${found.checks[id].detail}`);
      }
      assert.match(found.checks["service-modelarts"].detail, /: 1 task$/);
      assert.deepEqual([...new Set(emulator.requests.map(({ method }) => method))], ["GET"]);
      assert.ok(!found.stdout.includes(emulator.token));
    });
  });
});
