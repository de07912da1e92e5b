import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import * as va from "../../sdk";
import { DEFAULT_EDGE_SERVICE, DEFAULT_VAS_SERVICE } from "../../testkit/emulator";
import { edgeTask, vasJob } from "../emulator/support";
import { makeBatches, makeJobs, settled, withEmulator } from "./support";

const EDGE = DEFAULT_EDGE_SERVICE.id;
const VAS = DEFAULT_VAS_SERVICE.name;

describe("the Output forms of lookups", () => {
  const current = withEmulator();

  it("take outputs, and are secret where the service echoes a secret", async () => {
    const { caller } = current();
    const [plainId, secretId] = [
      await caller.made(
        EDGE,
        edgeTask("plain", { output: { dis: { stream_name: "s" } }, input: url("rtsp://camera/1") }),
      ),
      await caller.made(
        EDGE,
        edgeTask("secret", { output: { dis: { stream_name: "s" } }, input: url("rtsp://u:p@camera/1") }),
      ),
    ];
    const plain = await settled(va.getServiceTaskOutput({ id: pulumi.interpolate`${EDGE}/${plainId}` }));
    assert.deepEqual([plain?.value.name, plain?.secret], ["plain", false]);
    const secret = await settled(va.getServiceTaskOutput({ id: `${EDGE}/${secretId}` }));
    assert.deepEqual([secret?.value.name, secret?.secret], ["secret", true]);
    const list = await settled(va.listServiceTasksOutput({ serviceId: pulumi.output(EDGE) }));
    assert.deepEqual([list?.value.length, list?.secret], [2, true]);
    const some = await settled(va.listServiceTasksOutput({ serviceId: EDGE, nameLike: "plain" }));
    assert.deepEqual([some?.value.length, some?.secret], [1, false]);
  });

  it("count webhook headers, passwords of VCN and secrets of jobs and batches", async () => {
    const { caller, emulator } = current();
    emulator.configure({ passwordEcho: "echo" });
    const headers = { webhook: { url: "https://example.com", headers: { "X-Key": "canary" } } };
    const vcn = {
      type: "vcn",
      data: [{ device_id: "d" }],
      vcn: { ip: "10.0.0.1", port: 1, username: "u", password: "canary" },
    };
    const ids = [
      await caller.made(EDGE, edgeTask("headers", { output: headers, input: url("rtsp://camera/1") })),
      await caller.made(EDGE, edgeTask("vcn", { output: { dis: { stream_name: "s" } }, input: vcn })),
    ];
    for (const id of ids) {
      assert.equal((await settled(va.getServiceTaskOutput({ id: `${EDGE}/${id}` })))?.secret, true);
    }
    const job = await caller.call(
      "iva",
      "POST",
      `/services/${VAS}/tasks`,
      vasJob("job", { output: headers }),
    );
    assert.equal(job.status, 201);
    assert.equal((await settled(va.listVideoAnalysisJobsOutput({ serviceName: VAS })))?.secret, true);
    await makeBatches(caller, ["batch"]);
    assert.equal((await settled(va.listBatchTasksOutput({ details: true })))?.secret, true);
    assert.equal((await settled(va.listBatchTasksOutput()))?.secret, false);
  });

  it("stay unknown where an argument is, without a call", async () => {
    const { emulator } = current();
    const unknown = pulumi.output(pulumi.unknown) as pulumi.Output<string>;
    assert.equal(await settled(va.getServiceTaskOutput({ id: unknown })), undefined);
    assert.equal(await settled(va.listServiceTasksOutput({ serviceId: EDGE, nameLike: unknown })), undefined);
    assert.equal(emulator.requests.length, 0);
  });

  it("do not become secret by the credentials that they are asked with", async () => {
    const { caller } = current();
    await makeJobs(caller, VAS, ["lobby"]);
    assert.equal((await settled(va.listVideoAnalysisJobsOutput({ serviceName: VAS })))?.secret, false);
  });

  const url = (text: string) => ({ type: "url", data: [{ url: text }] });
});
