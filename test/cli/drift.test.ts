/** The command on states of real programs, deployed by the engine stand-in, against the emulator. */
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { KINDS, oneOfEach } from "../scenarios/kinds";
import { edgeArgs, iefArgs, tasksOf } from "../scenarios/program";
import { SCENARIO_TIMEOUT, taskIdsOf, TestStack } from "../scenarios/support";
import { changesOf, exportTo, reportOf, resourceIn, run, statuses, tokenOf } from "./support";

describe("video-analysis drift", function () {
  this.timeout(SCENARIO_TIMEOUT);
  let stack: TestStack;
  let folder: string;
  let state: string;

  before(async () => {
    stack = await TestStack.open();
    folder = mkdtempSync(path.join(tmpdir(), "video-analysis-drift-"));
    const each = oneOfEach(() => ({ description: "ours", desiredState: "running", waitFor: "running" }));
    await stack.deploy({
      tasks: {
        ...each.tasks,
        ...tasksOf({ crossing: edgeArgs({ description: "ours" }, "north", "south") }).tasks,
        quiet: { args: iefArgs({ description: "ours" }), options: { ignoreChanges: ["description"] } },
      },
    });
    state = exportTo(path.join(folder, "state.json"), stack);
  });
  after(async () => {
    await stack.close();
    rmSync(folder, { recursive: true, force: true });
  });
  beforeEach(() => stack.emulator.clearRequests());

  const idOf = (name: string): string => taskIdsOf(stack.resource(name))[0]!;
  const env = (): Record<string, string> => tokenOf(stack);

  it("finds a stack in sync, with configuration from the state and a token from the environment", async () => {
    const { report, status, stderr } = await reportOf(["--state", state], { env: env() });
    assert.equal(status, 0, stderr);
    const names = [...KINDS.map(({ name }) => name), "crossing", "quiet"];
    assert.deepEqual(statuses(report), Object.fromEntries(names.map((name) => [name, "in-sync"])));
    assert.equal(stderr, "", "a pipe gets no progress bar");
  });

  it("sends nothing but reads, and leaves the state as it is", async () => {
    const before = [readFileSync(state, "utf8"), statSync(state).mtimeMs];
    const tasks = JSON.stringify([stack.emulator.tasks(), stack.emulator.batches()]);
    await reportOf(["--state", state, "--unmanaged"], { env: env() });
    const { requests } = stack.emulator;
    assert.ok(requests.length > 0);
    assert.deepEqual([...new Set(requests.map(({ method }) => method))], ["GET"]);
    assert.deepEqual([readFileSync(state, "utf8"), statSync(state).mtimeMs], before);
    assert.equal(JSON.stringify([stack.emulator.tasks(), stack.emulator.batches()]), tasks);
  });

  it("lists what no resource owns by no more than one list a service", async () => {
    const { calls, tasks } = await (async () => {
      await reportOf(["--state", state], { env: env() });
      const without = stack.emulator.requests.length;
      stack.emulator.clearRequests();
      const { report } = await reportOf(["--state", state, "--unmanaged"], { env: env() });
      return { calls: stack.emulator.requests.length - without, tasks: report.unmanaged?.tasks };
    })();
    assert.deepEqual(tasks, []);
    // Edge, IEF, VIAS and VAS: four lists of one page, less those that the reads had.
    assert.ok(calls <= 4, String(calls));
  });

  it("names a task that the stack lost, by the id that `adopt` takes", async () => {
    const less = path.join(folder, "less.json");
    const exported = stack.exported();
    const resources = exported.deployment.resources!.filter(({ urn }) => !urn.endsWith("::quiet"));
    writeFileSync(less, JSON.stringify({ ...exported, deployment: { ...exported.deployment, resources } }));
    const { report, status } = await reportOf(["--state", less, "--unmanaged"], { env: env() });
    assert.equal(status, 0);
    assert.deepEqual(
      report.unmanaged?.tasks.map(({ type, id }) => ({ type, id })),
      [{ type: "ServiceTask", id: stack.resource("quiet").id }],
    );
    const table = await run(["drift", "--state", less, "--unmanaged"], { env: env() });
    assert.ok(table.stdout.includes(stack.resource("quiet").id!));
  });

  it("tells that credentials are missing, and whose are encrypted", async () => {
    const { report, status } = await reportOf(["--state", state]);
    assert.equal(status, 1);
    for (const resource of report.resources) {
      assert.deepEqual([resource.status, resource.code], ["unreachable", "CONFIGURATION"]);
      assert.match(resource.reason!, /PULUMI_CONFIG_PASSPHRASE/);
    }
  });

  it("opens encrypted credentials with the passphrase, which also comes from a file", async () => {
    const file = path.join(folder, "passphrase");
    writeFileSync(file, "\n");
    for (const given of [{ PULUMI_CONFIG_PASSPHRASE: "" }, { PULUMI_CONFIG_PASSPHRASE_FILE: file }]) {
      const { report, status } = await reportOf(["--state", state], { env: given });
      assert.deepEqual([status, report.summary.inSync], [0, 5]);
    }
    const wrong = await run(["drift", "--state", state], { env: { PULUMI_CONFIG_PASSPHRASE: "wrong" } });
    assert.equal(wrong.status, 1);
    assert.match(wrong.stderr, /CONFIGURATION/);
  });

  it("takes configuration from options before the state's, and a state from the standard input", async () => {
    const endpoints = JSON.stringify({ ...stack.emulator.endpoints, iva: "http://127.0.0.1:1/iva" });
    const args = [
      "--state",
      "-",
      "--config",
      `endpoints=${endpoints}`,
      "--config",
      "video-analysis:maxRetries=0",
    ];
    const { report, status } = await reportOf(args, { env: env(), input: readFileSync(state, "utf8") });
    assert.equal(status, 1);
    assert.deepEqual(
      [resourceIn(report, "job").status, resourceIn(report, "task").status],
      ["unreachable", "in-sync"],
    );
    assert.equal(report.source.name, "standard input");
  });

  it("refuses what it cannot use, with status 1", async () => {
    const broken = path.join(folder, "broken.json");
    writeFileSync(broken, "{}");
    const cases: [string[], RegExp][] = [
      [[], /CONFIGURATION/],
      [["--state", state, "--stack", "dev"], /CONFIGURATION/],
      [["--state", path.join(folder, "missing.json")], /CONFIGURATION/],
      [["--state", broken], /INVALID_STATE/],
      [["--state", state, "--config", "nonsense=1"], /CONFIGURATION/],
      [["--state", state, "--json", state], /CONFIGURATION/],
      [["--state", state, "--json", "--html"], /CONFIGURATION/],
      [["--state", state, "--concurrency", "0"], /concurrency/],
      [["--state", state, "--nonsense"], /nonsense/],
    ];
    for (const [args, message] of cases) {
      const { status, stderr } = await run(["drift", ...args], { env: env() });
      assert.deepEqual([args, status], [args, 1]);
      assert.match(stderr, message);
    }
    assert.deepEqual(JSON.parse(readFileSync(state, "utf8")), JSON.parse(JSON.stringify(stack.exported())));
  });

  it("tells which tasks failed and why, which is no drift", async () => {
    const error = { code: "VIDEO.2", message: "lens cap" };
    for (const { name } of KINDS) stack.emulator.setState(idOf(name), "FAILED", { error });
    stack.emulator.setState(idOf("quiet"), "SUCCEEDED");
    try {
      const { report, status } = await reportOf(["--state", state], { env: env() });
      assert.deepEqual([status, report.summary.inSync, report.summary.failed], [0, 5, KINDS.length]);
      for (const { name } of KINDS) {
        const { failed } = resourceIn(report, name);
        const ids = failed.map(({ id }) => id);
        assert.deepEqual(ids.sort(), [...(stack.resource(name).outputs?.taskIds as string[])].sort());
        assert.ok(failed.every((task) => task.state === "FAILED"));
        // Of a batch, one sub-task that was looked at says why.
        const reasons = failed.flatMap(({ code, message }) =>
          code === undefined ? [] : [{ code, message }],
        );
        assert.deepEqual(reasons, [error]);
      }
      assert.deepEqual(resourceIn(report, "quiet").failed, []);
      const table = await run(["drift", "--state", state], { env: env() });
      assert.equal(table.stdout.match(/ FAILED: VIDEO\.2 lens cap$/gm)?.length, KINDS.length);
    } finally {
      for (const name of [...KINDS.map((kind) => kind.name), "quiet"]) {
        stack.emulator.setState(idOf(name), "RUNNING");
      }
    }
  });

  it("shows a task that somebody stopped as drift of its run state", async () => {
    for (const { name } of KINDS) stack.emulator.setState(idOf(name), "STOPPED");
    stack.emulator.setState(idOf("quiet"), "STOPPED");
    try {
      const { report, status } = await reportOf(["--state", state], { env: env() });
      assert.equal(status, 2);
      for (const { name } of KINDS) {
        assert.deepEqual(changesOf(resourceIn(report, name)), ['desiredState: "running" → "stopped"']);
      }
      assert.equal(resourceIn(report, "quiet").status, "in-sync");
    } finally {
      for (const name of [...KINDS.map((kind) => kind.name), "quiet"]) {
        stack.emulator.setState(idOf(name), "RUNNING");
      }
    }
  });

  describe("after somebody else's changes", () => {
    before(() => {
      const patch = { description: "theirs", output: { dis: { stream_name: "theirs" } } };
      for (const { name, edit } of KINDS) edit(stack.emulator, idOf(name), patch);
      stack.emulator.editTask(idOf("quiet"), { description: "theirs" });
      stack.emulator.removeTask(taskIdsOf(stack.resource("crossing"))[1]!);
    });

    it("reports property, recorded and live, and what a repair would replace", async () => {
      const { report, status } = await reportOf(["--state", state], { env: env() });
      assert.equal(status, 2);
      for (const { name } of KINDS) {
        const resource = resourceIn(report, name);
        assert.equal(resource.status, "changed");
        assert.deepEqual(changesOf(resource), [
          'description: "ours" → "theirs"',
          'output.dis.streamName: "results" → "theirs"',
        ]);
        assert.deepEqual(
          resource.changes.map(({ replaces }) => replaces),
          [name === "task", name === "task"],
        );
      }
      assert.deepEqual(changesOf(resourceIn(report, "crossing")), [
        'input.data[1]: {"url":"rtsp://cameras.example.com/south"} → undefined',
      ]);
    });

    it("does not count what `ignoreChanges` names", async () => {
      const { report } = await reportOf(["--state", state], { env: env() });
      const quiet = resourceIn(report, "quiet");
      assert.deepEqual([quiet.status, quiet.changes], ["in-sync", []]);
      assert.deepEqual(
        quiet.ignored.map(({ path: at, by }) => [at, by]),
        [["description", "ignoreChanges"]],
      );
    });

    it("does not count what the ignore file accepts, until it expires", async () => {
      const file = path.join(folder, "ignore.yaml");
      const rule = (urn: string, property: string, expires: string): string =>
        `  - { urn: "${urn}", property: "${property}", reason: "a trial", expires: ${expires} }\n`;
      const rules = rule("*::task", "description", "2999-12-31") + rule("*::task", "output", "2000-01-01");
      writeFileSync(file, `version: 1\nignore:\n${rules}`);
      const { report } = await reportOf(["--state", state, "--ignore-file", file], { env: env() });
      const task = resourceIn(report, "task");
      assert.deepEqual(changesOf(task), ['output.dis.streamName: "results" → "theirs"']);
      assert.deepEqual(
        task.ignored.map(({ path: at, by, reason }) => [at, by, reason]),
        [["description", "ignore-file", "a trial"]],
      );
      assert.equal(report.warnings.length, 1);
    });

    it("shows a table by default, coloured when asked to, and writes the other formats to files", async () => {
      const files = ["json", "markdown", "html"].map((format) => path.join(folder, `report.${format}`));
      const formats = ["--json", files[0]!, "--markdown", files[1]!, "--html", files[2]!];
      const plain = await run(["drift", "--state", state, ...formats], { env: env() });
      assert.equal(plain.status, 2);
      assert.match(plain.stdout, /^STATUS +RESOURCE +PROPERTY +RECORDED +LIVE$/m);
      assert.match(plain.stdout, /changed +BatchTask batch +description +"ours" +"theirs"/);
      assert.ok(!plain.stdout.includes("\u001b"));
      for (const file of files) assert.match(readFileSync(file, "utf8"), /streamName/);
      const colored = await run(["drift", "--state", state, "--color"], { env: env() });
      assert.ok(colored.stdout.includes("\u001b["));
    });

    it("reports what is gone, and nothing as gone whose service is gone", async () => {
      stack.emulator.removeBatch(idOf("batch"));
      for (const id of taskIdsOf(stack.resource("crossing"))) {
        if (stack.emulator.tasks().some((task) => task.id === id)) stack.emulator.removeTask(id);
      }
      const lost = stack.emulator.services.find(
        (service) => service.id === stack.resource("task").id!.split("/")[0],
      )!;
      stack.emulator.removeService(lost.id);
      const { report, status } = await reportOf(["--state", state], { env: env() });
      assert.equal(status, 2);
      assert.deepEqual(statuses(report), {
        task: "unreachable",
        quiet: "unreachable",
        batch: "gone",
        job: "changed",
        crossing: "gone",
      });
      assert.equal(resourceIn(report, "task").code, "SERVICE_NOT_FOUND");
      stack.emulator.addService(lost);
    });
  });
});
