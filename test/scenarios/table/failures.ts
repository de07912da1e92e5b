/** Failures, and how the next run makes them good. */
import assert from "node:assert/strict";
import type { StateTexts } from "../../../testkit/emulator";
import { each, KINDS, oneOfEach } from "../kinds";
import { batchArgs, edgeArgs, iefArgs, outputOf, type Program } from "../program";
import { asRecorded } from "../ownership";
import type { Look, Scenario, ScenarioStep } from "../scenario";

const NAMES = KINDS.map(({ name }) => name);
/** A failure of one keeps others from beginning, so that one is enough where it comes at once. */
const ALONE = ["task"];

/** Long enough for the calls of a create on a busy machine; on the fast clock it passes in a second or two. */
const SHORT = "1m";

const waiting = oneOfEach(() => ({ waitFor: "running", timeouts: { create: SHORT } }));
const waitingFor = (names: readonly string[]): Program => ({
  tasks: Object.fromEntries(Object.entries(waiting.tasks ?? {}).filter(([name]) => names.includes(name))),
});

const batch = (description: string): Program => ({
  tasks: { site: { type: "BatchTask", args: batchArgs({ description }) } },
});

const STUCK: ScenarioStep = {
  act: "tasks stay PENDING",
  change: ({ emulator }) => {
    emulator.inject({ kind: "stuckPending", times: null });
  },
};
const turn = (
  act: string,
  names: readonly string[],
  state: string,
  texts: StateTexts = {},
): ScenarioStep => ({
  act,
  change: ({ emulator, ids }) => {
    emulator.clearFaults();
    for (const name of names) emulator.setState(ids(name)[0]!, state, texts);
  },
});

/** The work left to do, and the number of reasons that the engine has noted. */
const unfinished =
  (names: readonly string[], left: readonly string[], reasons: number) =>
  ({ resource }: Look): void => {
    for (const name of names) {
      const { outputs, initErrors = [] } = resource(name);
      assert.deepEqual([outputs?.["unfinished"], initErrors.length], [left, reasons], name);
    }
  };

const stuck = (names: readonly string[]): ScenarioStep => ({
  run: "up",
  program: waitingFor(names),
  expect: {
    operations: names.map((name) => `create ${name}!`),
    error: /TIMEOUT: [^]*PENDING/,
    recorded: names,
    writes: KINDS.filter(({ name }) => names.includes(name)).map(({ operations }) => operations.create),
    state: unfinished(names, ["wait"], 1),
  },
});

const finished = (names: readonly string[]): ScenarioStep => ({
  run: "up",
  expect: {
    operations: names.map((name) => `update ${name}`),
    writes: [],
    state: (look) => {
      unfinished(names, [], 0)(look);
      asRecorded(names)(look);
    },
  },
});

/** Refused for several reasons, beside a value that is not known in a preview. */
const refused: Program = {
  tasks: {
    first: { args: iefArgs() },
    bad: {
      args: edgeArgs({
        description: outputOf("first", "taskId"),
        source_usage_estimate: { cpu: 1, memory: 1 },
        desiredState: "running",
        output: { webhook: { url: 5, headers: { "X-Key": "v" } } },
      }),
    },
  },
};
const REFUSED = /(?=[^]*did you mean `sourceUsageEstimate`)(?=[^]*desiredState)(?=[^]*output\.webhook\.url)/;

export const FAILURES: readonly Scenario[] = [
  {
    title: "initialization error of each class, then resumed",
    steps: [
      STUCK,
      stuck(NAMES),
      turn("they run at last", NAMES, "RUNNING"),
      finished(NAMES),
      { run: "up", expect: { operations: each("same"), writes: [] } },
    ],
  },
  {
    title:
      "initialization error, a refresh that clears the engine's mark, a failure at the service, then resumed",
    steps: [
      STUCK,
      stuck(ALONE),
      // What is unfinished makes a difference, until an update has finished it.
      {
        run: "refresh",
        expect: { operations: ["refresh-update task"], state: unfinished(ALONE, ["wait"], 0) },
      },
      turn("it fails at the service", ALONE, "CREATE_FAILED", {
        error: { code: "ModelArts.3540", message: "no node is free" },
      }),
      {
        run: "up",
        expect: {
          operations: ["update task!"],
          error: /TASK_FAILED: [^]*no node is free/,
          recorded: ALONE,
          writes: [],
        },
      },
      turn("it runs at last", ALONE, "RUNNING"),
      finished(ALONE),
      { run: "destroy", expect: { operations: ["delete task"], recorded: [] } },
    ],
  },
  {
    title: "failed update, then retried",
    steps: [
      { run: "up", program: batch("one"), expect: { operations: ["create site"] } },
      {
        act: "the service refuses the next change",
        change: ({ emulator }) => {
          emulator.inject({ kind: "status", status: 400, match: { operation: "updateBatchTask" } });
        },
      },
      {
        run: "up",
        program: batch("two"),
        expect: { operations: ["update site!"], error: /400/, recorded: ["site"] },
      },
      {
        run: "up",
        expect: {
          operations: ["update site"],
          diffs: { site: ["description"] },
          writes: ["updateBatchTask"],
        },
      },
    ],
  },
  {
    title: "refused arguments, beside what a preview does not know",
    steps: [
      {
        run: "preview",
        program: refused,
        expect: { operations: ["create first"], error: REFUSED, writes: [] },
      },
      {
        run: "up",
        expect: {
          operations: ["create first"],
          error: REFUSED,
          recorded: ["first"],
          writes: ["createServiceTask"],
        },
      },
    ],
  },
];
