/** A stack of every resource on the engine stand-in, and its exported state. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { oneOfEach } from "../scenarios/kinds";
import { edgeArgs, iefArgs, tasksOf } from "../scenarios/program";
import { taskIdsOf, TestStack } from "../scenarios/support";
import { exportTo, tokenOf } from "./support";

export interface DriftHarness {
  readonly stack: TestStack;
  readonly folder: string;
  /** The file of the exported state. */
  readonly state: string;
  /** The first task of a resource. */
  idOf(name: string): string;
  /** A token in the environment. */
  env(): Record<string, string>;
}

/** For the tests of a `describe`: one stack, without recorded requests before each. */
export function driftHarness(): DriftHarness {
  let stack: TestStack;
  let folder: string;
  let state: string;

  before(async () => {
    stack = await TestStack.open();
    folder = mkdtempSync(path.join(tmpdir(), "video-analysis-drift-"));
    const each = oneOfEach(() => ({ description: "ours", desiredState: "running", waitFor: "running" }));
    await stack.deploy({
      tasks: {
        ...each.tasks,
        ...tasksOf({ crossing: edgeArgs({ description: "ours" }, "north", "south") }).tasks,
        quiet: { args: iefArgs({ description: "ours" }), options: { ignoreChanges: ["description"] } },
      },
    });
    state = exportTo(path.join(folder, "state.json"), stack);
  });
  after(async () => {
    await stack.close();
    rmSync(folder, { recursive: true, force: true });
  });
  beforeEach(() => stack.emulator.clearRequests());
  return {
    get stack() {
      return stack;
    },
    get folder() {
      return folder;
    },
    get state() {
      return state;
    },
    idOf: (name) => taskIdsOf(stack.resource(name))[0]!,
    env: () => tokenOf(stack),
  };
}
