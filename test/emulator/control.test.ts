import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { connectEmulator, type EmulatorClient, type JsonObject } from "../../testkit/emulator";
import { ROUTES } from "../../testkit/emulator/control/routes";
import { Caller, EDGE, edgeTask, login } from "./support";

describe("emulator: control", () => {
  let caller: Caller;
  let remote: EmulatorClient;
  before(async () => {
    caller = await Caller.open();
    remote = connectEmulator(`${caller.emulator.url}/`);
  });
  beforeEach(() => caller.emulator.reset());
  after(() => caller.emulator.close());

  it("logs calls with operation, ids, status and body, and filters them", async () => {
    const id = await caller.made(EDGE, edgeTask("logged"));
    await caller.list(EDGE, "?offset=0&limit=10");
    await caller.show(EDGE, id);
    const [first] = caller.emulator.calls({ operation: "createServiceTask" });
    assert.deepEqual(
      { ...first, body: undefined, requestId: undefined },
      {
        seq: 1,
        at: Date.UTC(2025, 0, 1),
        method: "POST",
        path: new URL(caller.tasksUrl(EDGE)).pathname,
        query: {},
        service: "modelarts",
        operation: "createServiceTask",
        serviceId: EDGE,
        name: "logged",
        status: 201,
        body: undefined,
        requestId: undefined,
      },
    );
    assert.deepEqual(
      caller.emulator.calls({ method: "GET", service: "modelarts" }).map((call) => call.operation),
      ["listServiceTasks", "showServiceTask"],
    );
    assert.deepEqual(caller.emulator.calls({ operation: "listServiceTasks" })[0]!.query, {
      offset: "0",
      limit: "10",
    });
    assert.equal(caller.emulator.calls({ taskId: id })[0]!.name, "logged");
    caller.emulator.clearRequests();
    assert.deepEqual(caller.emulator.requests, []);
  });

  it("keeps secrets out of the log", async () => {
    const vcn = { ip: "10.0.0.1", port: 1, username: "u", password: "canary-1" };
    const data = [
      { device_id: "x", url: "https://user:canary-2@x.example.com", headers: { Key: "canary-3" } },
    ];
    const output = { webhook: { url: "https://x", headers: { Authorization: "canary-4" } } };
    await caller.made(EDGE, edgeTask("t", { input: { type: "vcn", data, vcn }, output }));
    await caller.send("POST", caller.tokenUrl(), login({ password: "canary-5" }), {
      "X-Auth-Token": "canary-6",
    });
    const log = JSON.stringify(caller.emulator.requests);
    assert.ok(!log.includes("canary"), log);
    assert.ok(log.includes('"Authorization":"******"'));
  });

  it("keeps them when a test asks for exact bodies", async () => {
    const exact = await Caller.open({ logSecrets: true });
    await exact.made(EDGE, edgeTask());
    assert.deepEqual(exact.emulator.requests[0]!.body, edgeTask());
    await exact.emulator.close();
  });

  it("hands out copies", async () => {
    await caller.made(EDGE, edgeTask());
    (caller.emulator.tasks()[0]!["input"] as JsonObject)["type"] = "changed";
    (caller.emulator.requests[0]!.body as JsonObject)["name"] = "changed";
    assert.equal((caller.emulator.tasks()[0]!["input"] as JsonObject)["type"], "restful");
    assert.equal((caller.emulator.requests[0]!.body as JsonObject)["name"], "task-test");
    assert.deepEqual(caller.emulator.tasks()[0]!["source_usage_estimate"], { cpu: 0.1, memory: 32 });
  });

  it("takes given ids first", async () => {
    const given = await Caller.open({ taskIds: ["c".repeat(32)] });
    assert.equal(await given.made(EDGE, edgeTask()), "c".repeat(32));
    assert.notEqual(await given.made(EDGE, edgeTask()), "c".repeat(32));
    await given.emulator.close();
  });

  it("edits, forces and removes tasks behind the client's back", async () => {
    const id = await caller.made(EDGE, edgeTask());
    caller.emulator.editTask(id, {
      description: null,
      name: "renamed",
      output: { webhook: { url: "https://y" } },
    });
    const edited = (await caller.show(EDGE, id)).json;
    assert.deepEqual([edited["name"], edited["description"]], ["renamed", undefined]);
    assert.deepEqual(edited["output"], {
      webhook: { url: "https://y", headers: { "Content-Type": "application/json" } },
    });
    const error = { code: "42", message: "no stream" };
    caller.emulator.setState(id, "FAILED", { status: "gave up", error });
    caller.emulator.advance(1e9);
    const failed = (await caller.show(EDGE, id)).json;
    assert.deepEqual([failed["state"], failed["status"], failed["error"]], ["FAILED", "gave up", error]);
    caller.emulator.removeTask(id);
    assert.equal((await caller.show(EDGE, id)).status, 404);
    assert.throws(() => caller.emulator.removeTask(id), { code: "EMULATOR_USAGE" });
  });

  it("does all of it over HTTP too", async () => {
    const id = await caller.made(EDGE, edgeTask());
    assert.deepEqual(
      (await remote.tasks(EDGE)).map((task) => task.id),
      [id],
    );
    await remote.editTask(id, { description: "edited" });
    await remote.setState(id, "ABNORMAL", { status: "away" });
    const task = (await caller.show(EDGE, id)).json;
    assert.deepEqual([task["description"], task["state"], task["status"]], ["edited", "ABNORMAL", "away"]);

    const fault = await remote.inject({ kind: "status", status: 500, times: Infinity });
    assert.equal((await caller.list(EDGE)).status, 500);
    assert.deepEqual(
      (await remote.state()).faults.map(({ id: faultId, remaining }) => [faultId, remaining]),
      [[fault.id, null]],
    );
    assert.equal(await remote.removeFault(fault.id), true);
    await remote.inject({ kind: "hang" });
    await remote.clearFaults();
    assert.equal((await caller.list(EDGE)).status, 200);

    assert.equal((await remote.calls({ operation: "listServiceTasks", status: 500 })).length, 1);
    await remote.clearRequests();
    assert.deepEqual(await remote.calls(), []);

    const now = (await remote.state()).clock.now;
    await remote.advance(5000);
    assert.equal((await remote.state()).clock.now, now + 5000);

    await remote.removeService(EDGE);
    assert.equal((await caller.list(EDGE)).status, 404);
    await remote.addService({ id: EDGE, name: "again", platform: "edge" });
    await remote.configure({ maxLimit: 5 });
    assert.equal((await caller.list(EDGE, "?limit=6")).status, 400);
    await remote.removeTask(id);
    assert.deepEqual(await remote.tasks(), []);
    await remote.expireTokens();
    assert.equal((await caller.list(EDGE)).status, 401);
    await remote.reset();
    assert.equal((await caller.list(EDGE, "?limit=6")).status, 200);
    assert.equal((await remote.state()).projectId, caller.emulator.projectId);
  });

  it("refuses what it does not understand, and says what it has", async () => {
    await assert.rejects(remote.removeTask("missing"), {
      code: "EMULATOR_USAGE",
      message: /no task missing/,
    });
    await assert.rejects(remote.advance(-1), { message: /\[ms\]/ });
    await assert.rejects(remote.configure({ maxLimit: 0 }), { message: /\[maxLimit\]/ });
    const { status, message } = await caller.send("GET", `${caller.emulator.url}/__emulator/nothing`);
    assert.equal(status, 404);
    assert.match(message, /GET \/state/);
  });

  it("has every route in docs/emulator.md", async () => {
    const page = await readFile("docs/emulator.md", "utf8");
    for (const [name, { method, path, named = {} }] of Object.entries(ROUTES)) {
      const start = `${name}(${Object.keys(named).join(", ")}`;
      const row = page.split("\n").find((line) => line.startsWith(`| \`${start}`));
      assert.ok(row?.includes(`\`${method} ${path}\``), `${start}: ${method} ${path}`);
    }
  });

  it("does not log control requests", async () => {
    await remote.state();
    assert.deepEqual(caller.emulator.requests, []);
  });
});
