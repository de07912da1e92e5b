import assert from "node:assert/strict";
import { JobPageSize, VasClient } from "../../../provider/services/api/vas";
import { NoAuthenticator } from "../../../provider/services/auth/authenticator";
import { failureKind, isVideoAnalysisError } from "../../../provider/common/errors";
import { Transport } from "../../../provider/services/http/transport";
import { TaskReader } from "../../../provider/services/paging/task-reader";
import { VideoAnalysisJobGateway } from "../../../provider/services/video-analysis-job/gateway";
import { type Received, type Reply, ScriptedService, type Step } from "../../http/support";
import { jobArgs } from "./support";
import { FakeClock } from "../../support/fake-clock";

const error = (status: number, code: string, message = "text"): Reply => ({
  status,
  body: { error_code: code, error_msg: message },
});
const NOT_FOUND = error(404, "IVA.0005", "The requested resource is NOT found.");
const page = (...names: string[]): Reply => ({
  status: 200,
  body: { count: names.length, tasks: names.map((name) => ({ id: `id-${name}`, name })) },
});
const query = ({ url }: Received) => Object.fromEntries(new URL(url, "http://host").searchParams);

const clock = new FakeClock();

describe("the gateway of VAS jobs", () => {
  let service: ScriptedService;

  async function gatewayOf(...steps: Step[]): Promise<VideoAnalysisJobGateway> {
    service = await new ScriptedService(steps).listen();
    const transport = new Transport({
      maxConcurrency: 4,
      maxRetries: 2,
      clock,
      env: {},
    });
    const client = new VasClient(
      {
        transport,
        endpoint: service.url,
        projectId: "p1",
        authenticator: new NoAuthenticator("nobody", []),
      },
      new JobPageSize(),
    );
    return new VideoAnalysisJobGateway(client, "scope", "face-detect", new TaskReader(clock));
  }
  afterEach(() => service.close());

  for (const [title, reply] of Object.entries<Reply>({
    "the documented bare array": { status: 201, body: [{ id: "b" }, { id: "a" }] },
    "what the relatives answer": { status: 200, body: { tasks: [{ id: "b" }, { id: "a" }] } },
  })) {
    it(`takes the ids of a create from ${title}`, async () => {
      const gateway = await gatewayOf(reply);
      assert.deepEqual(await gateway.create(jobArgs(), clock.deadline()), { ids: ["b", "a"], problems: [] });
      const [{ method, url, body }] = service.received as [Received];
      assert.deepEqual([method, url], ["POST", "/v2/p1/services/face-detect/tasks"]);
      assert.equal((JSON.parse(body) as { service_version: string }).service_version, "1.0");
    });
  }

  for (const status of [400, 404]) {
    it(`names service and version where a create is answered ${status} IVA.0005`, async () => {
      const gateway = await gatewayOf({ ...NOT_FOUND, status });
      await assert.rejects(
        gateway.create(jobArgs({ serviceVersion: "9.9" }), clock.deadline()),
        (thrown) =>
          isVideoAnalysisError(thrown) &&
          thrown.code === "SERVICE_NOT_FOUND" &&
          /face-detect or its version 9\.9.*`serviceName` and `serviceVersion`/.test(thrown.message),
      );
    });

    it(`takes ${status} IVA.0005 for a missing job, and the list's for a missing service`, async () => {
      const gateway = await gatewayOf({ ...NOT_FOUND, status });
      assert.equal(await gateway.show("a", clock.deadline()), undefined);
      assert.equal(await gateway.remove("a", clock.deadline()), "not-found");
      await assert.rejects(
        gateway.confirmService(clock.deadline()),
        (thrown) => isVideoAnalysisError(thrown) && thrown.code === "SERVICE_NOT_FOUND",
      );
    });
  }

  it("does not take an API that is not published for a missing job", async () => {
    const gateway = await gatewayOf(error(404, "IVA.0101"));
    await assert.rejects(
      gateway.show("a", clock.deadline()),
      (thrown) => failureKind(thrown) === "not-published",
    );
  });

  it("finds jobs of exactly a name, page one without an offset", async () => {
    const gateway = await gatewayOf(page("cam", "cam-2"));
    const tasks = await gateway.find("cam", clock.deadline());
    assert.deepEqual(
      tasks.map(({ id }) => id),
      ["id-cam"],
    );
    assert.deepEqual(service.received.map(query), [
      { order: "created_at:DESC", limit: "1000", name_like: "cam" },
    ]);
  });

  it("pages on with offsets", async () => {
    const half = (reply: Reply): Reply => ({ ...reply, body: { ...(reply.body as object), count: 2 } });
    const gateway = await gatewayOf(half(page("cam-1")), half(page("cam")));
    const tasks = await gateway.find("cam", clock.deadline());
    assert.equal(tasks.length, 1);
    assert.deepEqual(
      service.received.map((received) => query(received).offset),
      [undefined, "1"],
    );
  });

  it("falls back to the older pages' limit, once for all", async () => {
    const gateway = await gatewayOf((received) =>
      query(received).limit === "100" ? page() : error(400, "IVA.0004"),
    );
    await gateway.confirmService(clock.deadline());
    await gateway.find("cam", clock.deadline());
    assert.deepEqual(
      service.received.map((received) => query(received).limit),
      ["1000", "100", "100"],
    );
  });

  it("keeps the larger pages where the smaller ones are refused as well", async () => {
    const gateway = await gatewayOf(error(400, "IVA.0004"));
    for (let round = 0; round < 2; round += 1) {
      await assert.rejects(
        gateway.confirmService(clock.deadline()),
        (thrown) => failureKind(thrown) === "invalid",
      );
    }
    assert.deepEqual(
      service.received.map((received) => query(received).limit),
      ["1000", "100", "1000", "100"],
    );
  });

  it("puts the name and what changed", async () => {
    const gateway = await gatewayOf({ status: 200, body: { id: "a" } });
    await gateway.update("a", jobArgs(), ["description"], clock.deadline());
    const [{ method, url, body }] = service.received as [Received];
    assert.deepEqual([method, url], ["PUT", "/v2/p1/services/face-detect/tasks/a"]);
    assert.deepEqual(JSON.parse(body), { name: "task-test", description: "" });
  });

  it("takes a job for its own in any letter case of its id, and no other", async () => {
    const shown = (id: string): Reply => ({ status: 200, body: { id, name: "a", input: {}, output: {} } });
    const gateway = await gatewayOf(shown("00AB"), shown("00ac"), shown("00ac"), shown("00ac"));
    assert.equal((await gateway.show("00ab", clock.deadline()))?.id, "00ab");
    await assert.rejects(
      gateway.show("00ab", clock.deadline()),
      (thrown) => failureKind(thrown) === "malformed" && /another object/.test((thrown as Error).message),
    );
  });

  it("reads a job from a list that has its id in another letter case", async () => {
    const entries = ["00AB", "00AC"].map((id) => ({ id, name: id, input: {}, output: {} }));
    const list: Reply = { status: 200, body: { count: 2, tasks: entries } };
    const gateway = await gatewayOf(list);
    const seen = await Promise.all(["00ab", "00ac"].map((id) => gateway.read(id, clock.deadline())));
    assert.deepEqual(
      seen.map(({ task, source }) => [task?.id, source]),
      [
        ["00ab", "list"],
        ["00ac", "list"],
      ],
    );
    assert.equal(service.received.length, 1);
  });

  for (const status of [200, 202, 204]) {
    it(`takes ${status} for the acceptance of a delete, start and stop`, async () => {
      const gateway = await gatewayOf({ status });
      assert.equal(await gateway.remove("a", clock.deadline()), "accepted");
      await gateway.start("a", clock.deadline());
      await gateway.stop("a", clock.deadline());
      assert.deepEqual(
        service.received.map(({ method, url, body }) => `${method} ${url.split("/tasks")[1] ?? ""} ${body}`),
        ["DELETE /a ", "POST /a/start ", "POST /a/stop "],
      );
    });
  }

  it("takes no failure with status 200 for a success, but a failed job for the answer of an update", async () => {
    const calls = ["remove", "start", "stop"] as const;
    let gateway = await gatewayOf(error(200, "IVA.0010"));
    for (const call of [
      ...calls.map((name) => gateway[name]("a", clock.deadline())),
      gateway.update("a", jobArgs(), ["name"], clock.deadline()),
    ]) {
      await assert.rejects(call, (thrown) => failureKind(thrown) === "malformed");
    }
    await service.close();
    gateway = await gatewayOf({
      status: 200,
      body: { id: "a", error: { code: "ALG.002", message: "test" } },
    });
    await gateway.update("a", jobArgs(), ["name"], clock.deadline());
  });

  it("takes a refused parameter of a call without parameters for the job's state", async () => {
    const gateway = await gatewayOf(error(400, "IVA.0004"));
    for (const call of [gateway.remove("a", clock.deadline()), gateway.stop("a", clock.deadline())]) {
      await assert.rejects(call, (thrown) => failureKind(thrown) === "conflict");
    }
    await assert.rejects(
      gateway.update("a", jobArgs(), ["name"], clock.deadline()),
      (thrown) => failureKind(thrown) === "invalid",
    );
  });

  it("repeats where the service says that it is in trouble", async () => {
    const gateway = await gatewayOf(error(503, "IVA.0010"), error(500, "IVA.0006"), { status: 202 });
    assert.equal(await gateway.remove("a", clock.deadline()), "accepted");
  });

  it("says what went wrong in the words of error_message too", async () => {
    const gateway = await gatewayOf({
      status: 400,
      body: { error_code: "IVA.0012", error_message: "quota!" },
    });
    await assert.rejects(
      gateway.create(jobArgs(), clock.deadline()),
      (thrown) => failureKind(thrown) === "quota" && /quota!/.test((thrown as Error).message),
    );
  });
});
