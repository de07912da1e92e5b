/** The emulator as the vendor's Node SDK sees it: the HTTP client and the signer that all its services are built on. */
import assert from "node:assert/strict";
import { BasicCredentials, Region } from "@huaweicloud/huaweicloud-sdk-core";
import { HcClient } from "@huaweicloud/huaweicloud-sdk-core/HcClient";
import { DefaultHttpClient } from "@huaweicloud/huaweicloud-sdk-core/http/DefaultHttpClient";
import { DEFAULT_ACCESS_KEY, DEFAULT_TEMPORARY_KEY, type JsonObject } from "../../../testkit/emulator";
import { Caller, EDGE, edgeTask, vasJob } from "../support";

const SILENT = { debug: () => undefined, info: () => undefined, error: () => undefined };

interface Call {
  method: "GET" | "POST" | "PUT" | "DELETE";
  url: string;
  queryParams?: Record<string, unknown>;
  data?: JsonObject;
}

describe("emulator and the vendor's Node SDK", () => {
  let caller: Caller;
  before(async () => {
    caller = await Caller.open({ clock: { mode: "auto" } });
  });
  beforeEach(() => caller.emulator.reset());
  after(() => caller.emulator.close());

  const permanent = () =>
    new BasicCredentials()
      .withAk(DEFAULT_ACCESS_KEY.accessKey)
      .withSk(DEFAULT_ACCESS_KEY.secretKey)
      .withProjectId(caller.emulator.projectId);

  const clientOf = (endpoint: string, credentials = permanent()): HcClient =>
    new HcClient(new DefaultHttpClient({ logger: SILENT } as never, [endpoint]))
      .withCredential(credentials)
      .withEndpoints([endpoint]);

  const send = (client: HcClient, call: Call): Promise<JsonObject> =>
    client.sendRequest<JsonObject>({
      contentType: "application/json",
      pathParams: {},
      queryParams: {},
      headers: {},
      ...call,
    });

  it("creates, finds and deletes a task of each service, signed, at the root", async () => {
    const { modelarts, iva, vias } = caller.emulator.rootEndpoints;
    const lives = [
      [modelarts, `/v1/{project_id}/services/${EDGE}/tasks`, edgeTask()],
      [iva, "/v2/{project_id}/services/video-analyze/tasks", vasJob()],
    ] as const;
    for (const [endpoint, url, data] of lives) {
      const client = clientOf(endpoint);
      const made = await send(client, { method: "POST", url, data });
      assert.equal(made["httpStatusCode"], 201);
      const listed = await send(client, { method: "GET", url, queryParams: { offset: 0, limit: 10 } });
      const [task] = listed["tasks"] as { id: string }[];
      const gone = await send(client, { method: "DELETE", url: `${url}/${task!.id}` });
      assert.equal(gone["httpStatusCode"], 202);
    }
    const found = await send(clientOf(vias), {
      method: "GET",
      url: "/v2/{project_id}/source/sources",
      queryParams: { type: ["vcn", "url", "camera"], is_paged: true },
    });
    assert.equal(found["video_source_number"], 4);
  });

  it("looks up the project of the region, with a temporary key", async () => {
    const { accessKey, secretKey, securityToken } = DEFAULT_TEMPORARY_KEY;
    const { iam, vias } = caller.emulator.rootEndpoints;
    const credentials = new BasicCredentials().withAk(accessKey).withSk(secretKey);
    credentials.withSecurityToken(securityToken).withIamEndpoint(iam);
    const client = clientOf(vias, credentials).withRegion(new Region("eu-de", vias));
    const { count } = await send(client, { method: "GET", url: "/v2/{project_id}/batch-tasks" });
    assert.equal(count, 0);
    assert.deepEqual(
      caller.emulator.requests.map(({ operation, status }) => [operation, status]),
      [
        ["listProjects", 200],
        ["listBatchTasks", 200],
      ],
    );
  });

  it("reads the code, the text and the request id of a refusal", async () => {
    const { modelarts } = caller.emulator.rootEndpoints;
    const url = "/v1/{project_id}/services/nowhere/tasks";
    const sent = send(clientOf(modelarts), { method: "GET", url });
    await assert.rejects(sent, (error: JsonObject) => {
      assert.deepEqual(
        [error["httpStatusCode"], error["errorCode"], error["errorMsg"], error["requestId"]],
        [404, "ModelArts.3502", "Service nowhere does not exist.", caller.emulator.requests[0]?.requestId],
      );
      return true;
    });
    const wrong = clientOf(modelarts, permanent().withSk("wrong"));
    await assert.rejects(send(wrong, { method: "GET", url }), { errorCode: "APIGW.0301" });
  });
});
