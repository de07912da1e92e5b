/** What only a plugin has, over gRPC: previews, imports, functions, its own timeouts, messages and cancellation. */
import assert from "node:assert/strict";
import type * as grpc from "@grpc/grpc-js";
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import type { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { type CallFailed, failureOf, InitFailed } from "../contract/failures";
import { Harness, until, without } from "../contract/harness";
import { KINDS, serviceTaskKind } from "../contract/kinds";
import { isSecret, plain, type Props, secret, UNKNOWN } from "../contract/values";
import { attached, call, type PluginRun } from "./plugin-run";

const urnOf = (name: string, type = "ServiceTask"): string =>
  `urn:pulumi:dev::cameras::video-analysis:index:${type}::${name}`;
const struct = (props: Props): Struct => Struct.fromJavaScript(props as never);
const bag = (message: Struct | undefined): Props => message?.toJavaScript() ?? {};
const own = (props: Props): Props => without(props, "__provider");

/** The seconds that a test waits for, on the fast clock. */
const SECONDS = 30;

describe("plugin: the service", () => {
  let harness: Harness;
  let run: PluginRun;
  before(async () => {
    harness = await Harness.open();
    run = await opened();
  });
  after(async () => {
    await run.end();
    await harness.close();
  });
  afterEach(() => harness.emulator.clearFaults());

  async function opened(): Promise<PluginRun> {
    const plugin = await attached({}, '{"name":"video-analysis"}');
    const args = Object.entries(harness.config()).map(([key, value]) => [key.split(":")[1], value]);
    const request = new messages.ConfigureRequest().setArgs(struct(Object.fromEntries(args) as Props));
    await call((done) => plugin.client.configure(request, done));
    return plugin;
  }

  const failed = async (answer: Promise<unknown>): Promise<CallFailed | InitFailed> => {
    const error: unknown = await answer.then(
      () => new Error("it succeeded"),
      (reason: unknown) => reason,
    );
    if (error instanceof Error && "metadata" in error) return failureOf(error as grpc.ServiceError);
    throw error;
  };

  async function check(
    name: string,
    args: Props,
    more: Partial<{ olds: Props; urn: string }> = {},
  ): Promise<Props> {
    const request = new messages.CheckRequest().setUrn(more.urn ?? urnOf(name)).setNews(struct(args));
    request.setOlds(struct(more.olds ?? {}));
    const answer = await call<messages.CheckResponse>((done) => run.client.check(request, done));
    assert.deepEqual(
      answer.getFailuresList().map((failure) => failure.getReason()),
      [],
    );
    return bag(answer.getInputs());
  }

  const creation = (name: string, inputs: Props): messages.CreateRequest =>
    new messages.CreateRequest().setUrn(urnOf(name)).setProperties(struct(inputs));
  const create = (request: messages.CreateRequest, plugin = run): Promise<messages.CreateResponse> =>
    call((done) => plugin.client.create(request, done));
  const made = (name: string): string[] => serviceTaskKind.made(harness.emulator, name);

  /** A task of the state: its id, inputs and outputs. */
  async function up(name: string, more: Props = {}): Promise<{ id: string; inputs: Props; outputs: Props }> {
    const inputs = await check(name, own(serviceTaskKind.program(name, more)));
    const answer = await create(creation(name, inputs));
    return { id: answer.getId(), inputs, outputs: bag(answer.getProperties()) };
  }

  it("says what it is and what it accepts", async () => {
    const info = await call<PluginInfo>((done) => run.client.getPluginInfo(new Empty(), done));
    assert.equal(info.getVersion(), "1.2.3");
    const schema = await call<messages.GetSchemaResponse>((done) =>
      run.client.getSchema(new messages.GetSchemaRequest(), done),
    );
    assert.deepEqual(JSON.parse(schema.getSchema()), { name: "video-analysis" });
    const shaken = await call<messages.ProviderHandshakeResponse>((done) =>
      run.client.handshake(new messages.ProviderHandshakeRequest(), done),
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
    const inputs = await check("entrance", args);
    assert.match(String(inputs.name), /^entrance-[0-9a-f]{12}$/);
    assert.equal((await check("entrance", args)).name, inputs.name);
    const renamed = await check("lobby", args, { olds: inputs });
    assert.equal(renamed.name, inputs.name);
  });

  it("says of each difference what it is and whether it replaces", async () => {
    const { id, inputs, outputs } = await up("differs", { description: "old" });
    const news = {
      ...without(inputs, "description"),
      output: { dis: { streamName: "new" } },
      waitFor: "running",
    };
    const request = new messages.DiffRequest().setId(id).setUrn(urnOf("differs"));
    request.setOlds(struct(outputs)).setOldInputs(struct(inputs)).setNews(struct(news));
    const answer = await call<messages.DiffResponse>((done) => run.client.diff(request, done));
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
      const inputs = await check(name, args, { urn });
      harness.emulator.clearRequests();
      const request = creation(name, inputs).setUrn(urn).setPreview(true);
      const answer = await create(request);
      const outputs = bag(answer.getProperties());
      assert.deepEqual([answer.getId(), outputs.name, outputs.region], ["", name, harness.emulator.region]);
      assert.deepEqual([outputs.state, outputs.taskIds, outputs.triggers], [UNKNOWN, UNKNOWN, [UNKNOWN]]);
      const news = struct({ ...inputs, waitFor: "running" });
      const olds = struct({ ...inputs, ...kindIds(kind.title), projectId: "p", state: "RUNNING" });
      const update = new messages.UpdateRequest().setUrn(urn).setOlds(olds).setNews(news).setPreview(true);
      update.setId(kind.idFor(["0"]));
      const updated = await call<messages.UpdateResponse>((done) => run.client.update(update, done));
      const after = bag(updated.getProperties());
      assert.deepEqual([after.projectId, after.state, after.waitFor], ["p", UNKNOWN, "running"]);
      assert.deepEqual(after.taskIds, kind.title === "BatchTask" ? UNKNOWN : ["0"]);
      assert.deepEqual(harness.emulator.requests, []);
    });
  }

  const kindIds = (title: string): Props =>
    title === "BatchTask" ? { batchTaskId: "0", taskIds: ["1"] } : { taskIds: ["0"] };

  it("seals whole properties of outputs, and leaves of inputs", async () => {
    const output = { webhook: { url: "https://hook.example.com", headers: { "X-Key": "canary" } } };
    const { inputs, outputs } = await up("sealed", { output, description: secret("described") });
    const { webhook } = inputs.output as { webhook: Props };
    assert.ok(isSecret((webhook.headers as Props)["X-Key"]) && isSecret(inputs.description));
    assert.ok(isSecret(outputs.output) && isSecret(outputs.description) && !isSecret(outputs.input));
  });

  describe("reads", () => {
    const read = async (id: string, state: Props, inputs?: Props): Promise<messages.ReadResponse> => {
      const request = new messages.ReadRequest().setId(id).setUrn(urnOf("read")).setProperties(struct(state));
      if (inputs !== undefined) request.setInputs(struct(inputs));
      return call((done) => run.client.read(request, done));
    };

    for (const kind of KINDS) {
      it(`imports by the id alone what a program can go on with: ${kind.title}`, async () => {
        const name = "imported";
        const urn = urnOf(name, kind.title);
        const args = own(kind.program(name));
        const created = await create(creation(name, await check(name, args, { urn })).setUrn(urn));
        const later = await opened();
        const request = new messages.ReadRequest().setId(created.getId()).setUrn(urn);
        const answer = await call<messages.ReadResponse>((done) => later.client.read(request, done));
        const [inputs, outputs] = [bag(answer.getInputs()), bag(answer.getProperties())];
        assert.deepEqual([inputs.name, inputs.nameIsDefault, inputs.regionFrom], [name, false, "program"]);
        assert.deepEqual(
          [typeof outputs.claim, outputs.taskIds],
          ["string", kind.taskIds(harness.emulator, name)],
        );
        const news = await check(name, { ...args, region: inputs.region }, { urn, olds: inputs });
        const compared = new messages.DiffRequest()
          .setId(created.getId())
          .setUrn(urn)
          .setOlds(struct(outputs));
        compared.setOldInputs(struct(inputs)).setNews(struct(news));
        const diff = await call<messages.DiffResponse>((done) => later.client.diff(compared, done));
        assert.deepEqual(diff.getReplacesList(), []);
        await later.end();
      });
    }

    it("spares a task that is imported before its old entry is deleted", async () => {
      const { id, outputs } = await up("kept");
      const later = await opened();
      const importing = new messages.ReadRequest().setId(id).setUrn(urnOf("kept-too"));
      const imported = await call<messages.ReadResponse>((done) => later.client.read(importing, done));
      const removal = (state: Props, name: string): messages.DeleteRequest =>
        new messages.DeleteRequest().setId(id).setUrn(urnOf(name)).setProperties(struct(state));
      await call((done) => later.client.delete(removal(outputs, "kept"), done));
      assert.equal(made("kept").length, 1);
      await call((done) => later.client.delete(removal(bag(imported.getProperties()), "kept-too"), done));
      assert.deepEqual(made("kept"), []);
      await later.end();
    });

    it("owns nothing that a program only looks up", async () => {
      const { id } = await up("looked-up");
      const got = await read(id, {}, {});
      const outputs = bag(got.getProperties());
      assert.deepEqual([outputs.name, outputs.claim], ["looked-up", undefined]);
      const missing = id.replace(/[0-9a-f]{32}$/, "0".repeat(32));
      assert.match((await failed(read(missing, {}, {}))).message, /^NOT_FOUND: /);
      assert.match((await failed(read(missing, {}))).message, /^NOT_FOUND: /);
    });

    it("takes over a state of dynamic resources, and drops the text that loads them", async () => {
      const { id, inputs, outputs } = await up("moved");
      const text = { __provider: serviceTaskKind.provider };
      const request = new messages.DiffRequest().setId(id).setUrn(urnOf("moved"));
      request.setOlds(struct({ ...outputs, ...text })).setOldInputs(struct({ ...inputs, ...text }));
      for (const news of [inputs, { ...inputs, ...text }]) {
        request.setNews(struct(news));
        const diff = await call<messages.DiffResponse>((done) => run.client.diff(request, done));
        assert.equal(diff.getChanges(), messages.DiffResponse.DiffChanges.DIFF_NONE);
      }
      const refreshed = await read(id, { ...outputs, ...text }, { ...inputs, ...text });
      assert.deepEqual(plain(bag(refreshed.getInputs())), plain(inputs));
      assert.equal("__provider" in bag(refreshed.getProperties()), false);
    });
  });

  describe("functions", () => {
    const invoke = async (name: string, args: Props): Promise<Props> => {
      const request = new messages.InvokeRequest()
        .setTok(`video-analysis:index:${name}`)
        .setArgs(struct(args));
      const answer = await call<messages.InvokeResponse>((done) => run.client.invoke(request, done));
      return bag(answer.getReturn());
    };

    it("are the lookups: one entry, or the list of them, with what is secret sealed", async () => {
      const output = { webhook: { url: "https://hook.example.com", headers: { "X-Key": "canary" } } };
      const { id } = await up("found", { output });
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
    harness.emulator.inject({ kind: "stuckPending", match: { name: "slow" } });
    const inputs = await check("slow", own(serviceTaskKind.program("slow", { waitFor: "running" })));
    const error = await failed(create(creation("slow", inputs).setTimeout(SECONDS)));
    assert.match(error.message, new RegExp(`TIMEOUT: .*${SECONDS} s`));
  });

  it("shows the progress of a wait in the row of its resource, until the next line", async () => {
    harness.emulator.inject({ kind: "stuckPending", match: { name: "watched" } });
    const args = own(serviceTaskKind.program("watched", { waitFor: "running", timeouts: { create: "60s" } }));
    await failed(create(creation("watched", await check("watched", args))));
    const lines = run.engine.messages.filter(({ urn }) => urn === urnOf("watched"));
    assert.ok(lines.length > 0);
    for (const { text, ephemeral, severity } of lines) {
      assert.deepEqual([ephemeral, severity], [true, "info"]);
      assert.match(text, /^PENDING \d+ s → running$/);
    }
  });

  it("ends waiting at once when it is cancelled, and keeps the id", async () => {
    const cancelled = await opened();
    harness.emulator.inject({ kind: "stuckPending", match: { name: "cancelled" } });
    const inputs = await check(
      "cancelled",
      own(serviceTaskKind.program("cancelled", { waitFor: "running" })),
    );
    const creating = failed(create(creation("cancelled", inputs), cancelled));
    await until(() => harness.operations("cancelled").includes("showServiceTask"));
    await call((done) => cancelled.client.cancel(new Empty(), done));
    const error = await creating;
    assert.ok(error instanceof InitFailed, error.message);
    assert.equal(error.details.id, serviceTaskKind.idFor(made("cancelled")));
    assert.deepEqual(error.details.properties.unfinished, ["wait"]);
    assert.match(error.details.reasons.join(), /interrupted/);
    await cancelled.end();
  });

  it("does not lose the id of a create that is under way when it is cancelled", async () => {
    const cancelled = await opened();
    const inputs = await check("posting", own(serviceTaskKind.program("posting")));
    harness.tap.watch = async (moment, { method, body }) => {
      if (moment !== "served" || method !== "POST" || !body.includes("posting")) return;
      await call((done) => cancelled.client.cancel(new Empty(), done));
    };
    const error = await failed(create(creation("posting", inputs), cancelled));
    harness.tap.watch = undefined;
    assert.ok(error instanceof InitFailed, error.message);
    assert.equal(error.details.id, serviceTaskKind.idFor(made("posting")));
    await cancelled.end();
  });

  it("carries a large state in an initialization error as a whole", async () => {
    harness.emulator.inject({ kind: "forbidden", match: { operation: "showServiceTask", name: "large" } });
    // More than that a client on Node does not take; the Go client of an engine takes 16 MiB.
    const model = "x".repeat(40_000);
    const inputs = await check("large", own(serviceTaskKind.program("large", { config: { model } })));
    const error = await failed(create(creation("large", inputs)));
    assert.ok(error instanceof InitFailed, error.message);
    assert.equal(error.details.id, serviceTaskKind.idFor(made("large")));
    assert.equal((error.details.properties.config as Props).model, model);
  });
});
