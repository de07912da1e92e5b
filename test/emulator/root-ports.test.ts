import assert from "node:assert/strict";
import { connectEmulator, startEmulator } from "../../testkit/emulator";
import { Caller, EDGE, edgeTask } from "./support";

describe("emulator: services at the root of ports of their own", () => {
  let caller: Caller;
  before(async () => {
    caller = await Caller.open();
  });
  beforeEach(() => caller.emulator.reset());
  after(() => caller.emulator.close());

  it("are the same services, which the log shows as on the port of all", async () => {
    const { rootEndpoints, endpoints, projectId } = caller.emulator;
    const path = `/v1/${projectId}/services/${EDGE}/tasks`;
    assert.equal((await caller.send("POST", rootEndpoints.modelarts + path, edgeTask("one"))).status, 201);
    assert.equal((await caller.send("POST", endpoints.modelarts + path, edgeTask("two"))).status, 201);
    assert.deepEqual(
      caller.emulator.tasks().map(({ name }) => name),
      ["one", "two"],
    );
    assert.equal(
      caller.emulator.calls({ path: `/modelarts${path}`, operation: "createServiceTask" }).length,
      2,
    );
    for (const [service, list] of [
      ["vias", `/v2/${projectId}/batch-tasks`],
      ["iva", `/v2/${projectId}/services/video-analyze/tasks`],
      ["iam", "/v3/projects"],
    ] as const) {
      assert.equal((await caller.send("GET", rootEndpoints[service] + list)).status, 200, service);
    }
  });

  it("know no other service, no prefix and no control", async () => {
    const { rootEndpoints, projectId } = caller.emulator;
    for (const path of [`/v2/${projectId}/batch-tasks`, "/modelarts/v1/p/services", "/__emulator/state"]) {
      const { status, code } = await caller.send("GET", rootEndpoints.modelarts + path);
      assert.deepEqual([status, code], [404, "APIG.0101"], path);
    }
  });

  it("have the faults of the service", async () => {
    const { rootEndpoints, projectId } = caller.emulator;
    caller.emulator.inject({ kind: "throttle", match: { service: "vias" } });
    const ask = () => caller.send("GET", `${rootEndpoints.vias}/v2/${projectId}/batch-tasks`);
    assert.deepEqual([(await ask()).status, (await ask()).status], [429, 200]);
  });

  it("are where they are asked to be, and told to other processes", async () => {
    const free = new URL(caller.emulator.rootEndpoints.vias).port;
    await assert.rejects(startEmulator({ servicePorts: { vias: Number(free) } }), {
      code: "EMULATOR_USAGE",
    });
    await caller.emulator.close();
    const emulator = await startEmulator({ servicePorts: { vias: Number(free) } });
    try {
      assert.equal(emulator.rootEndpoints.vias, `http://127.0.0.1:${free}`);
      const { endpoints, rootEndpoints } = await connectEmulator(emulator.url).state();
      assert.deepEqual([endpoints, rootEndpoints], [emulator.endpoints, emulator.rootEndpoints]);
      assert.equal(new Set([emulator.url, ...Object.values(rootEndpoints)]).size, 5);
    } finally {
      await emulator.close();
    }
  });
});
