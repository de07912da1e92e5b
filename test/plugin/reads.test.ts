/** Reads of the plugin over gRPC: imports, lookups of a program, and states of dynamic resources. */
import assert from "node:assert/strict";
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { KINDS, serviceTaskKind } from "../contract/kinds";
import { isSecret, plain, type Props } from "../contract/values";
import { call } from "./plugin-run";
import { bag, creation, failed, own, Service, struct, urnOf } from "./service";

describe("plugin: reads", () => {
  let service: Service;
  before(async () => {
    service = await Service.open();
  });
  after(() => service.close());

  const read = async (id: string, state?: Props, inputs?: Props): Promise<messages.ReadResponse> => {
    const request = new messages.ReadRequest().setId(id).setUrn(urnOf("read"));
    if (state !== undefined) request.setProperties(struct(state));
    if (inputs !== undefined) request.setInputs(struct(inputs));
    return call((done) => service.run.client.read(request, done));
  };

  for (const kind of KINDS) {
    it(`imports by the id alone what a program can go on with: ${kind.title}`, async () => {
      const name = "imported";
      const urn = urnOf(name, kind.title);
      const args = own(kind.program(name));
      const created = await service.create(
        creation(name, await service.check(name, args, { urn })).setUrn(urn),
      );
      const later = await service.later();
      const request = new messages.ReadRequest().setId(created.getId()).setUrn(urn);
      const answer = await call<messages.ReadResponse>((done) => later.client.read(request, done));
      const [inputs, outputs] = [bag(answer.getInputs()), bag(answer.getProperties())];
      assert.deepEqual([inputs.name, inputs.nameIsDefault, inputs.regionFrom], [name, false, "program"]);
      assert.deepEqual(
        [typeof outputs.claim, outputs.taskIds],
        ["string", kind.taskIds(service.harness.emulator, name)],
      );
      const news = await service.check(name, { ...args, region: inputs.region }, { urn, olds: inputs });
      const compared = new messages.DiffRequest().setId(created.getId()).setUrn(urn).setOlds(struct(outputs));
      compared.setOldInputs(struct(inputs)).setNews(struct(news));
      const diff = await call<messages.DiffResponse>((done) => later.client.diff(compared, done));
      assert.deepEqual(diff.getReplacesList(), []);
      await later.end();
    });
  }

  it("spares a task that is imported before its old entry is deleted", async () => {
    const { id, outputs } = await service.up("kept");
    const later = await service.later();
    const importing = new messages.ReadRequest().setId(id).setUrn(urnOf("kept-too"));
    const imported = await call<messages.ReadResponse>((done) => later.client.read(importing, done));
    const removal = (state: Props, name: string): messages.DeleteRequest =>
      new messages.DeleteRequest().setId(id).setUrn(urnOf(name)).setProperties(struct(state));
    await call((done) => later.client.delete(removal(outputs, "kept"), done));
    assert.equal(service.made("kept").length, 1);
    await call((done) => later.client.delete(removal(bag(imported.getProperties()), "kept-too"), done));
    assert.deepEqual(service.made("kept"), []);
    await later.end();
  });

  it("refuses a second import, and names the option to remove", async () => {
    const { id } = await service.up("twice");
    const later = await service.later();
    const importing = (name: string): Promise<messages.ReadResponse> =>
      call((done) => later.client.read(new messages.ReadRequest().setId(id).setUrn(urnOf(name)), done));
    await importing("one");
    const { message } = await failed(importing("other"));
    assert.match(message, /^ALREADY_OWNED: .*"one".*without `adopt` or `import`/);
    await later.end();
  });

  it("owns nothing that a program only looks up", async () => {
    const { id } = await service.up("looked-up");
    const got = await read(id, {}, {});
    const outputs = bag(got.getProperties());
    assert.deepEqual([outputs.name, outputs.claim], ["looked-up", undefined]);
    const missing = id.replace(/[0-9a-f]{32}$/, "0".repeat(32));
    assert.match((await failed(read(missing, {}, {}))).message, /^NOT_FOUND: /);
    assert.match((await failed(read(missing, {}))).message, /^NOT_FOUND: /);
  });

  it("looks up where the program says, in engines that send its arguments as state too, or as inputs alone", async () => {
    const { id } = await service.up("elsewhere");
    const given = { region: "eu-nl" };
    for (const state of [given, undefined])
      assert.match((await failed(read(id, state, given))).message, /The project name "eu-nl"/);
  });

  it("seals what a refresh shows of the inputs where they were sealed, and no more", async () => {
    const webhook = { url: "https://hook.example.com", headers: { "X-Key": "canary" } };
    const { id, inputs, outputs } = await service.up("fresh", { output: { webhook } });
    assert.deepEqual(bag((await read(id, outputs, inputs)).getInputs()), inputs);
    const got = bag((await read(id, outputs, {})).getInputs());
    assert.ok(isSecret(got.output), "the inputs say nothing of it");
  });

  it("takes over a state of dynamic resources, and drops the text that loads them", async () => {
    const { id, inputs, outputs } = await service.up("moved");
    const text = { __provider: serviceTaskKind.provider };
    const request = new messages.DiffRequest().setId(id).setUrn(urnOf("moved"));
    request.setOlds(struct({ ...outputs, ...text })).setOldInputs(struct({ ...inputs, ...text }));
    for (const news of [inputs, { ...inputs, ...text }]) {
      request.setNews(struct(news));
      const diff = await call<messages.DiffResponse>((done) => service.run.client.diff(request, done));
      assert.equal(diff.getChanges(), messages.DiffResponse.DiffChanges.DIFF_NONE);
    }
    const refreshed = await read(id, { ...outputs, ...text }, { ...inputs, ...text });
    assert.deepEqual(plain(bag(refreshed.getInputs())), plain(inputs));
    assert.equal("__provider" in bag(refreshed.getProperties()), false);
  });
});
