import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Engine, EngineError, type ExportedStack } from "../../../../tools/engine";
import { PassphraseSecrets } from "../../../../tools/engine/crypto";
import { Secret, UNKNOWN } from "../../../../tools/engine/property-value";
import { newState } from "../../../../tools/engine/resource-state";
import { StateFile } from "../../../../tools/engine/state-file";
import { FIXTURES } from "./support";

const URN = "urn:pulumi:dev::proj::pulumi-nodejs:dynamic/test:Widget::a";

/** A salt and a secret that the real Pulumi CLI 3.260 wrote, with the passphrase "x". */
const CLI_SALT = "v1:/sY2DhVIG5c=:v1:u76NXAQXaSis/Ovx:WCzqdfm/SL/tiNlMQXQDEPdZZET5qA==";
const CLI_CIPHERTEXT = "v1:TLYCPb8mnAFsRglT:kIVpvTcTNXT1L/7JCtiLP6NWw7k8cyXuWg==";

describe("engine stand-in: state", () => {
  let directory: string;
  let path: string;
  before(() => {
    directory = mkdtempSync(join(tmpdir(), "engine-state-"));
    path = join(directory, "state.json");
  });
  after(() => rmSync(directory, { recursive: true, force: true }));

  const engine = (passphrase: string) =>
    new Engine({ workDir: join(FIXTURES, "widgets"), project: "proj", stateFile: path, passphrase });

  const codeOf = async (work: () => Promise<unknown>): Promise<string> => {
    try {
      await work();
      return "none";
    } catch (error) {
      assert.ok(error instanceof EngineError);
      return error.code;
    }
  };

  it("opens what the real CLI has encrypted", async () => {
    const secrets = await PassphraseSecrets.open("x", CLI_SALT);
    assert.equal(secrets.decrypt(CLI_CIPHERTEXT), '"canary1"');
    assert.equal(secrets.decrypt(secrets.encrypt("größe")), "größe");
  });

  it("refuses a wrong passphrase", async () => {
    assert.equal(await codeOf(() => PassphraseSecrets.open("y", CLI_SALT)), "PASSPHRASE_WRONG");
  });

  it("writes version 3 with a fitting manifest, and keeps the ciphertext of what did not change", async () => {
    const inputs = { token: new Secret({ deep: [new Secret(1)] }), later: UNKNOWN, empty: {}, none: null };
    const state = newState({ urn: URN, type: "t", custom: true, id: "1", inputs, protect: true });
    const file = await StateFile.open(path, "x", "v9.9.9");
    file.write([state], [{ type: "creating", resource: state }]);
    const first = engine("x").exportStack();
    assert.equal(first.version, 3);
    assert.equal(first.deployment.manifest.magic, createHash("sha256").update("v9.9.9").digest("hex"));
    const again = await StateFile.open(path, "x", "v9.9.9");
    assert.deepEqual(again.base.resources[0]?.inputs, inputs);
    again.write(again.base.resources, again.base.pendingOperations);
    const second = engine("x").exportStack();
    assert.deepEqual(second.deployment.resources, first.deployment.resources);
    assert.deepEqual(second.deployment.pending_operations, first.deployment.pending_operations);
    assert.deepEqual(readdirSync(directory), ["state.json"]);
  });

  it("names the features that a state needs in version 4", async () => {
    const file = await StateFile.open(path, "x", "v9.9.9");
    file.write([newState({ urn: URN, type: "t", custom: true, id: "1", replaceWith: [URN] })], []);
    const { version, features } = engine("x").exportStack();
    assert.deepEqual([version, features], [4, ["replaceWith"]]);
  });

  it("lets references follow a renamed resource, and its children's names its type", async () => {
    const type = "test:index:Group";
    const urn = (qualified: string, name: string) => `urn:pulumi:dev::proj::${qualified}::${name}`;
    const parent = newState({
      urn: urn("test:index:New", "g"),
      type,
      custom: false,
      aliases: [urn(type, "g")],
    });
    const child = newState({
      urn: urn(`${type}$a:b:C`, "c"),
      type: "a:b:C",
      custom: true,
      id: "1",
      parent: urn(type, "g"),
    });
    const user = newState({
      urn: urn("a:b:C", "u"),
      type: "a:b:C",
      custom: true,
      id: "2",
      dependencies: [child.urn],
    });
    const file = await StateFile.open(path, "x", "v9.9.9");
    file.write([parent, child, user], []);
    const [, movedChild, movedUser] = engine("x").exportStack().deployment.resources ?? [];
    assert.equal(movedChild?.urn, urn("test:index:New$a:b:C", "c"));
    assert.equal(movedChild.parent, parent.urn);
    assert.deepEqual(movedUser?.dependencies, [movedChild.urn]);
  });

  it("refuses states it cannot read, and keeps the one it has", async () => {
    const kept = engine("x").exportStack();
    const broken = (changes: object): ExportedStack => ({ ...kept, ...changes });
    assert.equal(await codeOf(() => engine("x").importStack({})), "STATE_INVALID");
    assert.equal(await codeOf(() => engine("x").importStack(broken({ version: 2 }))), "STATE_VERSION");
    assert.equal(
      await codeOf(() => engine("x").importStack(broken({ features: ["views"] }))),
      "STATE_VERSION",
    );
    assert.equal(await codeOf(() => engine("other").importStack(kept)), "PASSPHRASE_WRONG");
    const foreign = { ...kept.deployment, secrets_providers: { type: "service", state: {} } };
    assert.equal(
      await codeOf(() => engine("x").importStack(broken({ deployment: foreign }))),
      "STATE_INVALID",
    );
    assert.deepEqual(engine("x").exportStack(), kept);
    assert.equal(await codeOf(() => engine("x").importStack(kept)), "none");
    writeFileSync(path, "not json");
    assert.equal(await codeOf(() => engine("x").outputs()), "STATE_INVALID");
  });
});
