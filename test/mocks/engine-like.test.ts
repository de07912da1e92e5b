/** Where the mocks have to behave as the engine does: reads, providers, previews and secrets. */
import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import * as va from "../../sdk";
import { valueOf } from "../../testkit";
import { CLASSES, minimalArgs, minimalBatch } from "../sdk/support";
import { notKnownYet, refusedBy, UNKNOWN_IDS, useMocks } from "./support";

describe("mocks: get", () => {
  it("fakes what the id says, and what the test says", async () => {
    const made = await useMocks({
      resources: { camera: { state: ["RUNNING", "STOPPED"], outputs: { config: { deep: true } } } },
    });
    const task = va.ServiceTask.get("camera", "service-1/t1,t2", { region: "eu-de" });
    assert.equal(await valueOf(task.id), "service-1/t1,t2");
    assert.equal(await valueOf(task.serviceId), "service-1");
    assert.deepEqual(await valueOf(task.taskIds), ["t1", "t2"]);
    assert.equal(await valueOf(task.state), "STOPPED");
    assert.equal(await valueOf(task.region), "eu-de");
    assert.deepEqual(await valueOf(task.config), { deep: true });
    assert.deepEqual(refusedBy(made), []);
  });

  it("of a batch and of a job", async () => {
    await useMocks();
    const batch = va.BatchTask.get("site", "batch-1");
    assert.equal(await valueOf(batch.batchTaskId), "batch-1");
    assert.equal((await valueOf(batch.taskIds)).length, 1);
    const job = va.VideoAnalysisJob.get("file", "video-analyze/task0000000a");
    assert.deepEqual(await valueOf(job.taskIds), ["task0000000a"]);
  });

  it("is known in a preview, and refuses what is no id", async () => {
    await useMocks({}, { preview: true });
    assert.deepEqual(await valueOf(va.ServiceTask.get("camera", "service-1/t1").taskIds), ["t1"]);
    await assert.rejects(valueOf(va.ServiceTask.get("wrong", "t1").state), /INVALID_ID/);
  });

  it("of an id that a preview does not know yet is not known either", async () => {
    const made = await useMocks({ others: UNKNOWN_IDS }, { preview: true });
    const task = va.ServiceTask.get("camera", notKnownYet());
    assert.equal(await valueOf(task.taskIds), undefined);
    assert.equal(made.resources.length, 1);
  });
});

describe("mocks: configuration", () => {
  it("an explicit provider decides for its resources, the stack for the others", async () => {
    await useMocks({}, { config: { region: "eu-nl", projectId: "project-of-the-stack" } });
    const provider = new va.Provider("other", { region: "cn-east-3", projectId: "project-of-it" });
    const [there, here] = [
      new va.ServiceTask("there", minimalArgs(), { provider }),
      new va.ServiceTask("here", minimalArgs()),
    ];
    assert.equal(await valueOf(there.region), "cn-east-3");
    assert.equal(await valueOf(there.projectId), "project-of-it");
    assert.equal(await valueOf(here.region), "eu-nl");
    assert.equal(await valueOf(here.projectId), "project-of-the-stack");
    assert.equal(await valueOf(here.endpoint), "https://modelarts.eu-nl.otc.t-systems.com");
  });

  it("through a component, with endpoints, and with two providers of one name", async () => {
    await useMocks();
    const endpoints = { vias: "https://vias.example.com" };
    const site = (name: string, region: string) => {
      const parent = new pulumi.ComponentResource("test:index:Site", name);
      const provider = new va.Provider("cloud", { region, endpoints }, { parent });
      return new va.BatchTask(`batch-${name}`, minimalBatch(), { parent, provider });
    };
    const [north, south] = [site("north", "eu-de"), site("south", "cn-south-1")];
    assert.equal(await valueOf(north.region), "eu-de");
    assert.equal(await valueOf(north.endpoint), "https://vias.example.com");
    assert.equal(await valueOf(south.region), "cn-south-1");
  });

  it("the configured `waitFor` holds", async () => {
    const made = await useMocks({ onRefusal: "record" }, { config: { waitFor: "succeeded" } });
    const file = new va.ServiceTask("file", minimalArgs());
    assert.equal(await valueOf(file.state), "SUCCEEDED");
    const input = { type: "url" as const, data: [{ url: "rtsp://cameras.example.com/a" }] };
    await valueOf(new va.ServiceTask("camera", { ...minimalArgs(), input }).urn);
    assert.deepEqual(refusedBy(made), ["waitFor"]);
  });

  it("of a provider with a value that a preview does not know yet decides nothing", async () => {
    await useMocks({ others: UNKNOWN_IDS }, { preview: true });
    const provider = new va.Provider("other", { region: "cn-east-3", projectId: notKnownYet() });
    const task = new va.ServiceTask("camera", minimalArgs(), { provider });
    assert.equal(await valueOf(task.region), "cn-north-4");
  });
});

describe("mocks: a preview", () => {
  for (const [type, make] of Object.entries(CLASSES)) {
    it(`of a ${type} knows its inputs and nothing else`, async () => {
      const made = await useMocks({}, { preview: true });
      const resource: unknown = make("one");
      const task = resource as Pick<
        va.ServiceTask,
        "id" | "name" | "region" | "taskIds" | "state" | "endpoint"
      >;
      assert.match(await valueOf(task.name), /^one-[0-9a-f]{12}$/);
      assert.equal(await valueOf(task.region), "cn-north-4");
      for (const output of [task.id, task.taskIds, task.state, task.endpoint]) {
        assert.equal(await valueOf<unknown>(output), undefined);
      }
      assert.equal(made.resources[0]?.id, undefined);
    });
  }

  it("takes what is not known yet anywhere, and still refuses what is wrong beside it", async () => {
    const made = await useMocks({ onRefusal: "record", others: UNKNOWN_IDS }, { preview: true });
    const unknown = notKnownYet();
    const input = { type: "url" as const, data: [{ url: unknown }] };
    const output = { obs: { bucket: unknown, path: "out/" } };
    const fine = new va.ServiceTask("camera", { serviceId: unknown, input, output });
    assert.equal(await valueOf(fine.serviceId), undefined);
    assert.equal(made.resources.length, 1);
    await valueOf(new va.ServiceTask("wrong", { serviceId: unknown, input, output: {} }).urn);
    assert.deepEqual(refusedBy(made), ["output"]);
  });
});

describe("mocks: secrets", () => {
  const withPassword = {
    ...minimalArgs(),
    input: { type: "url" as const, data: [{ url: "rtsp://user:word@cameras.example.com/a" }] },
  };

  it("what the hooks find sensitive is secret in outputs", async () => {
    await useMocks();
    const task = new va.ServiceTask("camera", withPassword);
    assert.equal(await pulumi.isSecret(task.input), true);
    assert.equal(await pulumi.isSecret(task.output), false);
    assert.equal(await pulumi.isSecret(task.taskIds), false);
    assert.deepEqual(await valueOf(task.input), withPassword.input);
  });

  for (const preview of [false, true]) {
    it(`what the program made secret stays so ${preview ? "in a preview" : ""}`, async () => {
      const made = await useMocks({}, { preview });
      const url = pulumi.secret("rtsp://user:word@cameras.example.com/a");
      const task = new va.ServiceTask("camera", {
        ...minimalArgs(),
        description: pulumi.secret("hidden"),
        input: { type: "url", data: [{ url }] },
      });
      assert.equal(await pulumi.isSecret(task.input), true);
      assert.equal(await pulumi.isSecret(task.description), true);
      assert.deepEqual(await valueOf(task.input), withPassword.input);
      assert.deepEqual(made.resources[0]?.inputs["description"], "hidden");
    });
  }
});
