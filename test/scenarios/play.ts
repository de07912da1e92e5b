/** Plays a scenario on an engine: does its steps, holds each to what is expected, and records them. */
import assert from "node:assert/strict";
import type { Program } from "./program";
import { writesOf } from "./support";

import type { OpenDriver, Outcome } from "./drivers/driver";
import { SIGNATURE_KEY, UNKNOWN_STRING } from "../../tools/engine/wire";
import type { HookCall } from "./recording/hook-calls";
import { ownerOf, type RawStep, recordingOf, type StepRecording } from "./recording/recording";
import type { Expectation, RunStep, Scenario } from "./scenario";
import { DECLARED_TYPES, World } from "./world";

/** Characters that are shown before and after what should not be there. */
const AROUND = 150;

const nameOf = (urn: string): string => urn.split("::").at(-1) ?? "";

export async function play(scenario: Scenario, openDriver: OpenDriver): Promise<StepRecording[]> {
  const world = await World.open(scenario, openDriver);
  const steps: RawStep[] = [];
  let program: Program = {};
  try {
    for (const [index, step] of scenario.steps.entries()) {
      if ("change" in step) await step.change(world);
      else if ("removeProgram" in step) world.removeProgram();
      else if ("variable" in step) {
        const { variable, value } = step;
        world.driver.setVariable(variable, typeof value === "function" ? value(world) : value);
      } else if (world.front === "dynamic" || step.notOnPlugin === undefined) {
        if (step.program !== undefined) {
          program = typeof step.program === "function" ? step.program(world) : step.program;
        }
        const title = `step ${index + 1} (${step.run}${step.kill === undefined ? "" : `, ${step.kill} killed`})`;
        const raw = await runStep(world, step, program, title);
        steps.push(raw);
        hold(world, step.expect, raw);
        holdBack(world, scenario.canaries ?? [], raw);
      }
    }
    return await recordingOf(steps);
  } finally {
    await world.close();
  }
}

async function runStep(world: World, step: RunStep, program: Program, title: string): Promise<RawStep> {
  world.emulator.clearRequests();
  const outcome =
    step.kill === undefined
      ? await world.driver.run(step.run, program, {
          ...world.options(step.options),
          ...(step.imports === undefined ? {} : { imports: step.imports(world) }),
        })
      : await world.runKilled(step.kill, program);
  world.exported = await world.driver.exported();
  return { title, outcome, calls: world.calls.take(), state: world.exported };
}

function hold(world: World, expected: Expectation, { title, outcome, calls }: RawStep): void {
  const at = `${world.driver.title}, ${title}`;
  const said = outcome.errors.join("\n");
  assert.equal(outcome.ok, expected.error === undefined, `${at}: the command says:\n${said}`);
  if (expected.error !== undefined && outcome.operations.length + outcome.errors.length > 0) {
    assert.match(said, expected.error, `${at}: it says:\n${said}`);
  }
  assert.deepEqual(
    operationsOf(outcome),
    [...expected.operations].sort(),
    `${at}: operations; it says:\n${said}`,
  );
  if (expected.prints !== undefined) assert.match(outcome.printed, expected.prints, at);
  if (expected.calls !== undefined) {
    const made = calls.filter(({ hook }) => hook !== "configure").map(callOf);
    assert.deepEqual(made.sort(), [...expected.calls].sort(), `${at}: hook calls`);
  }
  for (const [name, order] of Object.entries(expected.order ?? {})) {
    const own = calls.filter((call) => ownerNameOf(call) === name);
    assert.deepEqual(own.map(shapeOf), order, `${at}: hook calls of ${name}`);
  }
  for (const [name, paths] of Object.entries(expected.diffs ?? {})) {
    assert.deepEqual(changedPaths(outcome, name), [...paths].sort(), `${at}: what changes of ${name}`);
  }
  if (expected.recorded !== undefined) {
    const names = world.recorded().map(({ urn }) => nameOf(urn));
    assert.deepEqual(names.sort(), [...expected.recorded].sort(), `${at}: resources in the state`);
  }
  if (expected.writes !== undefined) {
    assert.deepEqual(writesOf(world.emulator).sort(), [...expected.writes].sort(), `${at}: calls that write`);
  }
  expected.state?.(world);
}

function holdBack(world: World, canaries: readonly string[], { title, outcome, state }: RawStep): void {
  const readable = { printed: outcome.printed, state: JSON.stringify(state, withoutSealed) };
  for (const [where, text] of Object.entries(readable)) {
    for (const canary of canaries) {
      const at = text.indexOf(canary);
      const around = text.slice(Math.max(0, at - AROUND), at + AROUND);
      assert.equal(at, -1, `${world.driver.title}, ${title}: ${canary} in ${where}: …${around}`);
    }
  }
}

/** The CLI opens for an export what is sealed in the state. */
function withoutSealed(_: string, value: unknown): unknown {
  const isSealed =
    typeof value === "object" && value !== null && SIGNATURE_KEY in value && "plaintext" in value;
  return isSealed ? undefined : value;
}

function operationsOf({ operations }: Outcome): string[] {
  return operations
    .filter(({ urn }) => DECLARED_TYPES.some((type) => urn.includes(`${type}::`)))
    .map(({ op, urn, failed }) => `${op} ${nameOf(urn)}${failed ? "!" : ""}`)
    .sort();
}

const ownerNameOf = (call: HookCall): string => ownerOf(call).split(" ").at(-1) ?? "";
const callOf = (call: HookCall): string => `${call.hook} ${ownerNameOf(call)}`;

/** A call with what it got, as {@link Expectation.order} has it. */
function shapeOf({ hook, args }: HookCall): string {
  if (hook === "check") return Object.keys(args[0] as object).length > 0 ? "check(olds)" : "check({})";
  return hook === "diff" && JSON.stringify(args).includes(UNKNOWN_STRING) ? "diff(unknown)" : hook;
}

/** Of all steps of the resource together: the parts of a replacement have the same diff. */
function changedPaths({ operations }: Outcome, name: string): string[] {
  const own = operations.filter(({ urn }) => nameOf(urn) === name);
  return [...new Set(own.flatMap(({ detailedDiff }) => Object.keys(detailedDiff)))].sort();
}
