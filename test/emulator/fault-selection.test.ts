import assert from "node:assert/strict";
import type { Fault } from "../../testkit/emulator";
import { Caller, EDGE, edgeTask } from "./support";

describe("emulator: selection of faults", () => {
  let caller: Caller;
  before(async () => {
    caller = await Caller.open();
  });
  beforeEach(() => caller.emulator.reset());
  after(() => caller.emulator.close());

  const create = (name = "t") => caller.create(EDGE, edgeTask(name));
  const injected = (fault: Fault) =>
    caller.emulator.inject({ match: { operation: "createServiceTask" }, ...fault });

  it("skips the first matches and strikes as often as told", async () => {
    injected({ kind: "status", status: 500, after: 1, times: 2 });
    const statuses = [];
    for (let attempt = 0; attempt < 4; attempt++) statuses.push((await create()).status);
    assert.deepEqual(statuses, [201, 500, 500, 201]);
  });

  it("strikes for ever until it is removed", async () => {
    const fault = caller.emulator.inject({ kind: "status", status: 500, times: Infinity });
    for (let attempt = 0; attempt < 3; attempt++) assert.equal((await caller.list(EDGE)).status, 500);
    assert.equal(caller.emulator.removeFault(fault.id), true);
    assert.equal((await caller.list(EDGE)).status, 200);
    assert.equal(caller.emulator.removeFault(fault.id), false);
  });

  it("matches by service, method, name and task", async () => {
    const id = await caller.made(EDGE, edgeTask("one"));
    const other = await caller.made(EDGE, edgeTask("two"));
    caller.emulator.inject({ kind: "status", status: 500, match: { service: "iam" } });
    caller.emulator.inject({ kind: "status", status: 501, match: { taskId: id } });
    caller.emulator.inject({ kind: "status", status: 502, match: { name: "two", method: "delete" } });
    assert.equal((await caller.show(EDGE, other)).status, 200);
    assert.equal((await caller.show(EDGE, id)).status, 501);
    assert.equal((await caller.delete(EDGE, other)).status, 502);
    assert.equal((await caller.send("GET", `${caller.emulator.endpoints.iam}/v3/projects`)).status, 500);
  });

  it("strikes requests in turn with answer faults, at once with others", async () => {
    injected({ kind: "latency", ms: 1 });
    injected({ kind: "status", status: 500 });
    injected({ kind: "throttle" });
    assert.deepEqual([(await create()).status, (await create()).status], [500, 429]);
    assert.deepEqual(
      caller.emulator.requests.map((entry) => entry.fault),
      ["latency+status", "throttle"],
    );
  });

  it("refuses faults that make no sense", () => {
    const wrong = [
      { kind: "explode" },
      { kind: "latency" },
      { kind: "status", status: 99 },
      { kind: "drop", when: "later" },
      { kind: "hang", times: 0 },
      { kind: "quota", calls: 1 },
      { kind: "quota", calls: 1, windowMs: 0 },
      { kind: "hang", match: { operation: 1 } },
      { kind: "hang", ms: 1 },
    ];
    for (const fault of wrong) {
      assert.throws(
        () => caller.emulator.inject(fault as Fault),
        { code: "EMULATOR_USAGE" },
        JSON.stringify(fault),
      );
    }
  });
});
