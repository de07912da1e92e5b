import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";
import * as va from "../../sdk";
import { defaultName } from "../../sdk/auto-name";
import { CLASSES, minimalArgs, registration, useMocks } from "./support";

const TYPE = "pulumi-nodejs:dynamic/video-analysis:ServiceTask";

const hash = (organization: string, urn: string, seed = ""): string =>
  createHash("sha256").update(`${organization}\n${urn}\n${seed}`).digest("hex").slice(0, 12);

class Group extends pulumi.ComponentResource {
  constructor(name: string, opts?: pulumi.ComponentResourceOptions) {
    super("example:index:Group", name, {}, opts);
  }
}

describe("the default name", () => {
  it("has a fixed value for fixed facts, for a replaced name would replace the task", () => {
    assert.equal(
      defaultName("camera", "acme", `urn:pulumi:dev::shop::${TYPE}::camera`, ""),
      `camera-0b90f5465f26`,
    );
  });

  for (const [logical, start] of [
    ["camera", "camera"],
    ["Gate_1-b", "Gate_1-b"],
    ["shop floor/2", "shop-floor-2"],
    ["Tür 🎥", "T-r--"],
    ["x".repeat(200), "x".repeat(87)],
  ] as const) {
    it(`starts "${start.slice(0, 20)}" for the logical name "${logical.slice(0, 20)}"`, () => {
      const name = defaultName(logical, "acme", "urn", "");
      assert.equal(name, `${start}-${hash("acme", "urn")}`);
      assert.match(name, /^[A-Za-z0-9_-]{1,100}$/);
    });
  }

  it("depends on organization, stack, project and logical name", async () => {
    const urn = `urn:pulumi:dev::shop::${TYPE}::camera`;
    const recorder = await useMocks({ organization: "acme", project: "shop", stack: "dev" });
    await registration(new va.ServiceTask("camera", minimalArgs()));
    assert.equal(recorder.inputsOf("camera")["autoName"], `camera-${hash("acme", urn)}`);
  });

  it("depends on the parents", async () => {
    const recorder = await useMocks({ organization: "acme", project: "shop", stack: "dev" });
    const outer = new Group("outer");
    const inner = new Group("inner", { parent: outer });
    const task = new va.ServiceTask("camera", minimalArgs(), { parent: inner });
    await registration(task);
    const parents = "example:index:Group$example:index:Group";
    const urn = `urn:pulumi:dev::shop::${parents}$${TYPE}::camera`;
    // The mocks name only one parent in a URN: what they answer for `inner` is what its children build on.
    const parent = await new Promise<string>((resolve) => void inner.urn.apply(resolve));
    const seen = `${parent.slice(0, parent.lastIndexOf("::"))}$${TYPE}::camera`;
    assert.equal(recorder.inputsOf("camera")["autoName"], `camera-${hash("acme", seen)}`);
    assert.equal(seen, urn);
  });

  it("does not make the children of a component wait for each other", async () => {
    const recorder = await useMocks();
    const group = new Group("group");
    const tasks = ["a", "b"].map((name) => new va.ServiceTask(name, minimalArgs(), { parent: group }));
    await Promise.all(tasks.map(registration));
    assert.notEqual(recorder.inputsOf("a")["autoName"], recorder.inputsOf("b")["autoName"]);
  });

  it("is known in a preview", async () => {
    const recorder = await useMocks({ preview: true });
    await registration(new va.ServiceTask("camera", minimalArgs(), { parent: new Group("group") }));
    assert.match(String(recorder.inputsOf("camera")["autoName"]), /^camera-[0-9a-f]{12}$/);
  });

  it("works with mocks that have no organization", async () => {
    const recorder = await useMocks({ organization: "" });
    await registration(new va.ServiceTask("camera", minimalArgs()));
    const urn = `urn:pulumi:stack::project::${TYPE}::camera`;
    assert.equal(recorder.inputsOf("camera")["autoName"], `camera-${hash("organization", urn)}`);
  });
});

for (const [name, make] of Object.entries(CLASSES)) {
  describe(`the default name of a ${name}`, () => {
    const urn = `urn:pulumi:stack::project::pulumi-nodejs:dynamic/video-analysis:${name}::camera`;

    it("has the type, and the nameSeed, in its hash", async () => {
      const recorder = await useMocks({ config: { "video-analysis:nameSeed": "stack" } });
      await registration(make("camera"));
      const { autoName } = recorder.inputsOf("camera");
      assert.equal(autoName, `camera-${hash("organization", urn, "stack")}`);
    });

    it("stands beside a given name, and is known in a preview", async () => {
      const recorder = await useMocks({ preview: true });
      await registration(make("camera", {}, { name: "given" }));
      const { autoName, name: given } = recorder.inputsOf("camera");
      assert.deepEqual([given, autoName], ["given", `camera-${hash("organization", urn)}`]);
    });
  });
}

describe("nameSeed", () => {
  const urn = `urn:pulumi:stack::project::${TYPE}::camera`;
  const expected = (seed: string): string => `camera-${hash("organization", urn, seed)}`;
  const config = { "video-analysis:nameSeed": "stack" };

  it("comes from the stack configuration", async () => {
    const recorder = await useMocks({ config });
    await registration(new va.ServiceTask("camera", minimalArgs()));
    assert.equal(recorder.inputsOf("camera")["autoName"], expected("stack"));
  });

  it("comes from the explicit provider before the stack", async () => {
    const recorder = await useMocks({ config });
    const provider = new va.Provider("other", { nameSeed: pulumi.secret("own") });
    await registration(new va.ServiceTask("camera", minimalArgs(), { provider }));
    assert.equal(recorder.inputsOf("camera")["autoName"], expected("own"));
  });

  it("comes from the stack where the explicit provider names none", async () => {
    const recorder = await useMocks({ config });
    const provider = new va.Provider("other", { region: "eu-nl" });
    await registration(new va.ServiceTask("camera", minimalArgs(), { provider }));
    assert.equal(recorder.inputsOf("camera")["autoName"], expected("stack"));
  });

  it("comes from a provider that the parents pass on", async () => {
    const recorder = await useMocks({ config });
    const group = new Group("group", { providers: [new va.Provider("other", { nameSeed: "own" })] });
    const plain = new Group("plain");
    await registration(new va.ServiceTask("camera", minimalArgs(), { parent: group }));
    await registration(new va.ServiceTask("second", minimalArgs(), { parent: plain }));
    const parented = urn.replace(TYPE, `example:index:Group$${TYPE}`);
    assert.equal(recorder.inputsOf("camera")["autoName"], `camera-${hash("organization", parented, "own")}`);
    const second = parented.replace("::camera", "::second");
    assert.equal(recorder.inputsOf("second")["autoName"], `second-${hash("organization", second, "stack")}`);
  });
});
