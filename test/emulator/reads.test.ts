import assert from "node:assert/strict";
import type { JsonObject } from "../../testkit/emulator";
import { Caller, EDGE, edgeTask, IEF, iefTask, without } from "./support";

const VCN = { ip: "10.0.0.1", port: 9900, username: "u", password: "p4ss" };

describe("emulator: read service tasks", () => {
  let caller: Caller;
  before(async () => {
    caller = await Caller.open();
  });
  beforeEach(() => caller.emulator.reset());
  after(() => caller.emulator.close());

  it("shows TaskDetails: what was sent, without the estimate and the service's name", async () => {
    caller.emulator.configure({ extraFields: false });
    const sent = edgeTask();
    const id = await caller.made(EDGE, sent);
    const { status, json } = await caller.show(EDGE, id);
    assert.equal(status, 200);
    assert.deepEqual(json, {
      ...without(sent, "source_usage_estimate"),
      id,
      creator: "emulator-user",
      project_id: caller.emulator.projectId,
      service_id: EDGE,
      created_at: "2025-01-01T00:00:00Z",
      updated_at: "2025-01-01T00:00:00Z",
      state: "PENDING",
    });
  });

  it("names the service in lists, and adds fields that no document has", async () => {
    const id = await caller.made(EDGE, edgeTask());
    const { json } = await caller.list(EDGE);
    assert.equal(json["count"], 1);
    const [task] = json["tasks"] as JsonObject[];
    assert.deepEqual([task!["id"], task!["service_name"], task!["flag"]], [id, "face-detect", 0]);
    const [entry] = (task!["input"] as { data: JsonObject[] }).data;
    assert.equal(entry!["index"], 0);
    assert.equal(task!["source_usage_estimate"], undefined);
  });

  it("moves updated_at with the state, not created_at", async () => {
    caller.emulator.configure({ transitions: { pendingMs: 60_000, startingMs: 60_000 } });
    const id = await caller.made(EDGE, edgeTask());
    caller.emulator.advance(130_000);
    const { json } = await caller.show(EDGE, id);
    assert.deepEqual(
      [json["state"], json["created_at"], json["updated_at"]],
      ["RUNNING", "2025-01-01T00:00:00Z", "2025-01-01T00:02:00Z"],
    );
  });

  it("masks, echoes or omits the vcn password", async () => {
    const vcnInput = { type: "vcn", data: [{ device_id: "x" }], vcn: VCN };
    const id = await caller.made(EDGE, edgeTask("t", { input: vcnInput }));
    const password = async () => {
      const { json } = await caller.show(EDGE, id);
      return ((json["input"] as JsonObject)["vcn"] as JsonObject)["password"];
    };
    assert.equal(await password(), "******");
    caller.emulator.configure({ passwordEcho: "echo" });
    assert.equal(await password(), "p4ss");
    caller.emulator.configure({ passwordEcho: "omit" });
    assert.equal(await password(), undefined);
  });

  it("shows headers and URLs of sources and webhook in the configured forms", async () => {
    const headers = { "X-Key": "k" };
    const RESTFUL = { certificate_check: false, rtsp_path_in_response: "data/url" };
    const input = { type: "restful", data: [{ ...RESTFUL, url: "rtsp://u:p@host/a", headers }] };
    const output = { webhook: { url: "https://u:p@host/b", headers } };
    const id = await caller.made(EDGE, edgeTask("t", { input, output }));
    const holders = async () => {
      const { json } = await caller.show(EDGE, id);
      const [source] = (json["input"] as { data: JsonObject[] }).data;
      return [source!, (json["output"] as JsonObject)["webhook"] as JsonObject];
    };
    const seen = async (key: string) => (await holders()).map((holder) => holder[key]);
    assert.deepEqual(await seen("headers"), [headers, headers]);
    for (const [urlEcho, shown] of Object.entries({
      echo: ["rtsp://u:p@host/a", "https://u:p@host/b"],
      mask: ["rtsp://u:xxxxx@host/a", "https://u:xxxxx@host/b"],
      strip: ["rtsp://host/a", "https://host/b"],
      slash: ["rtsp://u:p@host/a/", "https://u:p@host/b/"],
    } as const)) {
      caller.emulator.configure({ urlEcho: urlEcho as "echo" });
      assert.deepEqual(await seen("url"), shown);
    }
    caller.emulator.configure({ headersEcho: "mask" });
    assert.deepEqual(await seen("headers"), [{ "X-Key": "******" }, { "X-Key": "******" }]);
    caller.emulator.configure({ headersEcho: "omit" });
    assert.deepEqual(await seen("headers"), [undefined, undefined]);
  });

  it("answers a malformed id, a missing task and a missing service in different ways", async () => {
    const malformed = await caller.show(EDGE, "TASK-1");
    assert.deepEqual([malformed.status, malformed.code], [400, "ModelArts.0101"]);
    assert.ok(malformed.message.includes("^[0-9a-f]{32}$"));
    const missing = "0".repeat(32);
    for (const method of ["GET", "DELETE"]) {
      const { status, code, message } = await caller.send(method, caller.tasksUrl(EDGE, `/${missing}`));
      assert.deepEqual([status, code], [404, "ModelArts.3502"]);
      assert.ok(message.includes(missing));
    }
    caller.emulator.configure({ taskNotFoundCode: "ModelArts.3822" });
    assert.equal((await caller.show(EDGE, missing)).json["error_code"], "ModelArts.3822");
    caller.emulator.removeService(EDGE);
    const lost = await caller.show(EDGE, missing);
    assert.deepEqual([lost.status, lost.code], [404, "ModelArts.3502"]);
    assert.ok(lost.message.includes(EDGE));
  });

  it("keeps the tasks of a service to itself, and finds them again after a lost subscription", async () => {
    const id = await caller.made(EDGE, edgeTask());
    assert.equal((await caller.show(IEF, id)).status, 404);
    assert.equal((await caller.list(IEF)).json["count"], 0);
    caller.emulator.removeService(EDGE);
    assert.equal((await caller.list(EDGE)).status, 404);
    caller.emulator.addService({ id: EDGE, name: "face-detect", platform: "edge" });
    assert.equal((await caller.show(EDGE, id)).status, 200);
  });

  describe("lists", () => {
    beforeEach(async () => {
      for (const name of ["alpha", "beta", "Gamma"]) {
        await caller.made(IEF, iefTask(name));
        caller.emulator.advance(1000);
      }
    });

    it("page by offset and limit, with the total as count", async () => {
      const { json } = await caller.list(IEF, "?offset=1&limit=1");
      assert.equal(json["count"], 3);
      assert.deepEqual(await caller.names(IEF, "?offset=1&limit=1"), ["beta"]);
      assert.deepEqual(await caller.names(IEF, "?offset=3"), []);
    });

    it("cap the default limit and refuse a larger or broken one", async () => {
      caller.emulator.configure({ maxLimit: 2 });
      assert.equal((await caller.names(IEF)).length, 2);
      for (const query of ["?limit=3", "?limit=0", "?limit=x", "?offset=-1", "?colour=red"]) {
        const { status, code } = await caller.list(IEF, query);
        assert.deepEqual([status, code], [400, "ModelArts.0101"], query);
      }
    });

    it("filter and sort on IEF", async () => {
      const start = Date.UTC(2025, 0, 1);
      const [first] = caller.emulator.tasks(IEF);
      assert.deepEqual(await caller.names(IEF, "?name_like=AM"), ["Gamma"]);
      assert.deepEqual(await caller.names(IEF, `?id=${first!.id}`), ["alpha"]);
      assert.deepEqual(await caller.names(IEF, `?created_since=${start + 1000}`), ["Gamma", "beta"]);
      assert.deepEqual(await caller.names(IEF, `?created_until=${start + 999}`), ["alpha"]);
      assert.deepEqual(await caller.names(IEF, "?sort_key=created_at&sort_dir=asc"), [
        "alpha",
        "beta",
        "Gamma",
      ]);
      assert.deepEqual(await caller.names(IEF, "?sort_key=name&sort_dir=desc"), ["beta", "alpha", "Gamma"]);
      caller.emulator.setState(first!.id, "FAILED");
      assert.deepEqual(await caller.names(IEF, "?state=FAILED"), ["alpha"]);
      assert.deepEqual(await caller.names(IEF, "?sort_key=updated_at&sort_dir=desc&limit=1"), ["alpha"]);
    });

    it("refuse values outside the documented sets", async () => {
      for (const query of [
        "?state=running",
        "?sort_key=desc",
        "?sort_dir=created_at",
        "?created_since=now",
      ]) {
        const { status, code } = await caller.list(IEF, query);
        assert.deepEqual([status, code], [400, "ModelArts.0101"], query);
      }
    });

    it("refuse every filter on Edge", async () => {
      const filters = ["state=RUNNING", "name_like=a", "id=x", "created_since=1", "created_until=1"];
      for (const filter of [...filters, "sort_dir=asc", "sort_key=name"]) {
        const { status, code } = await caller.list(EDGE, `?offset=0&limit=10&${filter}`);
        assert.deepEqual([status, code], [400, "ModelArts.0101"], filter);
      }
      assert.equal((await caller.list(EDGE, "?offset=0&limit=10")).status, 200);
    });
  });
});
