/** Mocks of the classes on the provider plugin: a program behaves as with the dynamic classes. */
import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import * as va from "../../sdk";
import * as onPlugin from "../../sdk/plugin";
import { valueOf } from "../../testkit";
import { CLASSES, minimalArgs, PLUGIN_CLASSES } from "../sdk/support";
import { notKnownYet, refusedBy, UNKNOWN_IDS, useMocks } from "./support";

type Package = typeof va | typeof onPlugin;

/** Resources of each class and kind: made, read, refused, secret, and under a provider. */
async function program({ BatchTask, Provider, ServiceTask, VideoAnalysisJob }: Package): Promise<unknown> {
  const made = await useMocks(
    { onRefusal: "record", resources: { film: { state: "FAILED", outputs: { creator: "ops" } } } },
    { config: { region: "eu-nl", projectId: "project-of-the-stack" } },
  );
  const provider = new Provider("east", { region: "cn-east-3", projectId: "project-of-it" });
  const input = { type: "url" as const, data: [{ url: "rtsp://user:word@cameras.example.com/a" }] };
  const camera = new ServiceTask("camera", { ...minimalArgs(), name: "camera", input });
  const resources: pulumi.CustomResource[] = [
    camera,
    new ServiceTask("there", { ...minimalArgs(), name: "there" }, { provider }),
    new BatchTask("site", {
      name: "site",
      serviceName: "fire-smoke",
      serviceVersion: "1.0",
      batchInput: { videoSourceGroup: [{ videoSourceGroupId: "group-1", videoSourceList: [] }] },
      output: { eventCenter: true },
    }),
    new VideoAnalysisJob("film", { ...jobArgs, description: pulumi.secret("hidden") }),
    new ServiceTask("wrong", { ...minimalArgs(), name: "wrong", output: {} }),
    ServiceTask.get("old", "service-1/t1,t2", { region: "eu-de" }),
  ];
  await Promise.all(resources.map(({ urn }) => valueOf(urn)));
  const ids = await Promise.all(resources.map(({ id }) => valueOf(id)));
  const secret = await Promise.all([pulumi.isSecret(camera.input), pulumi.isSecret(camera.output)]);
  const byName = [...made.resources].sort((one, other) => (one.name < other.name ? -1 : 1));
  return { ids, secret, resources: byName, refusals: made.refusals };
}
const jobArgs = {
  name: "film",
  serviceName: "video-analyze",
  serviceVersion: "1.0",
  input: { type: "url" as const, data: [{ url: "https://example.com/a.mp4" }] },
  output: { dis: { streamName: "stream" } },
};

/** Outputs that all classes have. */
const shown = (resource: unknown) =>
  resource as Pick<va.ServiceTask, "id" | "name" | "taskIds" | "taskId" | "state">;

describe("mocks: the classes on the plugin", () => {
  it("have the ids, outputs, secrets and refusals of the dynamic ones", async () => {
    assert.deepEqual(await program(onPlugin), await program(va));
  });

  for (const [type, make] of Object.entries(PLUGIN_CLASSES)) {
    it(`${type}: a default name in its form, another one than the dynamic class has`, async () => {
      const made = await useMocks({}, { config: { nameSeed: "seed" } });
      const [own, dynamic] = [make("camera"), CLASSES[type]!("camera")];
      await Promise.all([valueOf(own.urn), valueOf(dynamic.urn)]);
      const [name, other] = made.resources.map(({ inputs }) => inputs["name"]);
      assert.match(String(name), /^camera-[0-9a-f]{12}$/);
      assert.notEqual(name, other);
      await useMocks();
      const again = make("camera");
      assert.notEqual(await valueOf(shown(again).name), name, "the seed counts");
    });

    it(`${type}: a preview knows its inputs and nothing else`, async () => {
      await useMocks({}, { preview: true });
      const task = shown(make("one"));
      assert.match(await valueOf(task.name), /^one-[0-9a-f]{12}$/);
      for (const output of [task.id, task.taskIds, task.taskId, task.state]) {
        assert.equal(await valueOf<unknown>(output), undefined);
      }
    });
  }

  it("equally named ones under two parents are two tasks", async () => {
    await useMocks();
    const ids = ["north", "south"].map((name) => {
      const parent = new pulumi.ComponentResource("test:index:Site", name);
      return valueOf(new onPlugin.ServiceTask("camera", minimalArgs(), { parent }).id);
    });
    assert.equal(new Set(await Promise.all(ids)).size, 2);
  });

  it("a provider with a value that is not known yet decides nothing", async () => {
    await useMocks({ others: UNKNOWN_IDS }, { preview: true });
    const provider = new onPlugin.Provider("other", { region: "cn-east-3", projectId: notKnownYet() });
    const task = new onPlugin.ServiceTask("camera", minimalArgs(), { provider });
    assert.equal(await valueOf(task.region), "cn-north-4");
  });

  it("an import has the id that it asks for", async () => {
    const made = await useMocks();
    const task = new onPlugin.ServiceTask("camera", minimalArgs(), { import: "service-1/t1" });
    assert.equal(await valueOf(task.id), "service-1/t1");
    assert.deepEqual(await valueOf(task.taskIds), ["t1"]);
    assert.deepEqual(refusedBy(made), []);
  });
});
