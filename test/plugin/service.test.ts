/** What only a plugin has, over gRPC: previews, functions, its own timeouts, messages and cancellation. */
import assert from "node:assert/strict";
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import type { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { InitFailed } from "../contract/failures";
import { without } from "../contract/harness";
import { KINDS, serviceTaskKind } from "../contract/kinds";
import { isSecret, plain, type Props, secret, UNKNOWN } from "../contract/values";
import { attached, call } from "./plugin-run";
import { bag, creation, failed, own, Service, struct, urnOf } from "./service";

/** The seconds that a test waits for, on the fast clock. */
const SECONDS = 30;

describe("plugin: the service", () => {
  let service: Service;
  before(async () => {
    service = await Service.open();
  });
  after(() => service.close());
  afterEach(() => service.harness.emulator.clearFaults());

  it("says what it is and what it accepts", async () => {
    const info = await call<PluginInfo>((done) => service.run.client.getPluginInfo(new Empty(), done));
    assert.equal(info.getVersion(), "1.2.3");
    const schema = await call<messages.GetSchemaResponse>((done) =>
      service.run.client.getSchema(new messages.GetSchemaRequest(), done),
    );
    assert.deepEqual(JSON.parse(schema.getSchema()), { name: "video-analysis" });
    const shaken = await call<messages.ProviderHandshakeResponse>((done) =>
      service.run.client.handshake(new messages.ProviderHandshakeRequest(), done),
    );
    assert.ok(shaken.getAcceptSecrets() && shaken.getSupportsAutonamingConfiguration());
  });

  it("refuses an engine that has not attached or configured it", async () => {
    const fresh = await attached();
    const request = new messages.CheckRequest().setUrn(urnOf("a")).setNews(struct({})).setOlds(struct({}));
    const error = await failed(call((done) => fresh.client.check(request, done)));
    assert.match(error.message, /^CONFIGURATION: /);
    await fresh.end();
  });

  it("names tasks by URN, and keeps a name as long as the resource lives", async () => {
    const args = without(own(serviceTaskKind.program("")), "name");
    const inputs = await service.check("entrance", args);
    assert.match(String(inputs.name), /^entrance-[0-9a-f]{12}$/);
    assert.equal((await service.check("entrance", args)).name, inputs.name);
    const renamed = await service.check("lobby", args, { olds: inputs });
    assert.equal(renamed.name, inputs.name);
  });

  it("says of each difference what it is and whether it replaces", async () => {
    const { id, inputs, outputs } = await service.up("differs", { description: "old" });
    const news = {
      ...without(inputs, "description"),
      output: { dis: { streamName: "new" } },
      waitFor: "running",
    };
    const request = new messages.DiffRequest().setId(id).setUrn(urnOf("differs"));
    request.setOlds(struct(outputs)).setOldInputs(struct(inputs)).setNews(struct(news));
    const answer = await call<messages.DiffResponse>((done) => service.run.client.diff(request, done));
    const { Kind } = messages.PropertyDiff;
    const kinds = answer.getDetaileddiffMap().toArray() as unknown as [string, unknown][];
    const found = kinds.map(([path]) => [path, answer.getDetaileddiffMap().get(path)?.getKind()]);
    assert.deepEqual(Object.fromEntries(found), {
      description: Kind.DELETE_REPLACE,
      "output.dis.streamName": Kind.UPDATE_REPLACE,
      waitFor: Kind.ADD,
    });
    assert.deepEqual(answer.getReplacesList().sort(), ["description", "output"]);
  });

  for (const kind of KINDS) {
    it(`knows in previews what an operation cannot change, and calls nothing: ${kind.title}`, async () => {
      const name = "previewed";
      const args = own(kind.program(name, { triggers: [UNKNOWN] }));
      const urn = urnOf(name, kind.title);
      const inputs = await service.check(name, args, { urn });
      service.harness.emulator.clearRequests();
      const request = creation(name, inputs).setUrn(urn).setPreview(true);
      const answer = await service.create(request);
      const outputs = bag(answer.getProperties());
      assert.deepEqual(
        [answer.getId(), outputs.name, outputs.region],
        ["", name, service.harness.emulator.region],
      );
      assert.deepEqual([outputs.state, outputs.taskIds, outputs.triggers], [UNKNOWN, UNKNOWN, [UNKNOWN]]);
      const news = struct({ ...inputs, waitFor: "running" });
      const olds = struct({ ...inputs, ...kindIds(kind.title), projectId: "p", state: "RUNNING" });
      const update = new messages.UpdateRequest().setUrn(urn).setOlds(olds).setNews(news).setPreview(true);
      update.setId(kind.idFor(["0"]));
      const updated = await call<messages.UpdateResponse>((done) => service.run.client.update(update, done));
      const after = bag(updated.getProperties());
      assert.deepEqual([after.projectId, after.state, after.waitFor], ["p", UNKNOWN, "running"]);
      assert.deepEqual(after.taskIds, kind.title === "BatchTask" ? UNKNOWN : ["0"]);
      assert.deepEqual(service.harness.emulator.requests, []);
    });
  }

  const kindIds = (title: string): Props =>
    title === "BatchTask" ? { batchTaskId: "0", taskIds: ["1"] } : { taskIds: ["0"] };

  it("seals whole properties of outputs, and leaves of inputs", async () => {
    const output = { webhook: { url: "https://hook.example.com", headers: { "X-Key": "canary" } } };
    const { inputs, outputs } = await service.up("sealed", { output, description: secret("described") });
    const { webhook } = inputs.output as { webhook: Props };
    assert.ok(isSecret((webhook.headers as Props)["X-Key"]) && isSecret(inputs.description));
    assert.ok(isSecret(outputs.output) && isSecret(outputs.description) && !isSecret(outputs.input));
  });

  describe("functions", () => {
    const invoke = async (name: string, args: Props): Promise<Props> => {
      const request = new messages.InvokeRequest()
        .setTok(`video-analysis:index:${name}`)
        .setArgs(struct(args));
      const answer = await call<messages.InvokeResponse>((done) => service.run.client.invoke(request, done));
      return bag(answer.getReturn());
    };

    it("are the lookups: one entry, or the list of them, with what is secret sealed", async () => {
      const output = { webhook: { url: "https://hook.example.com", headers: { "X-Key": "canary" } } };
      const { id } = await service.up("found", { output });
      const entry = await invoke("getServiceTask", { id });
      assert.deepEqual([entry.id, entry.name], [id, "found"]);
      assert.ok(!JSON.stringify(plain({})).includes("canary"));
      const { webhook } = entry.output as { webhook: { headers: Props } };
      assert.ok(isSecret(webhook.headers["X-Key"]));
      const { entries } = await invoke("listServiceTasks", { serviceId: id.split("/")[0] });
      assert.ok((entries as Props[]).some((one) => one.id === id));
    });

    it("refuse what no lookup takes, and values that are not known", async () => {
      assert.match((await failed(invoke("getServiceTask", { ident: "x" }))).message, /INVALID_LOOKUP.*ident/);
      assert.match((await failed(invoke("getCamera", {}))).message, /INVALID_LOOKUP.*getCamera/);
      assert.match((await failed(invoke("getServiceTask", { id: UNKNOWN }))).message, /UNKNOWN_VALUE/);
    });
  });

  it("takes the program's customTimeouts, after the argument timeouts", async () => {
    service.harness.emulator.inject({ kind: "stuckPending", match: { name: "slow" } });
    const inputs = await service.check("slow", own(serviceTaskKind.program("slow", { waitFor: "running" })));
    const error = await failed(service.create(creation("slow", inputs).setTimeout(SECONDS)));
    assert.match(error.message, new RegExp(`TIMEOUT: .*${SECONDS} s`));
  });

  it("shows the progress of a wait in the row of its resource, until the next line", async () => {
    service.harness.emulator.inject({ kind: "stuckPending", match: { name: "watched" } });
    const args = own(serviceTaskKind.program("watched", { waitFor: "running", timeouts: { create: "60s" } }));
    await failed(service.create(creation("watched", await service.check("watched", args))));
    const lines = service.run.engine.messages.filter(({ urn }) => urn === urnOf("watched"));
    assert.ok(lines.length > 0);
    for (const { text, ephemeral, severity } of lines) {
      assert.deepEqual([ephemeral, severity], [true, "info"]);
      assert.match(text, /^PENDING \d+ s → running$/);
    }
  });

  it("does not lose the id of a create that is under way when it is cancelled", async () => {
    const cancelled = await service.later();
    const inputs = await service.check("posting", own(serviceTaskKind.program("posting")));
    service.harness.tap.watch = async (moment, { method, body }) => {
      if (moment !== "served" || method !== "POST" || !body.includes("posting")) return;
      await call((done) => cancelled.client.cancel(new Empty(), done));
    };
    const error = await failed(service.create(creation("posting", inputs), cancelled));
    service.harness.tap.watch = undefined;
    assert.ok(error instanceof InitFailed, error.message);
    assert.equal(error.details.id, serviceTaskKind.idFor(service.made("posting")));
    await cancelled.end();
  });

  it("carries a large state in an initialization error as a whole", async () => {
    service.harness.emulator.inject({
      kind: "forbidden",
      match: { operation: "showServiceTask", name: "large" },
    });
    // More than that a client on Node does not take; the Go client of an engine takes 16 MiB.
    const model = "x".repeat(40_000);
    const inputs = await service.check("large", own(serviceTaskKind.program("large", { config: { model } })));
    const error = await failed(service.create(creation("large", inputs)));
    assert.ok(error instanceof InitFailed, error.message);
    assert.equal(error.details.id, serviceTaskKind.idFor(service.made("large")));
    assert.equal((error.details.properties.config as Props).model, model);
  });
});
