import assert from "node:assert/strict";
import type { LiveTask } from "../../provider/core/contract";
import { hasEnded, runStateOf, summaryState, waitVerdict } from "../../provider/core/state/run-state";

const task = (state: string, scheduleStatus?: string): LiveTask => ({
  id: "a",
  name: "n",
  state,
  args: {},
  outputFields: {},
  ...(scheduleStatus === undefined ? {} : { scheduleStatus }),
});

/** The table of docs/concepts.md, "States", row by row: run state, then the verdicts of the three waits. */
const TABLE: readonly (readonly [string, "running" | "stopped" | undefined, string, string, string])[] = [
  ["RUNNING", "running", "met", "met", "pending"],
  ["PENDING", "running", "met", "pending", "pending"],
  ["STARTING", "running", "met", "pending", "pending"],
  ["RECOVERING", "running", "met", "pending", "pending"],
  ["UPGRADING", "running", "met", "pending", "pending"],
  ["ABNORMAL", "running", "met", "pending", "pending"],
  ["SCHEDULING", "running", "met", "pending", "pending"],
  ["LACK_OF_RESOURCES", "running", "met", "pending", "pending"],
  ["STOPPED", "stopped", "met", "pending", "failed"],
  ["STOPPING", "stopped", "met", "pending", "pending"],
  ["STOPPED_NO_SERVICE", "stopped", "met", "pending", "pending"],
  ["SUCCEEDED", undefined, "met", "met", "met"],
  ["FAILED", undefined, "met", "failed", "failed"],
  ["CREATE_FAILED", undefined, "failed", "failed", "failed"],
  ["START_FAILED", undefined, "met", "failed", "failed"],
  ["FREEZING", undefined, "met", "pending", "pending"],
  ["FROZEN", undefined, "met", "failed", "failed"],
  ["DELETING", undefined, "met", "pending", "pending"],
  ["SOMETHING_NEW", undefined, "met", "pending", "pending"],
];

describe("run state", () => {
  for (const [state, runState, accepted, running, succeeded] of TABLE) {
    it(state, () => {
      assert.equal(runStateOf(task(state)), runState);
      assert.equal(waitVerdict(task(state), "accepted"), accepted);
      assert.equal(waitVerdict(task(state), "running"), running);
      assert.equal(waitVerdict(task(state), "succeeded"), succeeded);
    });
  }

  it("says nothing outside a schedule's window, in any letter case", () => {
    for (const status of ["INACTIVATED", "inactivated"]) {
      for (const [state] of TABLE) assert.equal(runStateOf(task(state, status)), undefined);
    }
    assert.equal(runStateOf(task("RUNNING", "ACTIVATED")), "running");
  });

  it("an activated schedule meets the wait for running, and never the one for success", () => {
    assert.equal(waitVerdict(task("PENDING", "ACTIVATED"), "running"), "met");
    assert.equal(waitVerdict(task("PENDING", "INACTIVATED"), "running"), "pending");
    assert.equal(waitVerdict(task("FAILED", "ACTIVATED"), "running"), "failed");
    assert.equal(waitVerdict(task("RUNNING", "ACTIVATED"), "succeeded"), "pending");
  });

  it("tasks that ended by themselves are the finished and the failed ones", () => {
    const ended = TABLE.map(([state]) => state).filter((state) => hasEnded(task(state)));
    assert.deepEqual(ended, ["SUCCEEDED", "FAILED", "CREATE_FAILED", "START_FAILED"]);
  });
});

describe("summary state", () => {
  const ORDER = [
    ...["FAILED", "CREATE_FAILED", "START_FAILED", "FROZEN", "FREEZING", "ABNORMAL", "SOMETHING_NEW"],
    ...[
      "STOPPED_NO_SERVICE",
      "DELETING",
      "STOPPING",
      "STOPPED",
      "LACK_OF_RESOURCES",
      "PENDING",
      "RECOVERING",
    ],
    ...["UPGRADING", "STARTING", "SCHEDULING", "RUNNING", "SUCCEEDED"],
  ];

  it("is the first one present in the order of the states, with the tasks in any order", () => {
    ORDER.forEach((worse, index) => {
      for (const better of ORDER.slice(index)) {
        assert.equal(summaryState([better, worse]), worse);
        assert.equal(summaryState([worse, better]), worse);
      }
    });
  });

  it("of no tasks is empty", () => assert.equal(summaryState([]), ""));
});
