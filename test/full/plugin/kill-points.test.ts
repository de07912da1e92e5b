/**
 * A run through the plugin that is killed at any moment of its creates loses no task and makes none twice, as one of dynamic
 * classes (test/full/kill). Failures name the point; `KILL_POINT=engine:5:after` repeats it, `KILL_COUNT` makes it longer.
 */
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { type Emulator, startEmulator } from "../../../testkit/emulator";
import { findCli } from "../../../tools/stack/cli";
import { until } from "../../contract/harness";
import type { EngineDriver } from "../../scenarios/drivers/driver";
import { openPlugin } from "../../scenarios/drivers/plugin";
import { Gate } from "../../scenarios/gate";
import { CallLog } from "../../scenarios/recording/hook-calls";
import { cleanEnvironment, configurationFor, SCENARIO_TIMEOUT, taskIdsOf } from "../../scenarios/support";
import { DECLARED_TYPES, makeProgram } from "../../scenarios/world";
import { drawPoints, type Point } from "../kill/points";
import { type Adoptions, asked, program, TASKS } from "../kill/program";

const TARGETS = ["engine", "provider"] as const;

/** Random points of an ordinary run; each takes some runs of the CLI. */
const POINTS = 3;

const version = findCli();
const where =
  version === undefined
    ? "Pulumi CLI (skipped: no `pulumi` of 3.216 or newer on the PATH; https://www.pulumi.com/docs/install/)"
    : `Pulumi CLI ${version}`;

describe(`killed runs through the plugin, on the ${where}`, function () {
  this.timeout(2 * SCENARIO_TIMEOUT);
  let scratch: string;
  let emulator: Emulator;
  let gate: Gate;
  let calls: CallLog;
  let driver: EngineDriver;

  beforeEach(async () => {
    scratch = mkdtempSync(path.join(tmpdir(), "video-analysis-kill-"));
    emulator = await startEmulator();
    gate = await Gate.open(emulator.url);
    calls = new CallLog(path.join(scratch, "calls.jsonl"));
    const stack = path.join(scratch, "stack");
    mkdirSync(stack);
    const endpoints = JSON.stringify(emulator.endpoints).replaceAll(emulator.url, gate.url);
    driver = await openPlugin(version ?? "")({
      workDir: makeProgram(scratch),
      scratch: stack,
      config: { ...configurationFor(emulator), "video-analysis:endpoints": endpoints },
      secretConfig: { "video-analysis:token": emulator.token },
      env: { ...cleanEnvironment(), HOME: scratch, ...calls.env },
    });
  });
  afterEach(async () => {
    calls.killAll();
    await gate.close();
    await emulator.close();
    rmSync(scratch, { recursive: true, force: true });
  });

  /** No request after the point gets an answer. */
  async function killAt({ target, request, moment }: Point<(typeof TARGETS)[number]>): Promise<void> {
    const run = target === "engine" ? driver.begin(program()) : undefined;
    let struck = false;
    gate.act = async (passage) => {
      if (struck || passage.number !== request || passage.moment !== moment) return "pass";
      struck = true;
      if (run === undefined) calls.killProviders();
      else run.kill();
      await passage.callerGone;
      return "drop";
    };
    if (run === undefined) assert.equal((await driver.run("up", program(), {})).ok, false);
    else await run.ended;
    await until(() => !calls.hasProvider());
    assert.ok(struck, "the point was reached");
    gate.act = () => "pass";
    if (run !== undefined) await driver.unlock();
  }

  /** The next run is asked to finish the work; what it may not decide, the user does. */
  async function recover(): Promise<void> {
    driver.setVariable("VIDEO_ANALYSIS_RESUME", "1");
    for (let adoptions: Adoptions = {}; ;) {
      const { ok, errors } = await driver.run("up", program(adoptions), {});
      assertNoTaskTwice();
      if (ok) return;
      const said = errors.join("\n");
      const more = asked(said, adoptions);
      assert.ok(more, said);
      adoptions = more;
    }
  }

  function assertNoTaskTwice(): void {
    const seen = emulator.tasks().map(({ name, input }) => `${name} ${JSON.stringify(input)}`);
    assert.deepEqual([...new Set(seen)], seen, "no input has two tasks");
  }

  async function assertWhole(): Promise<void> {
    const { resources = [] } = (await driver.exported()).deployment;
    const recorded = resources.filter(({ type }) => DECLARED_TYPES.includes(type));
    const counts = recorded.map((entry) => [entry.urn.split("::").at(-1), taskIdsOf(entry).length]);
    assert.deepEqual(Object.fromEntries(counts), TASKS);
    const tasks = emulator.tasks().filter((task) => task["batch_id"] === undefined);
    const live = [...tasks, ...emulator.batches()].map(({ id }) => id);
    assert.deepEqual(recorded.flatMap(taskIdsOf).sort(), live.sort());
  }

  for (const point of drawPoints(TARGETS, POINTS)) {
    const text = `${point.target}:${point.request}:${point.moment}`;
    const title = `${point.target} killed ${point.moment} request ${point.request} (KILL_POINT=${text})`;
    if (version === undefined) {
      it(title);
      continue;
    }
    it(title, async () => {
      await killAt(point);
      await recover();
      await assertWhole();
    });
  }
});
