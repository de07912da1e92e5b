/** Processes that end while creates are under way, and how the next run resumes what they began. */
import { each, KINDS } from "../kinds";
import { asRecorded } from "../ownership";
import { batchArgs, edgeArgs, jobArgs, type Program } from "../program";
import type { Scenario } from "../scenario";

const NAMES = KINDS.map(({ name }) => name);

/** Also of several tasks each. */
const several: Program = {
  tasks: {
    task: { args: edgeArgs({}, "north", "south") },
    batch: { type: "BatchTask", args: batchArgs() },
    job: { type: "VideoAnalysisJob", args: jobArgs({}, "yard", "gate") },
  },
};

/** The same one after the other: which of several creates has begun when one fails is the engine's chance. */
const inTurn: Program = {
  tasks: {
    job: { type: "VideoAnalysisJob", args: jobArgs({}, "yard", "gate") },
    batch: { type: "BatchTask", args: batchArgs(), options: { dependsOn: ["job"] } },
    task: { args: edgeArgs({}, "north", "south"), options: { dependsOn: ["batch"] } },
  },
};

const killed = (victim: "engine" | "provider", operations: readonly string[]): Scenario => ({
  title: `${victim} killed while creates of every class are under way, then resumed`,
  ...(victim === "provider" ? { provedBy: "contract/kill" } : {}),
  steps: [
    { run: "up", program: several, kill: victim, expect: { operations, error: /EOF|killed/, recorded: [] } },
    {
      run: "up",
      program: inTurn,
      expect: {
        operations: ["create job!"],
        error: /NAME_TAKEN.*VIDEO_ANALYSIS_RESUME=1/,
        recorded: [],
        writes: [],
      },
    },
    // No read shows the estimate of a service task and the service of a batch, so that only the job is known to be the same.
    { variable: "VIDEO_ANALYSIS_RESUME", value: "1" },
    {
      run: "up",
      expect: {
        operations: ["create batch!", "create job"],
        error: /cannot be resumed/,
        recorded: ["job"],
        writes: [],
      },
    },
    {
      act: "what cannot be resumed is deleted by hand",
      change: ({ emulator, ids }) => {
        const kept = new Set(ids("job"));
        for (const { id } of emulator.batches()) emulator.removeBatch(id);
        for (const { id } of emulator.tasks()) if (!kept.has(id)) emulator.removeTask(id);
      },
    },
    {
      run: "up",
      expect: { operations: ["create batch", "same job", "create task"], state: asRecorded(NAMES) },
    },
    {
      run: "refresh",
      options: { clearPendingCreates: true },
      expect: { operations: each("refresh-same"), state: asRecorded(NAMES) },
    },
  ],
});

export const KILLS: readonly Scenario[] = [
  killed(
    "provider",
    NAMES.map((name) => `create ${name}!`),
  ),
  killed("engine", []),
];
