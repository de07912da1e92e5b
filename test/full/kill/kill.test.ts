/**
 * A run that is killed at any moment of a create loses no task and makes none twice. Failures name the point;
 * `KILL_POINT=provider:5:after` repeats it, `KILL_COUNT` makes it longer.
 */
import assert from "node:assert/strict";
import { fork } from "node:child_process";
import { once } from "node:events";
import * as path from "node:path";
import type { EngineOptions, OperationResult } from "../../../tools/engine";
import { Gate, type Passage } from "../../scenarios/gate";
import { iefArgs, tasksOf } from "../../scenarios/program";
import {
  errorsOf,
  remarksOf,
  SCENARIO_TIMEOUT,
  succeeded,
  taskIdsOf,
  TestStack,
} from "../../scenarios/support";
import { drawPoints } from "./points";
import { type Adoptions, asked, program, TASKS } from "./program";

const TARGETS = ["provider", "program", "both", "engine"] as const;
type Target = (typeof TARGETS)[number];
/** The processes that an engine in this process kills. */
const VICTIM = { provider: "provider", program: "program", both: "all", engine: "all" } as const;

/** Random points of an ordinary run; each takes two runs of a program. */
const POINTS = 4;

describe("killed runs", function () {
  this.timeout(SCENARIO_TIMEOUT);
  let stack: TestStack;
  let gate: Gate;

  beforeEach(async () => {
    stack = await TestStack.open();
    gate = await Gate.open(stack.emulator.url);
    stack.config["video-analysis:endpoints"] = JSON.stringify(stack.emulator.endpoints).replaceAll(
      stack.emulator.url,
      gate.url,
    );
    stack.program = program();
  });
  afterEach(async () => {
    await gate.close();
    await stack.close();
  });

  /** Runs `up` and kills at the first passage that fits; those to be held never get their answer. */
  async function killAt(
    target: Target,
    fits: (passage: Passage) => boolean,
    isHeld: (passage: Passage) => boolean = () => false,
  ): Promise<void> {
    const engine =
      target === "engine"
        ? fork(path.join(__dirname, "..", "..", "scenarios", "drivers", "engine-process.js"))
        : undefined;
    let struck = false;
    gate.act = async (passage) => {
      if (struck) return "pass";
      if (!fits(passage)) {
        if (!isHeld(passage)) return "pass";
        await passage.callerGone;
        return "drop";
      }
      struck = true;
      if (engine === undefined) stack.engine?.kill(VICTIM[target]);
      else engine.kill("SIGKILL");
      if (target === "program") return "pass";
      await passage.callerGone;
      return "drop";
    };
    if (engine === undefined) {
      const result = await stack.up();
      assert.equal(result.ok, false, "a killed run does not succeed");
    } else {
      const ended = once(engine, "exit");
      engine.send(stack.engineOptions() satisfies EngineOptions);
      const [, signal] = (await ended) as [number | null, NodeJS.Signals | null];
      assert.equal(signal, "SIGKILL", "the engine was killed");
    }
    assert.ok(struck, "the point was reached");
    gate.act = () => "pass";
  }

  /** The next run is asked to finish the work; what it may not decide, the user does. */
  async function recover(): Promise<OperationResult> {
    stack.env["VIDEO_ANALYSIS_RESUME"] = "1";
    for (let adoptions: Adoptions = {}; ;) {
      const next = await stack.up();
      assertNoTaskTwice();
      if (next.ok) return next;
      const errors = errorsOf(next);
      const more = asked(errors, adoptions);
      assert.ok(more, errors);
      adoptions = more;
      stack.program = program(adoptions);
    }
  }

  function assertNoTaskTwice(): void {
    const seen = stack.emulator.tasks().map(({ name, input }) => `${name} ${JSON.stringify(input)}`);
    assert.deepEqual([...new Set(seen)], seen, "no input has two tasks");
  }

  function assertWhole(): void {
    assertNoTaskTwice();
    const recorded = stack.recorded();
    for (const [name, count] of Object.entries(TASKS)) {
      assert.equal(taskIdsOf(stack.resource(name)).length, count, `${name} has its ids in the state`);
    }
    assert.deepEqual(recorded.flatMap(taskIdsOf).sort(), stack.liveIds().sort());
  }

  for (const { target, request, moment } of drawPoints(TARGETS, POINTS)) {
    const point = `${target}:${request}:${moment}`;
    it(`${target} killed ${moment} request ${request} (KILL_POINT=${point})`, async () => {
      await killAt(target, (passage) => passage.number === request && passage.moment === moment);
      await recover();
      assertWhole();
    });
  }

  const isCreate = ({ method, path: url }: Passage): boolean =>
    method === "POST" && /\/(?:batch-)?tasks$/.test(url);

  it("the engine killed when a task exists and nobody knows it: pending operations, then resumed", async () => {
    const { archive, yard } = program().tasks ?? {};
    assert.ok(archive && yard);
    stack.program = { tasks: { archive, yard } };
    // Both have to be at the service before the engine dies.
    let creates = 0;
    await killAt(
      "engine",
      (passage) => {
        if (isCreate(passage) && passage.moment === "after") creates += 1;
        return creates === 2;
      },
      (passage) => isCreate(passage) && passage.moment === "after",
    );
    const made = stack.liveIds();
    assert.equal(made.length, 3);
    const { pending_operations: pending = [] } = stack.exported().deployment;
    assert.deepEqual(
      pending.map(({ type, resource }) => `${type} ${resource.urn.split("::").at(-1) ?? ""}`).sort(),
      ["creating archive", "creating yard"],
    );
    assert.match(errorsOf(await stack.up()), /NAME_TAKEN[^]*VIDEO_ANALYSIS_RESUME=1 pulumi up/);
    assert.deepEqual(stack.recorded(), []);
    stack.env["VIDEO_ANALYSIS_RESUME"] = "1";
    const next = succeeded(await stack.up());
    assert.match(remarksOf(next), /2 pending operations? from previous deployment/);
    assert.equal(remarksOf(next).match(/resuming .*, which an interrupted run left behind/g)?.length, 2);
    assert.deepEqual(stack.recorded().flatMap(taskIdsOf).sort(), [...made].sort());
    assert.deepEqual(stack.liveIds(), made);
    succeeded(await stack.refresh({ clearPendingCreates: true }));
    assert.equal(stack.exported().deployment.pending_operations, undefined);
    assert.deepEqual(stack.recorded().flatMap(taskIdsOf).sort(), [...made].sort());
  });

  it("the provider killed when a task with a given name exists: NAME_TAKEN, and adopt takes it over", async () => {
    stack.program = tasksOf({ given: iefArgs({ name: "given-name" }) });
    await killAt("provider", (passage) => isCreate(passage) && passage.moment === "after");
    const [made] = stack.liveIds();
    assert.ok(made);
    assert.deepEqual(stack.recorded(), []);
    const errors = errorsOf(await stack.up());
    assert.match(errors, /NAME_TAKEN/);
    assert.match(errors, new RegExp(`adopt: "[^"]+/${made}"`));
    assert.deepEqual(stack.liveIds(), [made]);
  });
});
