import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import * as path from "node:path";
import {
  DEFAULT_ACCESS_KEY,
  DEFAULT_VIDEO_GROUPS,
  type Emulator,
  type EmulatorOptions,
  startEmulator,
} from "../../../testkit/emulator";
import type { OperationResult } from "../../../tools/engine";
import { EDGE, IEF } from "../../scenarios/program";
import { REPOSITORY, SCENARIO_TIMEOUT, succeeded, TestStack } from "../../scenarios/support";

interface Example {
  readonly config: Readonly<Record<string, string>>;
  readonly emulator?: EmulatorOptions;
  /** Instead of the emulator's token. */
  readonly secretConfig?: Readonly<Record<string, string>>;
  /** Services of a second region, and what the configuration says of both. */
  readonly second?: {
    readonly emulator: EmulatorOptions;
    config(first: Emulator, second: Emulator): Readonly<Record<string, string>>;
  };
  /** Looks at the stack after its first `up`. */
  readonly verify: (
    stack: TestStack,
    up: OperationResult,
    second: Emulator | undefined,
  ) => void | Promise<void>;
}

interface Shown {
  readonly taskIds: string[];
  readonly states: string[];
}

/** Ids of all tasks at the services, sub-tasks of batches included. */
const taskIds = (stack: TestStack): string[] => stack.emulator.tasks().map(({ id }) => id);

const shownIn = (output: unknown): Shown[] => Object.values(output as Record<string, Shown>);

/** Sites of the camera fleet in two regions. */
const sites = (first: Emulator, second: Emulator, cameras: Readonly<Record<string, string>>): string =>
  JSON.stringify(
    [first, second].map((emulator, index) => ({
      name: ["harbour", "depot"][index],
      region: emulator.region,
      projectId: emulator.projectId,
      endpoints: { modelarts: emulator.endpoints.modelarts },
      serviceId: EDGE,
      cameras: index === 0 ? cameras : { gate: "rtsp://cameras.example.com/gate" },
    })),
  );

const HARBOUR = {
  entrance: "rtsp://cameras.example.com/entrance",
  crane: "rtsp://cameras.example.com/crane",
};

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

  "camera-fleet": {
    config: {},
    // A token is valid in one project only.
    secretConfig: {
      "video-analysis:accessKey": DEFAULT_ACCESS_KEY.accessKey,
      "video-analysis:secretKey": DEFAULT_ACCESS_KEY.secretKey,
    },
    second: {
      emulator: { region: "eu-nl", seed: "second" },
      config: (first, second) => ({ "camera-fleet:sites": sites(first, second, HARBOUR) }),
    },
    async verify(stack, { outputs }, second) {
      assert.ok(second);
      const there = second.tasks();
      assert.deepEqual([taskIds(stack).length, there.length], [2, 1]);
      const { depot, harbour } = outputs["taskIds"] as Record<string, Record<string, string>>;
      assert.deepEqual(depot, { gate: there[0]?.id });
      assert.deepEqual(Object.values(harbour!).sort(), taskIds(stack).sort());
      const resources = stack.managed().map(({ outputs: { region, endpoint } = {} }) => [region, endpoint]);
      assert.deepEqual(new Set(resources.map(String)).size, 2);
      // A camera less in one region touches nothing else.
      const { entrance } = HARBOUR;
      stack.config = { ...stack.config, "camera-fleet:sites": sites(stack.emulator, second, { entrance }) };
      const { changes } = succeeded(await stack.up());
      assert.deepEqual([changes.delete, changes.create, changes.update], [1, undefined, undefined]);
      assert.deepEqual(taskIds(stack), [harbour!["entrance"]]);
      assert.deepEqual(
        second.tasks().map(({ id }) => id),
        [there[0]?.id],
      );
    },
  },

  "drift-check": {
    config: { "drift-check:serviceId": IEF },
    verify(stack, { outputs }) {
      assert.deepEqual(outputs["taskIds"], taskIds(stack));
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
async function live(name: string, example: Example): Promise<void> {
  const { config, secretConfig, emulator, second, verify } = example;
  const stack = await TestStack.open(emulator ?? {}, {
    workDir: path.join(REPOSITORY, "examples", name),
    entry: ".",
    project: name,
  });
  // The build has checked the types; the program need not be checked again at each of its runs.
  stack.env = { PULUMI_NODEJS_TRANSPILE_ONLY: "true" };
  const elsewhere = second && (await startEmulator(second.emulator));
  const more = elsewhere && second.config(stack.emulator, elsewhere);
  stack.config = { ...stack.config, ...config, ...more };
  if (secretConfig !== undefined) stack.secretConfig = { ...secretConfig };
  try {
    await verify(stack, succeeded(await stack.up()), elsewhere);
    const again = succeeded(await stack.up());
    assert.deepEqual([...new Set(again.steps.map(({ op }) => op))], ["same"]);
    const refresh = succeeded(await stack.refresh());
    assert.ok(refresh.steps.every(({ resultOp = "same" }) => resultOp === "same"));
    succeeded(await stack.destroy());
    assert.deepEqual([taskIds(stack), stack.emulator.batches()], [[], []]);
    assert.deepEqual(elsewhere?.tasks() ?? [], []);
  } finally {
    await elsewhere?.close();
    await stack.close();
  }
}

describe("the examples", function () {
  this.timeout(SCENARIO_TIMEOUT);

  it("are all here", () => {
    const folders = readdirSync(path.join(REPOSITORY, "examples"));
    // A program that makes its stacks itself has a test of its own, as have those of other languages.
    const others = ["automation-api", "quickstart-go", "quickstart-python", "quickstart-yaml"];
    assert.deepEqual(folders.sort(), [...Object.keys(EXAMPLES), ...others].sort());
  });

  for (const [name, example] of Object.entries(EXAMPLES)) {
    it(`${name} deploys, shows what it has, stays in sync and leaves nothing behind`, () =>
      live(name, example));
  }
});
