/** Tasks that another stack made, and a project to import them into. */
import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import type { JsonObject } from "../../testkit/emulator";
import { batchArgs, edgeArgs, iefArgs, jobArgs } from "../scenarios/program";
import { taskIdsOf, TestStack } from "../scenarios/support";
import { projectFolder, runImport, stackIn } from "./importing";
import type { Run } from "./support";

export const VAS = "video-analyze";
export const URL_CANARY = "rtsp://admin:canary-url@cameras.example.com/gate";
export const HEADER_CANARY = "Bearer canary-header";
export const PASSWORD_CANARY = "canary-password";

export const weekly: JsonObject = {
  type: "weekly",
  timezone: "+01:00",
  daysOfWeek: [1, 6],
  periods: [{ beginAt: "22:00:00", endAt: "23:30:00" }],
};

export interface ImportHarness {
  /** The stack that made the tasks. */
  readonly maker: TestStack;
  /** The project's folder, another for each test. */
  readonly folder: string;
  /** The project's stack. */
  readonly stack: TestStack;
  /** Runs the command in the folder. */
  importing(...args: string[]): Promise<Run>;
  /** Task ids of a resource of the maker. */
  ids(name: string): string[];
}

/** For the tests of a `describe`, which fail where they did more than read. */
export function importHarness(): ImportHarness {
  let maker: TestStack;
  let folder: string;
  let stack: TestStack;

  before(async () => {
    maker = await TestStack.open();
    await maker.deploy({
      tasks: {
        gate: {
          args: iefArgs({
            name: "gate-north",
            description: 'at the "north" gate',
            input: { type: "url", data: [{ url: URL_CANARY }] },
            output: {
              dis: { streamName: "results" },
              webhook: {
                url: "https://hooks.example.com/results",
                headers: { Authorization: HEADER_CANARY },
                dataCategory: ["b", "a"],
              },
            },
            config: { level: 1.5, common: { zones: [[1, 2], [3]], "a key": true, none: {} } },
          }),
        },
        plan: { args: iefArgs({ name: "plan", schedule: weekly }) },
        pair: { args: edgeArgs({ name: "pair" }, "left", "right") },
        vcn: {
          args: iefArgs({
            name: "vcn",
            input: {
              type: "vcn",
              data: [{ deviceId: "device-1", streamType: 1 }],
              vcn: { ip: "192.0.2.1", port: 8000, username: "reader", password: PASSWORD_CANARY },
            },
          }),
        },
        batch: {
          type: "BatchTask",
          args: batchArgs({ name: "site", description: "by hand", config: { common: { level: 1 } } }),
        },
        job: {
          type: "VideoAnalysisJob",
          args: jobArgs({ name: "yard", serviceConfig: { common: { level: 1 } } }),
        },
      },
    });
  });
  after(() => maker.close());
  beforeEach(() => {
    maker.emulator.clearRequests();
    folder = projectFolder();
    stack = stackIn(folder, maker.emulator);
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
    // The command and all that follows it here only read.
    const { requests } = maker.emulator;
    assert.deepEqual(
      [...new Set(requests.map(({ method }) => method))].sort(),
      requests.length > 0 ? ["GET"] : [],
    );
  });
  return {
    get maker() {
      return maker;
    },
    get folder() {
      return folder;
    },
    get stack() {
      return stack;
    },
    importing: (...args) => runImport(folder, maker.emulator, args),
    ids: (name) => taskIdsOf(maker.resource(name)),
  };
}
