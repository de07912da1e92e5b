import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import * as va from "../../sdk";
import { providerText } from "../../sdk/package-info";
import { registration, useMocks, valueOf } from "./support";

const args = (): va.BatchTaskArgs => ({
  serviceName: "fire-smoke",
  serviceVersion: "1.0",
  batchInput: {
    videoSourceGroup: [
      { videoSourceGroupId: "group-north", videoSourceList: [{ videoSourceId: pulumi.output("camera-1") }] },
    ],
  },
  output: { eventCenter: true },
});

describe("BatchTask", () => {
  it("registers the constant program text and type that recorded states depend on", async () => {
    const recorder = await useMocks();
    await registration(new va.BatchTask("site", args()));
    const [request] = recorder.registered;
    assert.equal(request?.type, "pulumi-nodejs:dynamic/video-analysis:BatchTask");
    const inputs = recorder.inputsOf("site");
    assert.equal(inputs["__provider"], providerText("BatchTask"));
    assert.match(String(inputs["autoName"]), /^site-[0-9a-f]{12}$/);
    assert.deepEqual(inputs["batchInput"], {
      videoSourceGroup: [
        { videoSourceGroupId: "group-north", videoSourceList: [{ videoSourceId: "camera-1" }] },
      ],
    });
  });

  it("has every output and argument as a property", async () => {
    const counts = { totalCount: 2, succeedCount: 1, failedCount: 1, errorList: ["x"] };
    await useMocks({
      outputs: { ...counts, taskIds: ["t1", "t2"], batchTaskId: "b1", statusCounts: { RUNNING: 1 } },
    });
    const batch = new va.BatchTask("site", args());
    assert.equal(await valueOf(batch.taskId), "t1");
    assert.equal(await valueOf(batch.batchTaskId), "b1");
    assert.deepEqual(await valueOf(batch.statusCounts), { RUNNING: 1 });
    for (const [key, value] of Object.entries(counts)) {
      assert.deepEqual(await valueOf(Reflect.get(batch, key) as pulumi.Output<unknown>), value, key);
    }
    for (const key of [
      "tasks",
      "tasksTruncated",
      "projectId",
      "endpoint",
      "unfinished",
      "algName",
      "schedule",
    ]) {
      assert.ok(pulumi.Output.isInstance(Reflect.get(batch, key)), key);
    }
  });

  it("is read by its id", async () => {
    const recorder = await useMocks({ outputs: { taskIds: ["t1"] } });
    const batch = va.BatchTask.get("existing", "b1", { region: "cn-north-4" });
    await registration(batch);
    assert.equal(recorder.registered[0]?.id, "b1");
    assert.deepEqual(recorder.inputsOf("existing"), {
      region: "cn-north-4",
      __provider: providerText("BatchTask"),
    });
    assert.ok(va.BatchTask.isInstance(batch));
    assert.ok(!va.ServiceTask.isInstance(batch));
  });
});
