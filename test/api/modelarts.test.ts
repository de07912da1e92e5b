import assert from "node:assert/strict";
import { IamClient } from "../../provider/services/api/iam";
import { ModelArtsClient } from "../../provider/services/api/modelarts";
import { Connections } from "../../provider/services/auth/connection";
import { environmentSources } from "../../provider/services/auth/configuration";
import { resolveSettings } from "../../provider/services/auth/settings";
import { failureKind } from "../../provider/common/errors";
import { Transport } from "../../provider/services/http/transport";
import {
  DEFAULT_EDGE_SERVICE,
  DEFAULT_IEF_SERVICE,
  DEFAULT_USER,
  type Emulator,
  startEmulator,
} from "../../testkit/emulator";
import { failureOf } from "../http/support";
import { FakeClock } from "../support/fake-clock";

const EDGE = DEFAULT_EDGE_SERVICE.id;
const IEF = DEFAULT_IEF_SERVICE.id;

const body = (name: string): object => ({
  name,
  input: { type: "url", data: [{ url: "rtsp://camera:url-canary@10.0.0.1/live" }] },
  output: { webhook: { url: "https://example.com/hook", headers: { "X-Key": "header-canary" } } },
  source_usage_estimate: { cpu: 0.1, memory: 32 },
});

function environmentOf(emulator: Emulator, password: boolean): Record<string, string> {
  const user = {
    HW_USER_NAME: DEFAULT_USER.name,
    HW_USER_PASSWORD: DEFAULT_USER.password,
    HW_DOMAIN_NAME: DEFAULT_USER.domainName,
  };
  return {
    HW_REGION_NAME: emulator.region,
    VIDEO_ANALYSIS_ENDPOINT_MODELARTS: emulator.endpoints.modelarts,
    VIDEO_ANALYSIS_ENDPOINT_IAM: emulator.endpoints.iam,
    ...(password ? user : { HW_AUTH_TOKEN: emulator.token }),
  };
}

const clock = new FakeClock();

async function connect(emulator: Emulator, password = true): Promise<ModelArtsClient> {
  const env = environmentOf(emulator, password);
  const settings = resolveSettings(environmentSources(env), env);
  const transport = new Transport({ ...settings, clock, env: {} });
  const connection = new Connections(settings, new IamClient(transport), clock).connect();
  return new ModelArtsClient({
    transport,
    endpoint: connection.endpoint("modelarts"),
    projectId: await connection.projectId(clock.deadline()),
    authenticator: connection.authenticator,
  });
}

describe("the ModelArts client against the documented API", () => {
  let emulator: Emulator;
  let client: ModelArtsClient;

  before(async () => {
    emulator = await startEmulator({ transitions: { deletingMs: 0 } });
  });
  beforeEach(async () => {
    emulator.reset();
    client = await connect(emulator);
    emulator.clearRequests();
  });
  after(() => emulator.close());

  it("creates, shows and lists tasks, and tolerates fields that no document names", async () => {
    const { ids, date } = await client.createTasks(EDGE, body("task-a"), clock.deadline());
    assert.equal(ids.length, 1);
    assert.equal(typeof date, "number");
    const { task } = await client.showTask(EDGE, ids[0]!, clock.deadline());
    assert.deepEqual([task.id, task.name, task.service_id], [ids[0], "task-a", EDGE]);
    const page = await client.listTasks(EDGE, { offset: 0, limit: 100 }, clock.deadline());
    assert.deepEqual([page.count, page.tasks.map(({ id }) => id)], [1, ids]);
    assert.equal(typeof page.date, "number");
  });

  it("returns one id for each input entry", async () => {
    const input = { type: "url", data: [{ url: "rtsp://10.0.0.1/a" }, { url: "rtsp://10.0.0.2/b" }] };
    const { ids } = await client.createTasks(EDGE, { ...body("task-b"), input }, clock.deadline());
    assert.equal(new Set(ids).size, 2);
  });

  it("always sends offset and limit, and a name only when asked to", async () => {
    await client.createTasks(IEF, body("cam-1"), clock.deadline());
    await client.createTasks(IEF, body("other"), clock.deadline());
    const page = await client.listTasks(IEF, { offset: 0, limit: 1, nameLike: "cam" }, clock.deadline());
    assert.deepEqual([page.count, page.tasks[0]!.name], [1, "cam-1"]);
    await client.listTasks(EDGE, { offset: 0, limit: 1 }, clock.deadline());
    const queries = emulator.calls({ operation: "listServiceTasks" }).map(({ query }) => query);
    assert.deepEqual(queries, [
      { offset: "0", limit: "1", name_like: "cam" },
      { offset: "0", limit: "1" },
    ]);
  });

  it("stops, starts and deletes", async () => {
    const { ids } = await client.createTasks(IEF, body("task-c"), clock.deadline());
    emulator.setState(ids[0]!, "RUNNING");
    await client.stopTask(IEF, ids[0]!, clock.deadline());
    emulator.setState(ids[0]!, "STOPPED");
    await client.startTask(IEF, ids[0]!, clock.deadline());
    await client.deleteTask(IEF, ids[0]!, clock.deadline());
    const error = await failureOf(client.showTask(IEF, ids[0]!, clock.deadline()));
    assert.equal(error.failure.kind, "not-found");
  });

  it("distinguishes a call that the gateway does not know from a task that is gone", async () => {
    emulator.inject({ kind: "notPublished" });
    const error = await failureOf(client.showTask(EDGE, "0".repeat(32), clock.deadline()));
    assert.equal(error.failure.kind, "not-published");
  });

  it("renews an expired token and sends the create once more, with one effect", async () => {
    await client.createTasks(EDGE, body("task-d"), clock.deadline());
    emulator.expireTokens();
    await client.createTasks(EDGE, body("task-e"), clock.deadline());
    assert.deepEqual(
      emulator.tasks(EDGE).map(({ name }) => name),
      ["task-d", "task-e"],
    );
    assert.equal(emulator.calls({ service: "iam", method: "POST" }).length, 1);
  });

  it("renews the token once for many requests that find it expired", async () => {
    emulator.expireTokens();
    const list = { offset: 0, limit: 10 };
    await Promise.all(Array.from({ length: 12 }, () => client.listTasks(EDGE, list, clock.deadline())));
    assert.equal(emulator.calls({ service: "iam", method: "POST" }).length, 1);
  });

  it("fails with a given token that has expired", async () => {
    const fixed = await connect(emulator, false);
    emulator.expireTokens();
    const error = await failureOf(fixed.listTasks(EDGE, { offset: 0, limit: 1 }, clock.deadline()));
    assert.equal(error.failure.kind, "unauthenticated");
    assert.ok(error.message.includes("HW_AUTH_TOKEN") && !error.message.includes(emulator.token));
  });

  for (const when of ["before", "after"] as const) {
    it(`leaves a create in doubt whose connection is lost ${when} its effect`, async () => {
      emulator.inject({ kind: "drop", when, match: { method: "POST" } });
      const error = await failureOf(client.createTasks(EDGE, body("task-f"), clock.deadline()));
      assert.deepEqual([error.failure.kind, error.failure.effect], ["connection", "unknown"]);
      assert.equal(emulator.tasks(EDGE).length, when === "after" ? 1 : 0);
    });
  }

  for (const kind of ["malformed", "truncated", "emptyBody", "resetBody"] as const) {
    it(`repeats reads after ${kind}, and leaves a create in doubt`, async () => {
      emulator.inject({ kind, times: 2, match: { method: "GET" } });
      await client.listTasks(EDGE, { offset: 0, limit: 10 }, clock.deadline());
      emulator.inject({ kind, match: { method: "POST" } });
      const error = await failureOf(client.createTasks(EDGE, body("task-g"), clock.deadline()));
      assert.equal(error.failure.effect, "unknown");
      assert.equal(emulator.tasks(EDGE).length, 1);
    });
  }

  it("creates once under throttling", async () => {
    emulator.inject({ kind: "throttle", retryAfter: 1, times: 3 });
    await client.createTasks(EDGE, body("task-h"), clock.deadline());
    assert.equal(emulator.tasks(EDGE).length, 1);
  });

  it("repeats a delete whose answer was lost, and then finds the task gone or going", async () => {
    const { ids } = await client.createTasks(EDGE, body("task-i"), clock.deadline());
    emulator.inject({ kind: "drop", when: "after", match: { method: "DELETE" } });
    await client.deleteTask(EDGE, ids[0]!, clock.deadline()).catch((error: unknown) => {
      assert.equal(failureKind(error), "not-found");
    });
    assert.equal(emulator.calls({ method: "DELETE" }).length, 2);
  });

  it("never lets a service's echo of a secret through", async () => {
    const message = "cannot use rtsp://camera:url-canary@10.0.0.1/live with header-canary";
    emulator.inject({ kind: "status", status: 400, code: "ModelArts.0101", message });
    const error = await failureOf(client.createTasks(EDGE, body("task-j"), clock.deadline()));
    assert.equal(error.failure.kind, "invalid");
    assert.ok(!error.message.includes("canary"));
  });

  it("refuses an id that would change the path", async () => {
    await assert.rejects(client.showTask(EDGE, "..", clock.deadline()), { code: "INVALID_ID" });
    assert.equal(emulator.requests.length, 0);
  });
});
