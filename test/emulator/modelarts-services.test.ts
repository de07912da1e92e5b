import assert from "node:assert/strict";
import type { JsonObject } from "../../testkit/emulator";
import { Caller, EDGE, IEF } from "./support";

describe("the emulator's list of ModelArts services", () => {
  let caller: Caller;
  before(async () => {
    caller = await Caller.open();
  });
  beforeEach(() => {
    caller.emulator.reset();
  });
  after(() => caller.emulator.close());

  const get = (rest: string) => {
    const { endpoints, projectId } = caller.emulator;
    return caller.send("GET", `${endpoints.modelarts}/v1/${projectId}/services${rest}`);
  };
  const ids = async (query: string): Promise<unknown[]> =>
    ((await get(query)).json["services"] as JsonObject[]).map((service) => service["service_id"]);

  it("has the ModelArts services of the project, not those of VIAS and VAS", async () => {
    const { json } = await get("?sort_by=service_name&order=asc");
    assert.deepEqual([json["total_count"], json["count"]], [2, 2]);
    assert.deepEqual(await ids("?sort_by=service_name&order=asc"), [EDGE, IEF]);
    assert.deepEqual(await ids(""), [IEF, EDGE]);
  });

  it("filters by id, name, kind and status", async () => {
    assert.deepEqual(await ids(`?service_id=${EDGE}`), [EDGE]);
    assert.deepEqual(await ids("?service_name=video-analyze"), [IEF]);
    assert.deepEqual(await ids("?infer_type=batch"), []);
    assert.deepEqual(await ids("?status=running&order=asc"), [EDGE, IEF]);
    assert.equal((await get("?status=asleep")).code, "ModelArts.0101");
  });

  it("pages by records, or by pages as the words of the document may mean", async () => {
    for (const id of ["a", "b"]) caller.emulator.addService({ id, name: id, platform: "edge" });
    assert.deepEqual(await ids("?order=asc&limit=2&offset=1"), [IEF, "a"]);
    caller.emulator.configure({ serviceOffset: "pages" });
    assert.deepEqual(await ids("?order=asc&limit=2&offset=1"), ["a", "b"]);
    assert.deepEqual(await ids("?order=asc&limit=2&offset=2"), []);
  });

  it("shows one, and not what is gone", async () => {
    const { json } = await get(`/${EDGE}`);
    assert.deepEqual([json["service_id"], json["status"]], [EDGE, "running"]);
    caller.emulator.removeService(EDGE);
    const { status, code } = await get(`/${EDGE}`);
    assert.deepEqual([status, code], [404, "ModelArts.3502"]);
  });
});
