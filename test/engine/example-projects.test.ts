import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import * as path from "node:path";
import { DEFAULT_VIDEO_GROUPS, type EmulatorOptions } from "../../testkit/emulator";
import type { OperationResult } from "../../testkit/engine";
import { EDGE, IEF } from "./program";
import { REPOSITORY, SCENARIO_TIMEOUT, succeeded, TestStack } from "./support";

interface Example {
  readonly config: Readonly<Record<string, string>>;
  readonly emulator?: EmulatorOptions;
  /** Looks at the stack after its first `up`. */
  readonly verify: (stack: TestStack, up: OperationResult) => void | Promise<void>;
}

interface Shown {
  readonly taskIds: string[];
  readonly states: string[];
}

/** Ids of all tasks at the services, sub-tasks of batches included. */
const taskIds = (stack: TestStack): string[] => stack.emulator.tasks().map(({ id }) => id);

const shownIn = (output: unknown): Shown[] => Object.values(output as Record<string, Shown>);

const EXAMPLES: Readonly<Record<string, Example>> = {
  quickstart: {
    config: { "quickstart:serviceId": EDGE, "quickstart:iefServiceId": IEF },
    verify(stack, { outputs }) {
      assert.equal(stack.managed().length, 7);
      const shown = ["tasks", "batches", "jobs"].flatMap((key) => shownIn(outputs[key]));
      const ids = shown.flatMap(({ taskIds }) => taskIds);
      assert.deepEqual(ids.sort(), taskIds(stack).sort());
      for (const { taskIds, states } of shown) assert.equal(states.length, taskIds.length);
      assert.ok(shownIn(outputs["tasks"]).some(({ states }) => states.join() === "RUNNING"));
      const [batch] = stack.emulator.batches();
      const { batchTaskId } = (outputs["batches"] as Record<string, { batchTaskId: string }>)["night-watch"]!;
      assert.equal(batchTaskId, batch?.id);
    },
  },

  "scheduled-batch": {
    config: {
      "scheduled-batch:groups": JSON.stringify(
        DEFAULT_VIDEO_GROUPS.map(({ id, sources }) => ({ id, cameras: sources.map((source) => source.id) })),
      ),
    },
    async verify(stack, { outputs }) {
      const cameras = DEFAULT_VIDEO_GROUPS.flatMap(({ sources }) => sources).length;
      assert.equal((outputs["taskIds"] as string[]).length, cameras);
      const counts = outputs["statusCounts"] as Record<string, number>;
      assert.equal(
        Object.values(counts).reduce((sum, count) => sum + count, 0),
        cameras,
      );
      const [batch] = stack.emulator.batches();
      assert.equal(outputs["batchTaskId"], batch?.id);
      const [post] = stack.emulator.calls({ operation: "createBatchTask" });
      const { schedule } = post?.body as { schedule: { days_of_week: number[]; periods: unknown[][] } };
      assert.deepEqual(
        schedule.periods.map((day) => day.length),
        [2, 2, 2, 2, 2, 1, 1],
      );
      const state = JSON.stringify(stack.exported());
      assert.ok(!state.includes("example-key"), "the key for the receiver is encrypted");
      // One camera less is one update of the same batch.
      const fewer = [{ id: "group-north", cameras: ["camera-north-1"] }];
      stack.config = { ...stack.config, "scheduled-batch:groups": JSON.stringify(fewer) };
      const update = succeeded(await stack.up());
      assert.deepEqual(
        update.steps.filter(({ name }) => name === "site").map(({ op }) => op),
        ["update"],
      );
      assert.equal(stack.emulator.batches()[0]?.id, batch?.id);
      assert.equal(taskIds(stack).length, 1);
    },
  },

  "file-analysis": {
    config: { "file-analysis:bucket": "obs-iva", "file-analysis:path": "input/demo.mp4" },
    emulator: { transitions: { finishMs: 200 } },
    async verify(stack, { outputs }) {
      const [id = ""] = taskIds(stack);
      assert.deepEqual([outputs["taskIds"], outputs["states"]], [[id], ["SUCCEEDED"]]);
      assert.deepEqual(outputs["results"], [{ bucket: "video-analyze", path: `hosting/${id}/result.json` }]);
      assert.equal(outputs["resultStatus"], "AVAILABLE");
      // Another trigger runs the file again.
      stack.config = { ...stack.config, "file-analysis:run": "2" };
      const again = succeeded(await stack.up());
      const [next] = taskIds(stack);
      assert.notEqual(next, id);
      assert.deepEqual(again.outputs["taskIds"], [next]);
    },
  },

  "unit-tests": {
    config: {
      "unit-tests:serviceId": EDGE,
      "unit-tests:cameras": JSON.stringify({ entrance: "rtsp://cameras.example.com/entrance" }),
    },
    verify(stack, { outputs }) {
      assert.deepEqual(outputs["taskIds"], taskIds(stack));
      assert.deepEqual(outputs["broken"], []);
    },
  },
};

/** Deploys an example, looks at it, repeats and refreshes it without a change, and takes it away. */
async function live(name: string, { config, emulator, verify }: Example): Promise<void> {
  const stack = await TestStack.open(emulator ?? {}, {
    workDir: path.join(REPOSITORY, "examples", name),
    entry: ".",
    project: name,
  });
  // The build has checked the types; the program need not be checked again at each of its runs.
  stack.env = { PULUMI_NODEJS_TRANSPILE_ONLY: "true" };
  stack.config = { ...stack.config, ...config };
  try {
    await verify(stack, succeeded(await stack.up()));
    const again = succeeded(await stack.up());
    assert.deepEqual([...new Set(again.steps.map(({ op }) => op))], ["same"]);
    const refresh = succeeded(await stack.refresh());
    assert.ok(refresh.steps.every(({ resultOp = "same" }) => resultOp === "same"));
    succeeded(await stack.destroy());
    assert.deepEqual([taskIds(stack), stack.emulator.batches()], [[], []]);
  } finally {
    await stack.close();
  }
}

describe("the examples", function () {
  this.timeout(SCENARIO_TIMEOUT);

  it("are all here", () => {
    const folders = readdirSync(path.join(REPOSITORY, "examples"));
    assert.deepEqual(folders.sort(), Object.keys(EXAMPLES).sort());
  });

  for (const [name, example] of Object.entries(EXAMPLES)) {
    it(`${name} deploys, shows what it has, stays in sync and leaves nothing behind`, () =>
      live(name, example));
  }
});
