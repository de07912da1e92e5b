import assert from "node:assert/strict";
import { startEmulator } from "../../testkit/emulator";
import { Caller, EDGE, edgeTask, login } from "./support";

describe("emulator: the gateway", () => {
  let caller: Caller;
  before(async () => {
    caller = await Caller.open();
  });
  beforeEach(() => caller.emulator.reset());
  after(() => caller.emulator.close());

  it("wants a token, a known one, and one that has not expired", async () => {
    const codes: [string, string][] = [
      ["", "ModelArts.0201"],
      ["never-issued", "ModelArts.0203"],
    ];
    for (const [token, expected] of codes) {
      const { status, code } = await caller.send("GET", caller.tasksUrl(EDGE), undefined, {
        "X-Auth-Token": token,
      });
      assert.deepEqual([status, code], [401, expected]);
    }
    caller.emulator.expireTokens();
    const { status, code, json } = await caller.list(EDGE);
    assert.deepEqual([status, code], [401, "APIG.0307"]);
    assert.ok(json["request_id"]);
  });

  it("refuses the path of another project", async () => {
    const url = caller.tasksUrl(EDGE).replace(caller.emulator.projectId, "b".repeat(32));
    const { status, code } = await caller.send("GET", url);
    assert.deepEqual([status, code], [403, "ModelArts.0210"]);
  });

  it("answers APIG.0101 with a request id to any path or method that no document has", async () => {
    const id = await caller.made(EDGE, edgeTask());
    const unknown: [string, string][] = [
      ["GET", `${caller.emulator.url}/nowhere`],
      ["GET", `${caller.emulator.url}/modelarts/v2/x`],
      ["PUT", caller.tasksUrl(EDGE, `/${id}`)],
      ["POST", caller.tasksUrl(EDGE, `/${id}/restart`)],
      ["GET", caller.tasksUrl(EDGE, "/")],
      ["GET", `${caller.emulator.endpoints.iam}/v3/users`],
    ];
    for (const [method, url] of unknown) {
      const { status, json, code, headers } = await caller.send(method, url);
      assert.deepEqual([status, code], [404, "APIG.0101"], `${method} ${url}`);
      assert.equal(json["request_id"], headers.get("x-request-id"));
    }
  });

  it("refuses a missing body, another content type, and text that is no JSON", async () => {
    const headers = { ...caller.headers, "Content-Type": "text/plain" };
    const attempts: RequestInit[] = [
      { headers: caller.headers },
      { headers, body: JSON.stringify(edgeTask()) },
      { headers: { ...headers, "Content-Type": "application/json" }, body: "{" },
    ];
    for (const attempt of attempts) {
      const response = await fetch(caller.tasksUrl(EDGE), { method: "POST", ...attempt });
      assert.equal(response.status, 400);
      assert.equal(((await response.json()) as { error_code: string }).error_code, "ModelArts.0101");
    }
    assert.equal(caller.emulator.tasks().length, 0);
  });

  it("refuses a body above 12 MB", async () => {
    const body = "x".repeat(12 * 1024 * 1024 + 1);
    const response = await fetch(caller.tasksUrl(EDGE), { method: "POST", headers: caller.headers, body });
    assert.equal(response.status, 413);
  });

  it("keeps the services of projects apart", async () => {
    const second = { id: "d".repeat(32), name: "eu-de_second" };
    const service = { id: "s-2", name: "second", platform: "edge" as const, projectId: second.id };
    const other = await Caller.open({ projects: [second], services: [service] });
    assert.equal((await other.list("s-2")).code, "ModelArts.3502");
    const scope = { project: { name: second.name } };
    const { headers } = await other.send("POST", other.tokenUrl(), login({ scope }));
    const url = other.tasksUrl("s-2").replace(other.emulator.projectId, second.id);
    const token = { "X-Auth-Token": headers.get("x-subject-token") ?? "" };
    assert.equal((await other.send("POST", url, edgeTask(), token)).status, 201);
    assert.equal(other.emulator.tasks()[0]!["project_id"], second.id);
    await other.emulator.close();
  });

  it("dates answers by its own clock and numbers them", async () => {
    caller.emulator.advance(60_000);
    const first = await caller.list(EDGE);
    const second = await caller.list(EDGE);
    assert.equal(first.headers.get("date"), "Wed, 01 Jan 2025 00:01:00 GMT");
    assert.notEqual(first.headers.get("x-request-id"), second.headers.get("x-request-id"));
  });

  it("says which port is in use", async () => {
    const port = Number(new URL(caller.emulator.url).port);
    await assert.rejects(startEmulator({ port }), { code: "EMULATOR_USAGE", message: /port \d+ is in use/ });
  });

  it("repeats a run exactly for the same seed and the manual clock", async () => {
    const run = async (seed: string) => {
      const other = await Caller.open({ seed, projectId: caller.emulator.projectId });
      await other.made(EDGE, edgeTask());
      const [task] = other.emulator.tasks();
      await other.emulator.close();
      return task;
    };
    const first = await run("x");
    assert.deepEqual(await run("x"), first);
    assert.notEqual((await run("y"))!.id, first!.id);
  });
});
