/** The classes of `pulumi-video-analysis/plugin`: the dynamic ones under tokens of the plugin's package. */
import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { RESOURCE_NAMES } from "../../provider/services/resource-names";
import * as va from "../../sdk";
import { VERSION } from "../../sdk/package-info";
import * as onPlugin from "../../sdk/plugin";
import { CLASSES, minimalArgs, PLUGIN_CLASSES, registration, useMocks, valueOf } from "./support";

describe("the subpath ./plugin", () => {
  it("has all that the package has, with resources and provider of its own", () => {
    assert.deepEqual(Object.keys(onPlugin).sort(), Object.keys(va).sort());
    const own = Object.keys(va).filter((key) => Reflect.get(va, key) !== Reflect.get(onPlugin, key));
    assert.deepEqual(own.sort(), [...RESOURCE_NAMES, "Provider"].sort());
  });
});

for (const type of RESOURCE_NAMES) {
  const create = PLUGIN_CLASSES[type]!;
  const dynamic = `pulumi-nodejs:dynamic/video-analysis:${type}`;
  const options = (given: pulumi.CustomResourceOptions): Promise<pulumi.CustomResourceOptions> =>
    new Promise((resolve) => {
      create("seen", {
        ...given,
        transformations: [
          ({ opts }) => {
            resolve(opts);
            return undefined;
          },
        ],
      });
    });

  describe(`${type} on the plugin`, () => {
    it("registers the type of the package schema, and what the program gave alone", async () => {
      const recorder = await useMocks();
      await registration(create("camera"));
      await registration(CLASSES[type]!("other"));
      const [own] = recorder.registered;
      assert.equal(own?.type, `video-analysis:index:${type}`);
      const { autoName, __provider, ...given } = recorder.inputsOf("other");
      assert.deepEqual(recorder.inputsOf("camera"), given);
      assert.deepEqual([typeof autoName, typeof __provider], ["string", "string"]);
    });

    it("has the recorded dynamic resource as an alias, beside those of the program", async () => {
      await useMocks();
      const { aliases } = await options({ aliases: [{ name: "before" }] });
      assert.deepEqual(aliases, [{ type: dynamic }, { name: "before" }]);
    });

    it("asks for the plugin of its own version, unless the program names another", async () => {
      await useMocks();
      assert.equal((await options({})).version, VERSION);
      assert.equal((await options({ version: "9.9.9" })).version, "9.9.9");
    });

    it("passes the option `import` on", async () => {
      const recorder = await useMocks();
      await registration(create("imported", { import: "service-1/t1" }));
      assert.equal(recorder.registered[0]?.id, "service-1/t1");
    });

    it("fills `timeouts` from `customTimeouts`", async () => {
      const recorder = await useMocks();
      await registration(create("camera", { customTimeouts: { create: "5m" } }));
      assert.deepEqual(recorder.inputsOf("camera")["timeouts"], { create: "5m" });
    });

    it("is told from the dynamic class of the same name", async () => {
      await useMocks();
      const [ours, theirs] = [create("ours"), CLASSES[type]!("theirs")];
      const instances = [onPlugin[type], va[type]].map((of) => [of.isInstance(ours), of.isInstance(theirs)]);
      assert.deepEqual(instances, [
        [true, false],
        [false, true],
      ]);
      assert.equal(ours.constructor.name, type);
    });
  });
}

describe("ServiceTask.get on the plugin", () => {
  it("reads by id, and has every property", async () => {
    const recorder = await useMocks({ outputs: { taskIds: ["t1", "t2"] } });
    const task = onPlugin.ServiceTask.get("found", "service-1/t1", { region: "eu-de" });
    assert.equal(await valueOf(task.taskId), "t1");
    assert.equal(recorder.registered[0]?.type, "video-analysis:index:ServiceTask");
    assert.deepEqual(recorder.inputsOf("found"), { region: "eu-de" });
    assert.ok(pulumi.Output.isInstance(task.creator));
  });
});

describe("Provider of the plugin", () => {
  it("takes over from the stack what the dynamic one does, under plain keys", async () => {
    const recorder = await useMocks({
      config: { "video-analysis:region": "eu-de", "video-analysis:maxRetries": "3" },
    });
    const provider = new onPlugin.Provider("berlin", { endpoints: { iam: "https://iam.example.com" } });
    await registration(provider);
    assert.equal(recorder.registered[0]?.type, "pulumi:providers:video-analysis");
    assert.deepEqual(recorder.inputsOf("berlin"), {
      region: "eu-de",
      maxRetries: "3",
      endpoints: '{"iam":"https://iam.example.com"}',
    });
    await registration(new onPlugin.ServiceTask("camera", minimalArgs(), { provider }));
    assert.match(recorder.registered[1]?.provider ?? "", /::berlin::/);
  });
});
