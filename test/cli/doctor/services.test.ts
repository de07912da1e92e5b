/** The checks that ask services, over real HTTP. */
import assert from "node:assert/strict";
import { CHECK_IDS } from "../../../cli/commands/doctor/report/schema";
import { DEFAULT_EDGE_SERVICE } from "../../../testkit/emulator";
import { at, diagnose, doctorHarness } from "./support";

/** A port without a listener: of TCP's own multiplexer service, long out of use. */
const CLOSED = "http://127.0.0.1:1";

const ONLINE = CHECK_IDS.slice(CHECK_IDS.indexOf("settings"));

describe("video-analysis doctor: services", function () {
  this.timeout(60_000);
  const harness = doctorHarness();

  it("finds everything in order, in the order of the ids, and sends nothing but reads", async () => {
    const found = await harness.look(at(harness.emulator), harness.token());
    assert.equal(found.status, 0, found.stdout);
    assert.deepEqual(Object.keys(found.checks), [...CHECK_IDS]);
    assert.deepEqual(
      ONLINE.filter((id) => found.checks[id].status !== "ok"),
      [],
    );
    assert.deepEqual([...new Set(harness.emulator.requests.map(({ method }) => method))], ["GET"]);
    assert.deepEqual([harness.emulator.tasks(), harness.emulator.batches()], [[], []]);
  });

  it("says which endpoint nobody listens at, and asks the others all the same", async () => {
    const found = await harness.look(at(harness.emulator, { vias: CLOSED }), harness.token());
    assert.equal(found.status, 1);
    assert.deepEqual(found.with("failed"), ["endpoint-vias", "service-vias"]);
  });

  it("names a service that the gateway does not know", async () => {
    harness.emulator.inject({ kind: "notPublished", match: { operation: "listServiceTasks" } });
    const found = await harness.look(at(harness.emulator), harness.token());
    assert.deepEqual(found.with("failed"), ["service-modelarts"]);
    assert.match(found.checks["service-modelarts"].detail, /APIG\.0101/);
  });

  it("names a service that is missing, whose neighbour is there", async () => {
    const found = await harness.look(
      [...at(harness.emulator), "--service", "no-such-service"],
      harness.token(),
    );
    assert.deepEqual(found.with("failed"), ["service-modelarts"]);
    assert.match(found.checks["service-modelarts"].detail, new RegExp(`${DEFAULT_EDGE_SERVICE.id}: 0 tasks`));
  });

  it("only warns of a service that throttles, though it asks for an hour", async () => {
    harness.emulator.inject({ kind: "throttle", retryAfter: 3600, match: { operation: "listBatchTasks" } });
    const found = await harness.look(at(harness.emulator), harness.token());
    assert.equal(found.status, 0, found.stdout);
    assert.equal(found.checks["service-vias"].status, "warning");
    assert.deepEqual(
      [found.checks["service-modelarts"].status, found.checks["service-iva"].status],
      ["ok", "ok"],
    );
  });

  it("waits for no answer longer than it was told", async () => {
    harness.emulator.inject({ kind: "hang", match: { operation: "listBatchTasks" }, times: null });
    harness.emulator.inject({ kind: "hang", match: { operation: "showToken" }, times: null });
    const found = await harness.look([...at(harness.emulator), "--timeout", "1"], harness.token());
    assert.deepEqual(found.with("failed"), ["authentication", "service-vias"]);
    assert.match(found.checks["service-vias"].detail, /1 s/);
  });

  it("takes a 5xx of a service for a failure, and quotes it", async () => {
    harness.emulator.inject({
      kind: "status",
      status: 503,
      message: "under repair",
      match: { operation: "listBatchTasks" },
    });
    const found = await harness.look(at(harness.emulator), harness.token());
    assert.deepEqual(found.with("failed"), ["service-vias"]);
    assert.match(found.checks["service-vias"].detail, /503.*under repair/);
  });

  it("lists the ModelArts services where none is named, with one call, and skips VAS, which has no such list", async () => {
    const env = { HOME: harness.folder, ...harness.token() };
    const found = await diagnose(at(harness.emulator), { cwd: harness.folder, env });
    assert.equal(found.status, 0, found.stdout);
    assert.deepEqual(
      [found.checks["service-modelarts"].status, found.checks["service-iva"].status],
      ["ok", "skipped"],
    );
    const [list, ...others] = harness.emulator.calls({ service: "modelarts", operation: "listServices" });
    assert.deepEqual([list?.query["limit"], others], ["1", []]);
    assert.deepEqual([...new Set(harness.emulator.requests.map(({ method }) => method))], ["GET"]);
    harness.emulator.inject({ kind: "forbidden", match: { operation: "listServices" } });
    const refused = await diagnose(at(harness.emulator), { cwd: harness.folder, env });
    assert.deepEqual(refused.with("failed"), ["service-modelarts"]);
  });

  it("does not ask for what a cloud does not offer", async () => {
    const { modelarts, iam } = harness.emulator.endpoints;
    const args = ["--config", "region=eu-de", "--config", `endpoints=${JSON.stringify({ modelarts, iam })}`];
    const found = await diagnose(args, {
      cwd: harness.folder,
      env: { HOME: harness.folder, ...harness.token() },
    });
    assert.equal(found.status, 0, found.stdout);
    for (const id of ["endpoint-vias", "endpoint-iva", "service-vias", "service-iva"] as const) {
      assert.equal(found.checks[id].status, "skipped", id);
    }
    assert.equal(found.checks["service-modelarts"].status, "ok");
  });
});
