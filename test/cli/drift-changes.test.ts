/** The command after changes behind the stack's back. */
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { KINDS } from "../scenarios/kinds";
import { SCENARIO_TIMEOUT, taskIdsOf } from "../scenarios/support";
import { driftHarness } from "./drift-harness";
import { changesOf, reportOf, resourceIn, run, statuses } from "./support";

describe("video-analysis drift after somebody else's changes", function () {
  this.timeout(SCENARIO_TIMEOUT);
  const harness = driftHarness();

  before(() => {
    const patch = { description: "theirs", output: { dis: { stream_name: "theirs" } } };
    for (const { name, edit } of KINDS) edit(harness.stack.emulator, harness.idOf(name), patch);
    harness.stack.emulator.editTask(harness.idOf("quiet"), { description: "theirs" });
    harness.stack.emulator.removeTask(taskIdsOf(harness.stack.resource("crossing"))[1]!);
  });

  it("reports property, recorded and live, and what a repair would replace", async () => {
    const { report, status } = await reportOf(["--state", harness.state], { env: harness.env() });
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
    const { report } = await reportOf(["--state", harness.state], { env: harness.env() });
    const quiet = resourceIn(report, "quiet");
    assert.deepEqual([quiet.status, quiet.changes], ["in-sync", []]);
    assert.deepEqual(
      quiet.ignored.map(({ path: at, by }) => [at, by]),
      [["description", "ignoreChanges"]],
    );
  });

  it("does not count what the ignore file accepts, until it expires", async () => {
    const file = path.join(harness.folder, "ignore.yaml");
    const rule = (urn: string, property: string, expires: string): string =>
      `  - { urn: "${urn}", property: "${property}", reason: "a trial", expires: ${expires} }\n`;
    const rules = rule("*::task", "description", "2999-12-31") + rule("*::task", "output", "2000-01-01");
    writeFileSync(file, `version: 1\nignore:\n${rules}`);
    const { report } = await reportOf(["--state", harness.state, "--ignore-file", file], {
      env: harness.env(),
    });
    const task = resourceIn(report, "task");
    assert.deepEqual(changesOf(task), ['output.dis.streamName: "results" → "theirs"']);
    assert.deepEqual(
      task.ignored.map(({ path: at, by, reason }) => [at, by, reason]),
      [["description", "ignore-file", "a trial"]],
    );
    assert.equal(report.warnings.length, 1);
  });

  it("shows a table by default, coloured when asked to, and writes the other formats to files", async () => {
    const files = ["json", "markdown", "html"].map((format) => path.join(harness.folder, `report.${format}`));
    const formats = ["--json", files[0]!, "--markdown", files[1]!, "--html", files[2]!];
    const plain = await run(["drift", "--state", harness.state, ...formats], { env: harness.env() });
    assert.equal(plain.status, 2);
    assert.match(plain.stdout, /^STATUS +RESOURCE +PROPERTY +RECORDED +LIVE$/m);
    assert.match(plain.stdout, /changed +BatchTask batch +description +"ours" +"theirs"/);
    assert.ok(!plain.stdout.includes("\u001b"));
    for (const file of files) assert.match(readFileSync(file, "utf8"), /streamName/);
    const colored = await run(["drift", "--state", harness.state, "--color"], { env: harness.env() });
    assert.ok(colored.stdout.includes("\u001b["));
  });

  it("reports what is gone, and nothing as gone whose service is gone", async () => {
    harness.stack.emulator.removeBatch(harness.idOf("batch"));
    for (const id of taskIdsOf(harness.stack.resource("crossing"))) {
      if (harness.stack.emulator.tasks().some((task) => task.id === id))
        harness.stack.emulator.removeTask(id);
    }
    const lost = harness.stack.emulator.services.find(
      (service) => service.id === harness.stack.resource("task").id!.split("/")[0],
    )!;
    harness.stack.emulator.removeService(lost.id);
    const { report, status } = await reportOf(["--state", harness.state], { env: harness.env() });
    assert.equal(status, 2);
    assert.deepEqual(statuses(report), {
      task: "unreachable",
      quiet: "unreachable",
      batch: "gone",
      job: "changed",
      crossing: "gone",
    });
    assert.equal(resourceIn(report, "task").code, "SERVICE_NOT_FOUND");
    harness.stack.emulator.addService(lost);
  });
});
