import assert from "node:assert/strict";
import { DEFAULT_VAS_SERVICE, type JsonObject } from "../../testkit/emulator";
import { vasJob, withCaller } from "./support";
import {
  DAILY,
  DEVICE,
  input,
  ONCE,
  output,
  POOL,
  refused,
  STREAM,
  TASKS,
  timed,
  vasCalls,
  VCN,
} from "./vas-support";

describe("emulator: VAS jobs", () => {
  const caller = withCaller();
  const { advance, made, names, show, vas } = vasCalls(caller);

  describe("reads", () => {
    it("show TaskDetails: what was sent, and what the service says of it", async () => {
      caller().emulator.configure({ extraFields: false });
      const id = await made(timed(DAILY));
      assert.deepEqual(await show(id), {
        ...timed(DAILY),
        id,
        creator: "emulator-user",
        project_id: caller().emulator.projectId,
        service_name: "video-analyze",
        service_title: DEFAULT_VAS_SERVICE.title,
        created_at: "2025-01-01T00:00:00Z",
        updated_at: "2025-01-01T00:00:00Z",
        state: "PENDING",
        timing_status: "ACTIVATED",
      });
    });

    it("add an index to the input, and mask the password", async () => {
      const id = await made(vasJob("t", input("vcn", { device_id: DEVICE }, { vcn: VCN })));
      const shown = (await show(id))["input"] as { data: JsonObject[]; vcn: JsonObject };
      assert.deepEqual([shown.data[0]!["index"], shown.vcn["password"]], [0, "******"]);
    });

    it("follow the window of a single execution by frequency", async () => {
      const id = await made(timed({ ...ONCE, timezone: "+00:00" }));
      const status = async (at: string) => {
        advance(Date.parse(at) - caller().emulator.clock.now());
        return (await show(id))["timing_status"];
      };
      assert.equal(await status("2025-01-01T12:00:00Z"), "INACTIVATED", "the day before");
      assert.equal(await status("2025-01-02T00:02:00Z"), "ACTIVATED", "first run");
      assert.equal(await status("2025-01-02T00:07:00Z"), "INACTIVATED", "pause");
      assert.equal(await status("2025-01-02T00:12:00Z"), "ACTIVATED", "second run");
      assert.equal(await status("2025-01-03T00:02:00Z"), "INACTIVATED", "the day after");
    });

    it("show a hosted result once there is one, and in its own shape", async () => {
      caller().emulator.configure({ transitions: { finishMs: 1000 } });
      const id = await made(vasJob("t", output({ hosting: { data_category: ["FaceImage"] } })));
      const hosting = async () => {
        const json = await show(id);
        return [(json["output"] as JsonObject)["hosting"], json["hosting_result"]];
      };
      assert.deepEqual(await hosting(), [
        { data_category: ["FaceImage"], obs: [] },
        { status: "NOT_GENERATED" },
      ]);
      advance(1200);
      const overdue = Date.UTC(2025, 0, 3, 0, 0, 1) + 200;
      assert.deepEqual(await hosting(), [
        {
          data_category: ["FaceImage"],
          obs: [{ bucket: "video-analyze", path: `hosting/${id}/result.json` }],
          result_json_overdue_at: overdue,
        },
        { status: "AVAILABLE", data: "{}", file_size: "2 bytes", overdue_date: "2025-01-03T00:00:01Z" },
      ]);
      const { json } = await vas("GET");
      assert.equal((json["tasks"] as JsonObject[])[0]!["hosting_result"], undefined, "not in lists");
      advance(48 * 3_600_000);
      assert.deepEqual(((await hosting())[1] as JsonObject)["status"], "OVERDUE");
    });

    it("answer 404 with one code for service, version and task", async () => {
      const missing = "0".repeat(32);
      for (const reply of [
        await vas("GET", `/${missing}`),
        await vas("PUT", `/${missing}`, {}),
        await vas("DELETE", `/${missing}`),
        await caller().call("iva", "GET", "/services/face-detect/tasks"),
        await vas("POST", "", vasJob("t", { service_version: "9.9" })),
      ]) {
        assert.deepEqual([reply.status, reply.code], [404, "IVA.0005"]);
      }
      refused(await vas("GET", "/NO"), "task_id");
      refused(await caller().call("iva", "GET", "/services/Face/tasks"), "service_name");
    });

    it("can word errors in error_message", async () => {
      caller().emulator.configure({ vasErrorText: "error_message" });
      const { json } = await vas("GET", "/NO");
      assert.deepEqual(Object.keys(json), ["error_code", "error_message"]);
    });

    it("list by offset and limit, newest first, with the total as count", async () => {
      for (const name of ["alpha", "beta", "gamma"]) {
        await made(vasJob(name));
        advance(1000);
      }
      const start = Date.UTC(2025, 0, 1);
      const [first] = caller().emulator.tasks();
      assert.equal((await vas("GET", "?offset=2&limit=1")).json["count"], 3);
      assert.deepEqual(await names(""), ["gamma", "beta", "alpha"]);
      assert.deepEqual(await names("?offset=2&limit=1000"), ["alpha"]);
      assert.deepEqual(await names("?order=name:ASC&limit=1"), ["alpha"]);
      assert.deepEqual(await names("?name_like=ET"), ["beta"]);
      assert.deepEqual(await names(`?id_like=${first!.id.slice(0, 12)}`), ["alpha"]);
      assert.deepEqual(await names(`?created_since=${start + 2000}`), ["gamma"]);
      assert.deepEqual(await names(`?created_until=${start}`), ["alpha"]);
      assert.deepEqual(await names("?service_version=2.0"), []);
      caller().emulator.setState(first!.id, "FAILED");
      assert.deepEqual(await names("?state=FAILED"), ["alpha"]);
      for (const [query, key] of [
        ["limit=1001", "limit"],
        ["limit=0", "limit"],
        ["offset=100001", "offset"],
        ["state=failed", "state"],
        ["order=name", "order"],
        ["sort_key=name", "sort_key"],
      ] as const) {
        refused(await vas("GET", `?${query}`), key);
      }
    });

    it("refuse more than 100 where the older limit holds", async () => {
      caller().emulator.configure({ vasMaxLimit: 100 });
      refused(await vas("GET", "?limit=1000"), "limit");
      assert.equal((await vas("GET", "?limit=100")).status, 200);
    });
  });

  describe("update, start, stop and delete", () => {
    it("merge the given fields and answer with the whole object", async () => {
      const id = await made(vasJob("t", { ...STREAM, timing: DAILY }));
      const { status, json } = await vas("PUT", `/${id}`, { description: "", output: { hosting: {} } });
      assert.equal(status, 200);
      assert.deepEqual([json["id"], json["name"], json["description"], json["timing"]], [id, "t", "", DAILY]);
      assert.deepEqual(json["output"], { hosting: { obs: [] } });
      assert.deepEqual((await show(id))["output"], { hosting: { obs: [] } });
    });

    it("refuse what cannot change, several inputs, and what the result would not allow", async () => {
      const id = await made(vasJob("t", STREAM));
      const put = (body: JsonObject) => vas("PUT", `/${id}`, body);
      refused(await put({ service_version: "1.0" }), "service_version");
      refused(await put({ edge_pool_id: POOL }), "edge_pool_id");
      refused(await put({ timing: null }), "timing");
      const data = [{ url: "rtsp://x.y" }, { url: "rtsp://x.z" }];
      refused(await put({ input: { type: "url", data } }), "input.data");
      assert.equal((await put({ timing: DAILY })).status, 200);
      refused(await put(input("obs", { bucket: "obs-iva", path: "p" })), "timing");
    });

    it("stop and start with 202 and no body; a wrong state is a 400", async () => {
      const id = await made(vasJob("t", STREAM));
      const stop = await vas("POST", `/${id}/stop`);
      assert.deepEqual([stop.status, stop.text], [202, ""]);
      advance(100);
      assert.equal((await show(id))["state"], "STOPPED");
      assert.equal((await vas("POST", `/${id}/stop`)).code, "IVA.0004");
      assert.equal((await vas("POST", `/${id}/start`)).status, 202);
    });

    it("delete with 202, or as the older text has it with 200 unless hosting; then 404", async () => {
      const plain = await made(vasJob());
      assert.equal((await vas("DELETE", `/${plain}`)).status, 202);
      assert.equal((await show(plain))["state"], "DELETING");
      advance(100);
      assert.equal((await vas("GET", `/${plain}`)).status, 404);
      caller().emulator.configure({ vasDeleteStatus: 200 });
      assert.equal((await vas("DELETE", `/${await made(vasJob())}`)).status, 200);
      const hosted = await made(vasJob("t", output({ hosting: {} })));
      assert.equal((await vas("DELETE", `/${hosted}`)).status, 202);
    });
  });

  it("answers 401 with IVA.0001 without a valid token, and as the gateway where it has expired", async () => {
    const codeOf = async (token: string, project = caller().emulator.projectId) => {
      const url = `${caller().emulator.endpoints.iva}/v2/${project}${TASKS}`;
      const { status, code } = await caller().send("GET", url, undefined, { "X-Auth-Token": token });
      return [status, code];
    };
    assert.deepEqual(await codeOf(""), [401, "IVA.0001"]);
    assert.deepEqual(await codeOf("unknown"), [401, "IVA.0001"]);
    assert.deepEqual(await codeOf(caller().emulator.token, "elsewhere"), [400, "IVA.0002"]);
    caller().emulator.expireTokens();
    assert.deepEqual(await codeOf(caller().emulator.token), [401, "APIG.0307"]);
  });

  it("can be edited and removed behind the client's back, and lost with its service", async () => {
    const id = await made(vasJob());
    caller().emulator.editTask(id, { description: "edited" });
    assert.equal((await show(id))["description"], "edited");
    caller().emulator.removeService(DEFAULT_VAS_SERVICE.id);
    assert.equal((await vas("GET", `/${id}`)).code, "IVA.0005");
    caller().emulator.addService(DEFAULT_VAS_SERVICE);
    caller().emulator.removeTask(id);
    assert.equal((await vas("GET", `/${id}`)).status, 404);
  });
});
