/** Names, owners and envelopes of the plugin. */
import assert from "node:assert/strict";
import { defaultName } from "../../provider/fronts/plugin/default-names";
import { opened, sealedInputs, sealedOutputs, sealedReading } from "../../provider/fronts/plugin/envelopes";
import { ownerOf, parseUrn, resourceOf } from "../../provider/fronts/plugin/resource-address";
import { serviceTask } from "../../provider/services/service-task/definition";
import { fileOnIef, vcnInput } from "../support/arguments";
import { isSecret, plain, type Props, secret, UNKNOWN } from "../contract/values";

const urnOf = (name: string, type = "video-analysis:index:ServiceTask"): string =>
  `urn:pulumi:dev::cameras::site:index:Site$${type}::${name}`;
const SIGNATURE = "4dabf18193072939515e22adb298388d";

describe("plugin: resources by their URN", () => {
  it("have a type, and a name of any characters", () => {
    assert.deepEqual(parseUrn(urnOf("a::b$c")), {
      project: "cameras",
      type: "video-analysis:index:ServiceTask",
      name: "a::b$c",
    });
    assert.equal(resourceOf(urnOf("a")).definition.type, "ServiceTask");
    assert.throws(() => resourceOf(urnOf("a", "video-analysis:index:Camera")), /INVALID_STATE.*Camera/);
  });

  it("are owners that no other resource is, and read as their names", () => {
    assert.match(ownerOf(urnOf("entrance")), /^entrance-[0-9a-f]{12}$/);
    assert.notEqual(
      ownerOf(urnOf("a")),
      ownerOf("urn:pulumi:dev::cameras::video-analysis:index:ServiceTask::a"),
    );
  });
});

describe("plugin: default names", () => {
  const named = (urn: string, more: Partial<Parameters<typeof defaultName>[0]> = {}): string | undefined =>
    defaultName({ urn, nameSeed: undefined, autonaming: undefined, ...more });

  it("come from URN and seed, fit every service, and stay the same", () => {
    const name = named(urnOf(`Tür 1/${"x".repeat(200)}`)) ?? "";
    assert.match(name, /^T-r-1-x+-[0-9a-f]{12}$/);
    assert.equal(name.length, 100);
    assert.equal(named(urnOf("a")), named(urnOf("a")));
    assert.equal(
      new Set([named(urnOf("a")), named(urnOf("b")), named(urnOf("a"), { nameSeed: "s" })]).size,
      3,
    );
  });

  it("are those of pulumi:autonaming where it is configured", () => {
    const of = (mode: "propose" | "enforce" | "disable", proposed: string): string | undefined =>
      named(urnOf("a"), { autonaming: { mode, proposed } });
    assert.equal(of("propose", "cameras-dev_a"), "cameras-dev_a");
    assert.equal(of("propose", "x".repeat(100)), "x".repeat(100));
    assert.equal(of("enforce", "a b"), "a b");
    assert.equal(of("disable", ""), undefined);
  });
});

describe("plugin: proposed names that no service takes", () => {
  const proposed = (text: string): string =>
    defaultName({ urn: urnOf("a"), nameSeed: undefined, autonaming: { mode: "propose", proposed: text } }) ??
    "";

  for (const [what, one, other] of [
    ["longer than a name may be", `${"x".repeat(120)}-1`, `${"x".repeat(120)}-2`],
    ["with characters that are refused", "a b", "a.b"],
  ] as const) {
    it(`${what}, are made fit, the same each time, and two of them stay two`, () => {
      assert.match(proposed(one), /^[abx-]+-[0-9a-f]{12}$/);
      assert.ok(proposed(one).length <= 100);
      assert.equal(proposed(one), proposed(one));
      assert.notEqual(proposed(one), proposed(other));
    });
  }
});

describe("plugin: envelopes", () => {
  it("are opened, and what dynamic resources are loaded by is no value", () => {
    const { bag, secrets } = opened({
      __provider: secret("text"),
      a: secret({ b: secret([1]) }),
      list: [secret("x"), { y: secret(1) }],
      known: { [SIGNATURE]: "d0e6a833031e9bbcd3f4e8bde6ca49a4", value: "v", secret: true },
      open: { [SIGNATURE]: "d0e6a833031e9bbcd3f4e8bde6ca49a4" },
      resource: { [SIGNATURE]: "5cf8f73096256a8f31e491e813e4eb8e", urn: "urn", id: "id" },
      component: { [SIGNATURE]: "5cf8f73096256a8f31e491e813e4eb8e", urn: "urn" },
    });
    assert.deepEqual(bag, {
      a: { b: [1] },
      list: ["x", { y: 1 }],
      known: "v",
      open: UNKNOWN,
      resource: "id",
      component: "urn",
    });
    assert.deepEqual(secrets, [["a"], ["a", "b"], ["list", 0], ["list", 1, "y"], ["known"]]);
  });

  const inputs = { ...fileOnIef, input: vcnInput, description: "d" };

  it("are around leaves of inputs: the schema's own, and the program's", () => {
    const sealed = sealedInputs(serviceTask, inputs, [["description"], ["config", "nested"]]);
    assert.ok(isSecret(sealed.description));
    assert.ok(isSecret((sealed.config as Props).nested));
    assert.ok(isSecret(((sealed.input as Props).vcn as Props).password));
    assert.equal(((sealed.input as Props).vcn as Props).username, "camera");
    assert.deepEqual(plain(sealed), inputs);
  });

  it("are around one value once, whatever else is secret inside of it", () => {
    const sealed = sealedInputs(serviceTask, inputs, [["input", "vcn"], ["input"]]);
    assert.deepEqual(sealed.input, secret(vcnInput));
  });

  it("are around whole lists of what a service shows, whose elements may have moved", () => {
    const sealed = sealedReading(serviceTask, inputs, [["input", "data", 3, "deviceId"]]);
    assert.ok(isSecret((sealed.input as Props).data));
  });

  it("are around whole properties of outputs, and around shown forms", () => {
    const outputs = { ...inputs, taskIds: ["a"], echo: { version: 1 }, claim: "c" };
    const sealed = sealedOutputs(serviceTask, outputs, [["config", "nested"]]);
    const found = Object.keys(sealed).filter((key) => isSecret(sealed[key]));
    assert.deepEqual(found.sort(), ["config", "echo", "input"]);
  });

  it("leave what is not known to the engine", () => {
    assert.equal(sealedOutputs(serviceTask, { state: UNKNOWN }, [["state"]]).state, UNKNOWN);
  });
});
