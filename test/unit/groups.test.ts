import assert from "node:assert/strict";
import { silent } from "../../provider/common/log";
import { VideoAnalysisError } from "../../provider/common/errors";
import { outputsOf } from "../../provider/core/state/outputs";
import { RunRegistry } from "../../provider/core/ownership/run-registry";
import type { Binding, LiveTask } from "../../provider/core/contract";
import type { RunContext } from "../../provider/core/operation";
import { ProofScan, type Scan } from "../../provider/services/paging/task-scan";
import { ensureRunState, waitUntil, type Waiter } from "../../provider/core/reconcile/wait";
import { batchTask } from "../../provider/services/batch-task/definition";
import { FakeClock } from "../support/fake-clock";

const part = (index: number, state = "RUNNING"): LiveTask => ({
  id: `task-${String(index).padStart(4, "0")}`,
  name: "",
  state,
  args: {},
  outputFields: {},
});
const groupOf = (parts: LiveTask[], partCount?: number): LiveTask => ({
  ...part(0, ""),
  id: "batch-1",
  name: "site",
  parts,
  ...(partCount === undefined ? {} : { partCount }),
});
const many = (count: number, state: (index: number) => string): LiveTask[] =>
  Array.from({ length: count }, (_, index) => part(index, state(index)));

const clock = new FakeClock();
const context: RunContext = {
  clock,
  registry: new RunRegistry(),
  signal: new AbortController().signal,
  allowDuplicateNames: false,
  resume: false,
  open: () => Promise.reject(new Error("not opened here")),
  log: silent,
};

/** Waits where one live group is shown after the other, the last one for ever. */
function waiterFor(...lives: LiveTask[]): { waiter: Waiter; calls: string[] } {
  const calls: string[] = [];
  const gateway = {
    show: () => Promise.resolve(lives.length > 1 ? lives.shift() : lives[0]),
    stop: (id: string) => Promise.resolve(void calls.push(`stop ${id}`)),
  };
  const binding = { gateway } as unknown as Binding;
  return { waiter: { binding, deadline: clock.deadline(), context }, calls };
}

describe("outputs of a group", () => {
  const binding = { region: "r", projectId: "p", endpoint: "e" } as unknown as Binding;
  const outputs = (parts: LiveTask[], outputFields = {}) =>
    outputsOf(
      { definition: batchTask, inputs: { name: "site" }, binding },
      { taskIds: ["batch-1"], tasks: [{ ...groupOf(parts), outputFields }] },
    );

  it("name the sub-tasks in their order, and report the worst ones first", () => {
    const made = outputs([part(1), part(2, "FAILED"), part(3, "STOPPED")]);
    assert.deepEqual(made.taskIds, ["task-0001", "task-0002", "task-0003"]);
    assert.deepEqual(made.states, ["RUNNING", "FAILED", "STOPPED"]);
    assert.deepEqual(
      (made.tasks as LiveTask[]).map(({ state }) => state),
      ["FAILED", "STOPPED", "RUNNING"],
    );
    assert.deepEqual([made.state, made.tasksTruncated], ["FAILED", false]);
  });

  it("are cut where a state would grow too large, but the summary counts all", () => {
    const made = outputs(many(1001, (index) => (index === 1000 ? "FAILED" : "RUNNING")));
    assert.equal((made.taskIds as string[]).length, 1000);
    assert.equal((made.states as string[]).length, 1000);
    assert.equal((made.tasks as LiveTask[]).length, 100);
    assert.equal((made.tasks as LiveTask[])[0]?.state, "FAILED");
    assert.deepEqual([made.state, made.tasksTruncated], ["FAILED", true]);
  });

  it("cut long lists of texts, and each text", () => {
    const made = outputs([part(1)], { errorList: Array.from({ length: 150 }, () => "x".repeat(300)) });
    const list = made.errorList as string[];
    assert.deepEqual([list.length, list[0]?.length], [100, 200]);
  });
});

describe("waiting for a group", () => {
  const unseen = { taskIds: ["batch-1"], tasks: [] };

  it("takes its being listed for acceptance", async () => {
    const { waiter } = waiterFor(groupOf([], 2));
    const { error } = await waitUntil(waiter, unseen, "accepted");
    assert.equal(error, undefined);
  });

  it("waits for sub-tasks that are not listed yet", async () => {
    const whole = groupOf([part(1), part(2)], 2);
    const { waiter } = waiterFor(groupOf([]), groupOf([part(1)], 2), whole);
    assert.deepEqual(await waitUntil(waiter, unseen, "running"), { tasks: [whole] });
  });

  it("stops nothing before there is something to stop", async () => {
    const stopped = groupOf([part(1, "STOPPED")], 1);
    const { waiter, calls } = waiterFor(groupOf([], 1), groupOf([part(1)], 1), stopped);
    await ensureRunState(waiter, ["batch-1"], { desired: "stopped", force: true });
    assert.deepEqual(calls, ["stop batch-1"]);
  });
});

describe("scans that prove an absence", () => {
  const empty: Scan = { tasks: [], unreadable: 0 };

  it("serve those who asked before they began, and nobody else", async () => {
    const scans = new ProofScan<LiveTask>();
    let begun = 0;
    let finish: () => void = () => undefined;
    const scan = (): Promise<Scan> => {
      begun += 1;
      return new Promise((resolve) => (finish = () => resolve(empty)));
    };
    const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
    const early = [scans.run(clock.deadline(), scan), scans.run(clock.deadline(), scan)];
    await turn();
    assert.equal(begun, 1);
    const late = [scans.run(clock.deadline(), scan), scans.run(clock.deadline(), scan)];
    await turn();
    assert.equal(begun, 1, "the scan that is under way may have passed the place");
    finish();
    await Promise.all(early);
    await turn();
    assert.equal(begun, 2);
    finish();
    await Promise.all(late);
  });

  it("go on under a deadline of their own where that of another ended", async () => {
    const scans = new ProofScan<LiveTask>();
    const timedOut = scans.run(clock.deadline(), () =>
      Promise.reject(new VideoAnalysisError("TIMEOUT", "over")),
    );
    const other = scans.run(clock.deadline(), () => Promise.resolve(empty));
    await assert.rejects(timedOut, /TIMEOUT/);
    assert.equal(await other, empty);
    assert.equal(
      await scans.run(clock.deadline(), () => Promise.resolve(empty)),
      empty,
      "a failure is not kept",
    );
  });

  it("fail for all who share them", async () => {
    const scans = new ProofScan<LiveTask>();
    const failing = [1, 2].map(() => scans.run(clock.deadline(), () => Promise.reject(new Error("refused"))));
    for (const run of failing) await assert.rejects(run, /refused/);
  });
});
