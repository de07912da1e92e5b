import assert from "node:assert/strict";
import { connectEmulator, type Json, type JsonObject } from "../../testkit/emulator";
import { batchTask, Caller, sources, without } from "./support";
import { refused } from "./vias-support";

const PATH = "/services/fire-smoke/tasks";

const task = (more: JsonObject = {}): JsonObject => ({
  name: "single",
  input: { type: "video_source", data: [{ video_source_id: "camera-north-1" }] },
  output: { event_center: true },
  service_version: "1.0",
  ...more,
});
const CHANGE = without(task(), "service_version");

describe("emulator: VIAS single tasks, errors and control", () => {
  let caller: Caller;
  before(async () => {
    caller = await Caller.open();
  });
  beforeEach(() => caller.emulator.reset());
  after(() => caller.emulator.close());

  const vias = (method: string, path: string, body?: Json) => caller.call("vias", method, path, body);
  const made = async (body: JsonObject): Promise<string> => {
    const { status, json, text } = await vias("POST", PATH, body);
    assert.equal(status, 200, text);
    return (json["tasks"] as { id: string }[])[0]!.id;
  };
  const batch = async (body: JsonObject): Promise<string> =>
    (await vias("POST", "/batch-tasks", body)).json["id"] as string;

  it("are created one of each input entry, each with the name of its source", async () => {
    const data = [{ video_source_id: "camera-north-1" }, { video_source_id: "camera-south-2" }];
    const { json } = await vias("POST", PATH, task({ input: { type: "video_source", data } }));
    const [first, second] = json["tasks"] as { id: string }[];
    const name = async (id: string) => (await vias("GET", `/tasks/${id}`)).json["video_source_name"];
    assert.equal(await name(first!.id), "north camera 1");
    assert.equal(await name(second!.id), "south camera 2");
    assert.deepEqual(caller.emulator.batches(), []);
  });

  it("take the documented url example, index and all", async () => {
    const data = [{ index: 0, url: "https://iuwhediue-input.com" }];
    const id = await made(task({ input: { type: "url", data } }));
    assert.equal((await vias("GET", `/tasks/${id}`)).json["video_source_name"], "");
  });

  it("are refused where the definition says so", async () => {
    const entry = (type: string, more: JsonObject) => task({ input: { type, data: [more] } });
    const bodies: [string, JsonObject][] = [
      ["input.type", entry("vis", { stream_name: "s" })],
      ["input.data[0].video_source_id", entry("video_source", {})],
      ["input.data[0].node_id", entry("url", { url: "https://x.y", node_id: "n" })],
      ["input.data[0].url", entry("url", { url: "x.y" })],
      ["input.data[0].device_id", entry("vcn", { device_id: "1#2" })],
      ["service_version", without(task(), "service_version")],
    ];
    for (const [path, body] of bodies) {
      const reply = await vias("POST", PATH, body);
      refused(reply, "VIAS.00010001");
      assert.deepEqual(reply.json["params"], [path]);
    }
    refused(await vias("POST", "/services/other/tasks", task()), "VIAS.00010002");
  });

  it("are updated by full replacement, and keep video_source", async () => {
    const id = await made(task({ description: "old" }));
    const updated = await vias("PUT", `/tasks/${id}`, { ...CHANGE, name: "changed" });
    assert.deepEqual([updated.status, updated.json], [200, {}]);
    const { json } = await vias("GET", `/tasks/${id}`);
    assert.deepEqual([json["name"], json["description"]], ["changed", undefined]);
    const url = { type: "url", data: [{ url: "https://x.example.com" }] };
    refused(await vias("PUT", `/tasks/${id}`, { ...CHANGE, input: url }), "VIAS.00010001");
    refused(await vias("PUT", `/tasks/${id}`, task()), "VIAS.00010001");
    const two = [{ video_source_id: "camera-north-1" }, { video_source_id: "camera-north-2" }];
    const input = { type: "video_source", data: two };
    refused(await vias("PUT", `/tasks/${id}`, { ...CHANGE, input }), "VIAS.00010001");
  });

  it("stop, start and go, one by one; a wrong state is a 500", async () => {
    const id = await made(task());
    const act = (action: string) => vias("PUT", `/tasks/${id}/action/${action}`);
    assert.equal((await act("stop")).status, 200);
    const again = await act("stop");
    assert.deepEqual([again.status, again.code], [500, "VIAS.00010012"]);
    caller.emulator.advance(1000);
    assert.equal((await act("start")).status, 200);
    assert.equal((await vias("DELETE", `/tasks/${id}`)).status, 200);
    caller.emulator.advance(1000);
    for (const method of ["GET", "DELETE"]) refused(await vias(method, `/tasks/${id}`), "VIAS.00010007");
    refused(await vias("GET", "/tasks/NO"), "VIAS.00010001");
  });

  it("answer 401 with VIAS.00010005 without a valid token, and as the gateway where it has expired", async () => {
    const codeOf = async (token: string, project = caller.emulator.projectId) => {
      const url = `${caller.emulator.endpoints.vias}/v2/${project}/tasks`;
      const { status, code } = await caller.send("GET", url, undefined, { "X-Auth-Token": token });
      return [status, code];
    };
    assert.deepEqual(await codeOf(""), [401, "VIAS.00010005"]);
    assert.deepEqual(await codeOf("unknown"), [401, "VIAS.00010005"]);
    assert.deepEqual(await codeOf(caller.emulator.token, "elsewhere"), [401, "VIAS.00010005"]);
    caller.emulator.expireTokens();
    assert.deepEqual(await codeOf(caller.emulator.token), [401, "APIG.0307"]);
  });

  it("carry the service's code on injected statuses", async () => {
    caller.emulator.inject({ kind: "status", status: 500, match: { service: "vias" } });
    const { status, code, json } = await vias("GET", "/tasks");
    assert.deepEqual([status, code], [500, "VIAS.00010006"]);
    assert.deepEqual(json["params"], []);
  });

  it("let tests edit, force and remove batches, in process and over HTTP", async () => {
    const remote = connectEmulator(caller.emulator.url);
    const id = await batch(batchTask("t", { batch_input: sources("group-north") }));
    caller.emulator.editBatch(id, { name: "renamed", description: "edited" });
    const [edited] = await remote.batches();
    assert.deepEqual([edited!.name, edited!.task_ids.length], ["renamed", 2]);
    const { json } = await vias("GET", `/tasks/${edited!.task_ids[0]!}`);
    assert.deepEqual([json["name"], json["description"]], ["renamed_task", "edited"]);
    await remote.editBatch(id, { config: null });
    assert.equal(caller.emulator.batches()[0]!["config"], undefined);
    await remote.setState(id, "ABNORMAL");
    assert.deepEqual(caller.emulator.batches()[0]!.states, { abnormal: 2 });
    caller.emulator.editTask(edited!.task_ids[0]!, { state: "FAILED" });
    assert.deepEqual((await remote.state()).batches[0]!.states, { failed: 1, abnormal: 1 });
    await remote.removeTask(edited!.task_ids[0]!);
    assert.deepEqual(
      (await remote.tasks()).map((each) => each["batch_id"]),
      [id],
    );
    await remote.removeBatch(id);
    assert.deepEqual(await remote.tasks(), []);
    await assert.rejects(remote.removeBatch(id), { code: "EMULATOR_USAGE", message: /no batch/ });
    assert.throws(() => caller.emulator.editTask(id, {}), { code: "EMULATOR_USAGE" });
  });

  it("let tests declare groups, algorithms and services while running", async () => {
    const remote = connectEmulator(caller.emulator.url);
    await remote.addVideoGroup({ id: "group-east", name: "E", sources: [{ id: "camera-e", name: "e" }] });
    await remote.addService({ id: "alg-2", name: "helmets", platform: "vias", versions: ["2.0"] });
    const body = { service_name: "helmets", service_version: "2.0", batch_input: sources("group-east") };
    assert.ok(await batch(batchTask("t", body)));
    assert.equal(caller.emulator.tasks("alg-2").length, 1);
    await remote.removeVideoGroup("group-east");
    refused(await vias("POST", "/batch-tasks", batchTask("t", body)), "VIAS.00010002");
    await remote.addService({ id: "vas-2", name: "crowds", platform: "vas", versions: ["1.0"] });
    assert.equal((await caller.call("iva", "GET", "/services/crowds/tasks")).status, 200);
    await assert.rejects(
      remote.addService({ id: "x", name: "x", platform: "vias" } as unknown as Parameters<
        typeof remote.addService
      >[0]),
      { message: /\[versions\]/ },
    );
  });

  it("log batch and service names", async () => {
    const id = await batch(batchTask("logged"));
    await vias("PUT", `/batch-tasks/${id}/action/stop`);
    const [entry] = caller.emulator.calls({ batchId: id });
    assert.deepEqual([entry!.operation, entry!.name], ["stopBatchTask", "logged"]);
    await made(task());
    assert.equal(caller.emulator.calls({ serviceName: "fire-smoke" })[0]!.operation, "createTask");
  });
});
