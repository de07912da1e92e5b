/** What goes wrong, and how the next run makes it good. */
import { batchArgs, iefArgs, type Program, tasksOf } from "../program";
import type { Look, Scenario, ScenarioStep } from "../scenario";

/** Long enough for the calls of a create on a busy machine, short enough to be waited for in a test. */
const SHORT = "4s";

const waiting = tasksOf({ cam: iefArgs({ waitFor: "running", timeouts: { create: SHORT } }) });
const batch = (description: string): Program => ({
  tasks: { site: { type: "BatchTask", args: batchArgs({ description }) } },
});

const STUCK: ScenarioStep = {
  act: "tasks stay PENDING",
  change: ({ emulator }) => {
    emulator.inject({ kind: "stuckPending", times: null });
  },
};
const FREED: ScenarioStep = {
  act: "the task runs at last",
  change: ({ emulator, ids }) => {
    emulator.clearFaults();
    emulator.setState(ids("cam")[0]!, "RUNNING");
  },
};

const oneTask = ({ emulator, ids }: Look): void => {
  const live = emulator.tasks().map(({ id }) => id);
  if (live.length !== 1 || live[0] !== ids("cam")[0]) throw new Error("there is one task, the recorded one");
};

const resumed = (title: string, between: readonly ScenarioStep[]): Scenario => ({
  title,
  steps: [
    STUCK,
    {
      run: "up",
      program: waiting,
      expect: {
        operations: ["create cam!"],
        error: /TIMEOUT/,
        recorded: ["cam"],
        writes: ["createServiceTask"],
      },
    },
    FREED,
    ...between,
    { run: "up", expect: { operations: ["update cam"], writes: [], state: oneTask } },
    { run: "up", expect: { operations: ["same cam"], writes: [] } },
  ],
});

const killed = (victim: "engine" | "provider", operations: readonly string[]): Scenario => ({
  title: `${victim} killed during a create, then resumed`,
  steps: [
    {
      run: "up",
      program: tasksOf({ cam: iefArgs() }),
      kill: victim,
      expect: { operations, error: /EOF|killed/, recorded: [] },
    },
    { run: "up", expect: { operations: ["create cam"], writes: [], state: oneTask } },
    {
      run: "refresh",
      options: { clearPendingCreates: true },
      expect: { operations: ["refresh-same cam"], state: oneTask },
    },
  ],
});

export const FAILURES: readonly Scenario[] = [
  resumed("initialization error, then resumed", []),
  resumed("initialization error, then resumed after a refresh", [
    // What is unfinished makes a difference, until an update has finished it.
    { run: "refresh", expect: { operations: ["refresh-update cam"] } },
  ]),
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
  killed("provider", ["create cam!"]),
  killed("engine", []),
];
