import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import * as va from "../../sdk";
import { valueOf } from "../../testkit";
import { minimalArgs, minimalBatch, minimalJob } from "../sdk/support";
import { Bucket, refusedBy, useMocks } from "./support";

const cameras = (...names: readonly string[]) => ({
  type: "url" as const,
  data: names.map((name) => ({ url: `rtsp://cameras.example.com/${name}` })),
});

describe("mocks: what is faked", () => {
  it("a service task for each input, under an id in the documented form", async () => {
    await useMocks();
    const task = new va.ServiceTask("gates", { ...minimalArgs(), input: cameras("a", "b", "c") });
    const taskIds = await valueOf(task.taskIds);
    assert.equal(new Set(taskIds).size, 3);
    for (const id of taskIds) assert.match(id, /^[0-9a-f]{32}$/);
    assert.equal(await valueOf(task.id), `service-1/${taskIds.join(",")}`);
    assert.equal(await valueOf(task.taskId), taskIds[0]);
    assert.deepEqual(await valueOf(task.states), ["RUNNING", "RUNNING", "RUNNING"]);
    assert.equal(await valueOf(task.state), "RUNNING");
    assert.deepEqual(
      (await valueOf(task.tasks)).map(({ id }) => id),
      taskIds,
    );
    assert.equal(await valueOf(task.region), "cn-north-4");
    assert.equal(await valueOf(task.endpoint), "https://modelarts.cn-north-4.myhuaweicloud.com");
    assert.deepEqual(await valueOf(task.unfinished), []);
  });

  it("the counters of a batch, and its sub-tasks in their order", async () => {
    await useMocks();
    const videoSourceList = [{ videoSourceId: "camera-1" }, { videoSourceId: "camera-2" }];
    const videoSourceGroup = [
      { videoSourceGroupId: "group-1", videoSourceList },
      { videoSourceGroupId: "group-2", videoSourceList: [{ videoSourceId: "camera-2" }] },
      { videoSourceGroupId: "group-3", videoSourceList: [] },
    ];
    const batch = new va.BatchTask("site", { ...minimalBatch(), batchInput: { videoSourceGroup } });
    const [id, taskIds] = await Promise.all([valueOf(batch.id), valueOf(batch.taskIds)]);
    assert.match(id, /^[0-9a-f]{32}$/);
    assert.equal(await valueOf(batch.batchTaskId), id);
    assert.equal(taskIds.length, 3);
    assert.deepEqual(taskIds, [...taskIds].sort());
    assert.ok(!taskIds.includes(id));
    assert.equal(await valueOf(batch.totalCount), 3);
    assert.equal(await valueOf(batch.succeedCount), 3);
    assert.equal(await valueOf(batch.failedCount), 0);
    assert.deepEqual(await valueOf(batch.errorList), []);
    assert.deepEqual(await valueOf(batch.statusCounts), { RUNNING: 3 });
    assert.equal(await valueOf(batch.tasksTruncated), false);
  });

  it("a job in the form of VAS", async () => {
    await useMocks();
    const job = new va.VideoAnalysisJob("file", { ...minimalJob(), waitFor: "succeeded" });
    assert.match(await valueOf(job.id), /^video-analyze\/[0-9a-f]{32}$/);
    assert.equal(await valueOf(job.state), "SUCCEEDED");
    assert.equal(await valueOf(job.endpoint), "https://iva.cn-north-4.myhuaweicloud.com");
  });

  it("the default name as check decides it, or the given one", async () => {
    await useMocks();
    const [byDefault, given] = [
      new va.ServiceTask("camera", minimalArgs()),
      new va.ServiceTask("gate", { ...minimalArgs(), name: "gate-1" }),
    ];
    assert.match(await valueOf(byDefault.name), /^camera-[0-9a-f]{12}$/);
    assert.equal(await valueOf(given.name), "gate-1");
  });

  it("the ids of an adopted task, and a live name where the program gives none", async () => {
    await useMocks();
    const task = new va.ServiceTask("camera", { ...minimalArgs(), adopt: "service-1/t1" });
    assert.equal(await valueOf(task.id), "service-1/t1");
    assert.deepEqual(await valueOf(task.taskIds), ["t1"]);
    assert.equal(typeof (await valueOf(task.name)), "string");
  });

  it("STOPPED where the program wishes it", async () => {
    await useMocks();
    const task = new va.ServiceTask("camera", {
      ...minimalArgs(),
      platform: "ief",
      desiredState: "stopped",
      output: { obs: { bucket: "results", path: "out/" } },
    });
    assert.equal(await valueOf(task.state), "STOPPED");
  });

  it("the same in every run, whatever is registered beside it and whatever machine it is", async () => {
    const program = async (): Promise<unknown[]> => {
      const made = await useMocks();
      const task = new va.ServiceTask("camera", minimalArgs());
      await valueOf(task.id);
      return made.resources.filter(({ name }) => name === "camera").map(({ outputs }) => outputs);
    };
    const first = await program();
    const before = process.env["HW_REGION_NAME"];
    process.env["HW_REGION_NAME"] = "eu-de";
    try {
      const other = await useMocks();
      await valueOf(new va.ServiceTask("another", minimalArgs()).id);
      assert.equal(other.resources[0]?.outputs["region"], "cn-north-4");
      assert.deepEqual(await program(), first);
    } finally {
      if (before === undefined) delete process.env["HW_REGION_NAME"];
      else process.env["HW_REGION_NAME"] = before;
    }
  });

  it("resources of one logical name below different parents apart", async () => {
    await useMocks();
    const parents = ["Site", "Hall"].map(
      (type) => new pulumi.ComponentResource(`test:index:${type}`, "north"),
    );
    const ids = await Promise.all(
      parents.map((parent) => valueOf(new va.ServiceTask("camera", minimalArgs(), { parent }).id)),
    );
    assert.equal(new Set(ids).size, 2);
  });
});

describe("mocks: what is refused", () => {
  const wrong = { ...minimalArgs(), input: { type: "url" as const, data: [{ url: "" }] } };

  it("rejects with path and reason, and notes both", async () => {
    const made = await useMocks();
    const task = new va.ServiceTask("camera", wrong);
    await assert.rejects(valueOf(task.id), (error: Error) => error.message.includes("input.data[0].url: "));
    const [refusal] = made.refusals;
    assert.deepEqual(
      { type: refusal?.type, name: refusal?.name, property: refusal?.property },
      { type: "ServiceTask", name: "camera", property: "input.data[0].url" },
    );
    assert.ok(refusal!.reason.length > 0);
    assert.deepEqual(made.resources, []);
  });

  it("is only noted where the test says so", async () => {
    const made = await useMocks({ onRefusal: "record" });
    const task = new va.ServiceTask("camera", { ...wrong, service_id: "x" } as va.ServiceTaskArgs);
    await valueOf(task.urn);
    assert.equal(await valueOf(task.taskIds), undefined);
    assert.deepEqual(refusedBy(made), ["input.data[0].url", "service_id"]);
  });

  it("by rules across arguments, of each resource", async () => {
    const made = await useMocks({ onRefusal: "record" });
    const resources = [
      new va.ServiceTask("camera", { ...minimalArgs(), output: {} }),
      new va.BatchTask("site", { ...minimalBatch(), name: "n".repeat(101) }),
      new va.VideoAnalysisJob("file", { ...minimalJob(), input: cameras("a"), waitFor: "succeeded" }),
    ];
    await Promise.all(resources.map(({ urn }) => valueOf(urn)));
    assert.deepEqual(refusedBy(made), ["name", "output", "waitFor"]);
  });

  it("are files in a free map", async () => {
    const made = await useMocks({ onRefusal: "record" });
    const config = {
      model: new pulumi.asset.StringAsset("text"),
      more: [new pulumi.asset.FileArchive("models")],
    };
    await valueOf(new va.ServiceTask("camera", { ...minimalArgs(), config }).urn);
    assert.deepEqual(refusedBy(made), ["config.model", "config.more[0]"]);
  });

  it("where the cloud does not offer the service", async () => {
    const made = await useMocks({ onRefusal: "record" }, { config: { region: "eu-de" } });
    await valueOf(new va.BatchTask("site", minimalBatch()).urn);
    assert.deepEqual(refusedBy(made), ["region"]);
  });
});

describe("mocks: what a test says", () => {
  it("states, one for all tasks or one for each", async () => {
    await useMocks({
      resources: {
        all: { state: "FAILED" },
        each: { state: ["RUNNING", "FAILED"] },
        site: { state: "FROZEN" },
      },
    });
    const [all, each] = ["all", "each"].map(
      (name) => new va.ServiceTask(name, { ...minimalArgs(), input: cameras("a", "b") }),
    );
    assert.deepEqual(await valueOf(all!.states), ["FAILED", "FAILED"]);
    assert.deepEqual(await valueOf(each!.states), ["RUNNING", "FAILED"]);
    assert.equal(await valueOf(each!.state), "FAILED");
    const site = new va.BatchTask("site", minimalBatch());
    assert.deepEqual(await valueOf(site.statusCounts), { FROZEN: 1 });
  });

  it("a number of states that is not that of the tasks fails", async () => {
    await useMocks({ resources: { camera: { state: ["RUNNING", "FAILED"] } } });
    await assert.rejects(valueOf(new va.ServiceTask("camera", minimalArgs()).id));
  });

  it("ids, from which the task ids follow", async () => {
    await useMocks({ resources: { camera: { id: "service-1/t1,t2" }, wrong: { id: "no id" } } });
    const task = new va.ServiceTask("camera", { ...minimalArgs(), input: cameras("a", "b") });
    assert.equal(await valueOf(task.id), "service-1/t1,t2");
    assert.deepEqual(await valueOf(task.taskIds), ["t1", "t2"]);
    await assert.rejects(valueOf(new va.ServiceTask("wrong", minimalArgs()).id), /INVALID_ID/);
  });

  it("further outputs", async () => {
    await useMocks({ resources: { camera: { outputs: { creator: "ops" } } } });
    assert.equal(await valueOf(new va.ServiceTask("camera", minimalArgs()).creator), "ops");
  });

  it("failures, also of a read", async () => {
    await useMocks({ resources: { camera: { failure: "NAME_TAKEN: a task exists" } } });
    await assert.rejects(valueOf(new va.ServiceTask("camera", minimalArgs()).id), /NAME_TAKEN/);
    await assert.rejects(valueOf(va.ServiceTask.get("camera", "service-1/t1").state), /NAME_TAKEN/);
  });

  it("what other packages' resources and calls come to", async () => {
    const made = await useMocks({
      others: {
        newResource: ({ name }) => ({ id: `mine-${name}`, state: { arn: "arn" } }),
        call: () => ({ zones: ["a"] }),
      },
    });
    const bucket = new Bucket("results");
    assert.equal(await valueOf(bucket.id), "mine-results");
    assert.deepEqual(await pulumi.runtime.invoke("aws:index:zones", {}), { zones: ["a"] });
    assert.deepEqual(made.resources, []);
  });

  it("without any word of the test they give their inputs back", async () => {
    await useMocks();
    const bucket = new Bucket("results", { acl: "private" });
    assert.equal(await valueOf(bucket.id), "results_id");
    assert.deepEqual(await pulumi.runtime.invoke("aws:index:zones", { of: "x" }), { of: "x" });
  });
});
