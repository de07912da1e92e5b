/** The command on the state of a real program, deployed by the engine stand-in, against the emulator. */
import assert from "node:assert/strict";
import { readFileSync, statSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { KINDS } from "../scenarios/kinds";
import { SCENARIO_TIMEOUT } from "../scenarios/support";
import { driftHarness } from "./drift-harness";
import { changesOf, reportOf, resourceIn, run, statuses } from "./support";

describe("video-analysis drift", function () {
  this.timeout(SCENARIO_TIMEOUT);
  const harness = driftHarness();

  it("finds a stack in sync, with configuration from the state and a token from the environment", async () => {
    const { report, status, stderr } = await reportOf(["--state", harness.state], { env: harness.env() });
    assert.equal(status, 0, stderr);
    const names = [...KINDS.map(({ name }) => name), "crossing", "quiet"];
    assert.deepEqual(statuses(report), Object.fromEntries(names.map((name) => [name, "in-sync"])));
    assert.equal(stderr, "", "a pipe gets no progress bar");
  });

  it("sends nothing but reads, and leaves the state as it is", async () => {
    const before = [readFileSync(harness.state, "utf8"), statSync(harness.state).mtimeMs];
    const tasks = JSON.stringify([harness.stack.emulator.tasks(), harness.stack.emulator.batches()]);
    await reportOf(["--state", harness.state, "--unmanaged"], { env: harness.env() });
    const { requests } = harness.stack.emulator;
    assert.ok(requests.length > 0);
    assert.deepEqual([...new Set(requests.map(({ method }) => method))], ["GET"]);
    assert.deepEqual([readFileSync(harness.state, "utf8"), statSync(harness.state).mtimeMs], before);
    assert.equal(JSON.stringify([harness.stack.emulator.tasks(), harness.stack.emulator.batches()]), tasks);
  });

  it("lists what no resource owns by no more than one list a service", async () => {
    const { calls, tasks } = await (async () => {
      await reportOf(["--state", harness.state], { env: harness.env() });
      const without = harness.stack.emulator.requests.length;
      harness.stack.emulator.clearRequests();
      const { report } = await reportOf(["--state", harness.state, "--unmanaged"], { env: harness.env() });
      return { calls: harness.stack.emulator.requests.length - without, tasks: report.unmanaged?.tasks };
    })();
    assert.deepEqual(tasks, []);
    // Edge, IEF, VIAS and VAS: four lists of one page, less those that the reads had.
    assert.ok(calls <= 4, String(calls));
  });

  it("names a task that the stack lost, by the id that `adopt` takes", async () => {
    const less = path.join(harness.folder, "less.json");
    const exported = harness.stack.exported();
    const resources = exported.deployment.resources!.filter(({ urn }) => !urn.endsWith("::quiet"));
    writeFileSync(less, JSON.stringify({ ...exported, deployment: { ...exported.deployment, resources } }));
    const { report, status } = await reportOf(["--state", less, "--unmanaged"], { env: harness.env() });
    assert.equal(status, 0);
    assert.deepEqual(
      report.unmanaged?.tasks.map(({ type, id }) => ({ type, id })),
      [{ type: "ServiceTask", id: harness.stack.resource("quiet").id }],
    );
    const table = await run(["drift", "--state", less, "--unmanaged"], { env: harness.env() });
    assert.ok(table.stdout.includes(harness.stack.resource("quiet").id!));
  });

  it("says that an empty stack leads to no service to look in", async () => {
    const empty = path.join(harness.folder, "empty.json");
    const exported = harness.stack.exported();
    const resources = exported.deployment.resources!.slice(0, 1);
    writeFileSync(empty, JSON.stringify({ ...exported, deployment: { ...exported.deployment, resources } }));
    const { report, status } = await reportOf(["--state", empty, "--unmanaged"], { env: harness.env() });
    assert.equal(status, 0);
    assert.deepEqual(report.unmanaged?.tasks, []);
    assert.match(report.warnings.join(), /--unmanaged found no service .*`video-analysis ls`/);
  });

  it("says that credentials are missing, and whose are encrypted", async () => {
    const { report, status } = await reportOf(["--state", harness.state]);
    assert.equal(status, 1);
    for (const resource of report.resources) {
      assert.deepEqual([resource.status, resource.code], ["unreachable", "CONFIGURATION"]);
      assert.match(resource.reason!, /PULUMI_CONFIG_PASSPHRASE/);
    }
  });

  it("says a cause that resources share in full once, and names that resource for the others", async () => {
    const args = ["--state", harness.state, "--config", "token=refused"];
    const { report } = await reportOf(args, { env: harness.env() });
    const full = report.resources.filter(({ reason }) => reason?.includes("Renew "));
    const others = report.resources.filter((resource) => !full.includes(resource));
    assert.ok(full.length > 0 && others.length > 0, JSON.stringify(report.resources));
    for (const { status, code, reason = "" } of others) {
      assert.deepEqual([status, code], ["unreachable", "REQUEST_FAILED"]);
      assert.ok(
        full.some(({ name }) => reason.includes(`"${name}"`)),
        reason,
      );
    }
  });

  it("says a cause in full for each provider, whose credentials are its own", async () => {
    const exported = harness.stack.exported();
    const resources = exported.deployment.resources ?? [];
    const own = resources.find(({ urn }) => urn.endsWith("::default"));
    assert.ok(own?.urn !== undefined);
    const urn = own.urn.replace(/default$/, "other");
    const other = { ...own, urn, id: "other", inputs: { ...own.inputs, "video-analysis:token": "another" } };
    const moved = resources.map((one) =>
      one.urn.endsWith("::quiet") ? { ...one, provider: `${urn}::other` } : one,
    );
    const state = path.join(harness.folder, "providers.json");
    const deployment = { ...exported.deployment, resources: [other, ...moved] };
    writeFileSync(state, JSON.stringify({ ...exported, deployment }));
    const { report } = await reportOf(["--state", state, "--config", "token=refused"], {
      env: harness.env(),
    });
    assert.match(resourceIn(report, "quiet").reason ?? "", /Renew .* the state/);
    const others = report.resources.filter(({ name }) => name !== "quiet");
    assert.ok(others.some(({ reason }) => reason?.includes("Renew ")));
    for (const { reason } of others) assert.doesNotMatch(reason ?? "", /"quiet"/);
  });

  it("opens encrypted credentials with the passphrase, which also comes from a file", async () => {
    const file = path.join(harness.folder, "passphrase");
    writeFileSync(file, "\n");
    for (const given of [{ PULUMI_CONFIG_PASSPHRASE: "" }, { PULUMI_CONFIG_PASSPHRASE_FILE: file }]) {
      const { report, status } = await reportOf(["--state", harness.state], { env: given });
      assert.deepEqual([status, report.summary.inSync], [0, 5]);
    }
    const wrong = await run(["drift", "--state", harness.state], {
      env: { PULUMI_CONFIG_PASSPHRASE: "wrong" },
    });
    assert.equal(wrong.status, 1);
    assert.match(wrong.stderr, /CONFIGURATION/);
  });

  it("takes configuration from options before the state's, and a state from the standard input", async () => {
    const endpoints = JSON.stringify({ ...harness.stack.emulator.endpoints, iva: "http://127.0.0.1:1/iva" });
    const args = [
      "--state",
      "-",
      "--config",
      `endpoints=${endpoints}`,
      "--config",
      "video-analysis:maxRetries=0",
    ];
    const { report, status } = await reportOf(args, {
      env: harness.env(),
      input: readFileSync(harness.state, "utf8"),
    });
    assert.equal(status, 1);
    assert.deepEqual(
      [resourceIn(report, "job").status, resourceIn(report, "task").status],
      ["unreachable", "in-sync"],
    );
    assert.equal(report.source.name, "standard input");
  });

  it("refuses what it cannot use, with status 1", async () => {
    const broken = path.join(harness.folder, "broken.json");
    writeFileSync(broken, "{}");
    const cases: [string[], RegExp][] = [
      [[], /CONFIGURATION/],
      [["--state", harness.state, "--stack", "dev"], /CONFIGURATION/],
      [["--state", path.join(harness.folder, "missing.json")], /CONFIGURATION/],
      [["--state", broken], /INVALID_STATE/],
      [["--state", harness.state, "--config", "nonsense=1"], /CONFIGURATION/],
      [["--state", harness.state, "--json", harness.state], /CONFIGURATION/],
      [["--state", harness.state, "--html", path.relative(".", harness.state)], /named by two options/],
      [["--state", harness.state, "--json", "--html"], /CONFIGURATION/],
      [["--state", harness.state, "--concurrency", "0"], /concurrency/],
      [["--state", harness.state, "--nonsense"], /nonsense/],
    ];
    for (const [args, message] of cases) {
      const { status, stderr } = await run(["drift", ...args], { env: harness.env() });
      assert.deepEqual([args, status], [args, 1]);
      assert.match(stderr, message);
    }
    assert.deepEqual(
      JSON.parse(readFileSync(harness.state, "utf8")),
      JSON.parse(JSON.stringify(harness.stack.exported())),
    );
  });

  it("says which tasks failed and why, which is no drift", async () => {
    const error = { code: "VIDEO.2", message: "lens cap" };
    for (const { name } of KINDS) harness.stack.emulator.setState(harness.idOf(name), "FAILED", { error });
    harness.stack.emulator.setState(harness.idOf("quiet"), "SUCCEEDED");
    try {
      const { report, status } = await reportOf(["--state", harness.state], { env: harness.env() });
      assert.deepEqual([status, report.summary.inSync, report.summary.failed], [0, 5, KINDS.length]);
      for (const { name } of KINDS) {
        const { failed } = resourceIn(report, name);
        const ids = failed.map(({ id }) => id);
        assert.deepEqual(ids.sort(), [...(harness.stack.resource(name).outputs?.taskIds as string[])].sort());
        assert.ok(failed.every((task) => task.state === "FAILED"));
        // Of a batch, one sub-task that was looked at says why.
        const reasons = failed.flatMap(({ code, message }) =>
          code === undefined ? [] : [{ code, message }],
        );
        assert.deepEqual(reasons, [error]);
      }
      assert.deepEqual(resourceIn(report, "quiet").failed, []);
      const table = await run(["drift", "--state", harness.state], { env: harness.env() });
      assert.equal(table.stdout.match(/ FAILED: VIDEO\.2 lens cap$/gm)?.length, KINDS.length);
    } finally {
      for (const name of [...KINDS.map((kind) => kind.name), "quiet"]) {
        harness.stack.emulator.setState(harness.idOf(name), "RUNNING");
      }
    }
  });

  it("shows a task that somebody stopped as drift of its run state", async () => {
    for (const { name } of KINDS) harness.stack.emulator.setState(harness.idOf(name), "STOPPED");
    harness.stack.emulator.setState(harness.idOf("quiet"), "STOPPED");
    try {
      const { report, status } = await reportOf(["--state", harness.state], { env: harness.env() });
      assert.equal(status, 2);
      for (const { name } of KINDS) {
        assert.deepEqual(changesOf(resourceIn(report, name)), ['desiredState: "running" → "stopped"']);
      }
      assert.equal(resourceIn(report, "quiet").status, "in-sync");
    } finally {
      for (const name of [...KINDS.map((kind) => kind.name), "quiet"]) {
        harness.stack.emulator.setState(harness.idOf(name), "RUNNING");
      }
    }
  });
});
