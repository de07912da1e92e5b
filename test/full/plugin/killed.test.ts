/** A Pulumi CLI that is killed while the plugin works: the plugin ends by itself, and what it was at is found again. */
import assert from "node:assert/strict";
import { findCli } from "../../../tools/stack/cli";
import { until, without } from "../../contract/harness";
import { iefArgs } from "../../contract/kinds/service-task";
import { CliStack, type Program, type Run } from "../../plugin/cli-stack";
import { Gate } from "../../scenarios/gate";
import { SCENARIO_TIMEOUT } from "../../scenarios/support";

const UP = ["up", "--yes", "--skip-preview", "--stack", "dev"];
const RESUME = { VIDEO_ANALYSIS_RESUME: "1" };
const args = without(without(iefArgs(""), "__provider"), "name");
const program = (more: Readonly<Record<string, unknown>> = {}): Program => ({
  resources: { entrance: { args: { ...args, ...more } } },
});
const PATIENT = program({ waitFor: "running" });

const version = findCli();
const where =
  version === undefined
    ? "Pulumi CLI (skipped: no `pulumi` of 3.216 or newer on the PATH; https://www.pulumi.com/docs/install/)"
    : `Pulumi CLI ${version}`;

describe(`the plugin under a killed ${where}`, function () {
  this.timeout(SCENARIO_TIMEOUT);
  let stack: CliStack;
  let gate: Gate;

  beforeEach(async function () {
    if (version === undefined) this.skip();
    stack = await CliStack.open();
    gate = await Gate.open(stack.emulator.url);
    const endpoints = JSON.stringify(stack.emulator.endpoints).replaceAll(stack.emulator.url, gate.url);
    await stack.done(["config", "set", "video-analysis:endpoints", endpoints]);
  });
  afterEach(async () => {
    if (version === undefined) return;
    await gate.close();
    await stack.close();
  });

  /** Kills the CLI once the run has come so far, and waits until its plugin has gone too. */
  async function killed(run: Program, ready: () => boolean): Promise<void> {
    const { child, ended } = stack.begin(UP, run);
    await until(ready);
    child.kill("SIGKILL");
    await ended;
    await until(() => !stack.hasPlugin());
    await stack.done(["cancel", "--yes", "--stack", "dev"]);
  }

  /** Kills it while the answer to the create, which the service has made, is on its way. */
  async function killedInCreate(): Promise<void> {
    let made = false;
    gate.act = async ({ method, moment, callerGone }) => {
      if (method !== "POST" || moment !== "after") return "pass";
      made = true;
      await callerGone;
      return "drop";
    };
    await killed(program(), () => made);
    gate.act = () => "pass";
  }

  async function killedInWait(): Promise<void> {
    const { emulator } = stack;
    emulator.inject({ kind: "stuckPending", match: { operation: "createServiceTask" } });
    await killed(PATIENT, () => emulator.calls({ operation: "showServiceTask" }).length > 1);
    emulator.clearFaults();
    emulator.setState(taskId(), "RUNNING");
  }

  function taskId(): string {
    const ids = stack.emulator.tasks().map(({ id }) => id);
    assert.equal(ids.length, 1, `one task, and not ${ids.join()}`);
    return ids[0] ?? "";
  }

  async function pending(): Promise<string[]> {
    const { deployment } = await stack.exported();
    return (deployment.pending_operations ?? []).map(({ type }) => type);
  }

  const clear = (): Promise<Run> =>
    stack.run(["refresh", "--clear-pending-creates", "--yes", "--skip-preview", "--stack", "dev"]);

  for (const [moment, kill, run] of [
    ["a create", killedInCreate, program()],
    ["a wait", killedInWait, PATIENT],
  ] as const) {
    it(`during ${moment}: the next run refuses to make a second task, and resumes on request`, async () => {
      await kill();
      const id = taskId();
      assert.deepEqual(await pending(), ["creating"]);
      assert.equal(await stack.resource("entrance"), undefined);
      const refused = await stack.run(UP, run);
      assert.match(refused.output, /NAME_TAKEN.*VIDEO_ANALYSIS_RESUME=1 pulumi up/);
      const resumed = await stack.run(UP, run, RESUME);
      assert.equal(resumed.status, 0, resumed.output);
      assert.match(resumed.output, /pending operations from previous deployment/);
      const entry = await stack.resource("entrance");
      assert.deepEqual([entry?.outputs?.["taskIds"], entry?.outputs?.["unfinished"]], [[id], []]);
      assert.equal((await clear()).status, 0);
      assert.deepEqual(await pending(), []);
      assert.deepEqual((await stack.up(run)).steps, ["same entrance"]);
      assert.equal(taskId(), id);
    });
  }

  it("during a create: --clear-pending-creates takes the entry away and nothing else", async () => {
    await killedInCreate();
    const id = taskId();
    const cleared = await clear();
    assert.equal(cleared.status, 0, cleared.output);
    assert.deepEqual(await pending(), []);
    const refused = await stack.up(program());
    assert.match(refused.output, /NAME_TAKEN/);
    assert.doesNotMatch(refused.output, /pending operations/);
    const resumed = await stack.run(UP, program(), RESUME);
    assert.equal(resumed.status, 0, resumed.output);
    assert.deepEqual((await stack.resource("entrance"))?.outputs?.["taskIds"], [id]);
  });

  it("during an update that waits: the next run finishes it", async () => {
    const { emulator } = stack;
    emulator.inject({ kind: "stuckPending", match: { operation: "createServiceTask" } });
    assert.equal((await stack.up(program())).status, 0);
    const id = taskId();
    emulator.clearRequests();
    await killed(PATIENT, () => emulator.calls({ operation: "showServiceTask" }).length > 1);
    assert.deepEqual(await pending(), ["updating"]);
    emulator.setState(id, "RUNNING");
    const next = await stack.up(PATIENT);
    assert.deepEqual([next.status, next.steps, taskId()], [0, ["update entrance"], id], next.output);
    assert.deepEqual((await stack.resource("entrance"))?.outputs?.["waitFor"], "running");
  });
});
