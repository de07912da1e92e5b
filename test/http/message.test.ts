import assert from "node:assert/strict";
import { type AddressInfo, createServer } from "node:net";
import { inspect } from "node:util";
import { isRequestError, isVideoAnalysisError, type RequestError } from "../../provider/common/errors";
import { Transport } from "../../provider/services/http/transport";
import { FakeClock } from "../support/fake-clock";
import { closeServices, create, failureOf, request, serve } from "./support";

const clock = new FakeClock();

describe("errors of requests", () => {
  afterEach(closeServices);

  it("carry status, service code, request id, method and redacted URL", async () => {
    const service = await serve({
      status: 400,
      body: { error_code: "ModelArts.0101", error_msg: "bad [name]", request_id: "id-1" },
    });
    const query = { name_like: "query-canary" };
    const error = await failureOf(
      new Transport({ clock }).send(request(service, { query }), clock.deadline()),
    );
    assert.ok(isVideoAnalysisError(error) && isRequestError(error));
    assert.equal(error.code, "REQUEST_FAILED");
    assert.deepEqual(error.failure, {
      kind: "invalid",
      status: 400,
      serviceCode: "ModelArts.0101",
      requestId: "id-1",
      method: "GET",
      url: `${service.url}/v1/p/tasks?name_like=***`,
      said: '400 ModelArts.0101 "bad [name]" (request id id-1)',
      effect: "none",
    });
    for (const part of ["test", "GET", "400", "ModelArts.0101", "bad [name]", "id-1"]) {
      assert.ok(error.message.includes(part), part);
    }
    assert.ok(!error.message.includes("query-canary"));
  });

  it("hold nothing of an answer that is no HTTP, in their causes either", async () => {
    for (const answer of [
      '{"password":"canary"}',
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n?\r\n{"password":"canary"}\r\n',
    ]) {
      const server = createServer((socket) => socket.once("data", () => socket.end(answer)));
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      const error = await failureOf(new Transport({ clock }).send(create({ url }), clock.deadline()));
      server.close();
      assert.match(error.message, /does not match the HTTP\/1\.1 protocol \([^()]+\), and it may/);
      assert.doesNotMatch(inspect(error, { depth: 9 }), /canary/);
    }
  });

  it("are one sentence of what happened and one of what to do, with the cause beside them", async () => {
    const answered = async (status: number, attempts: number): Promise<RequestError> => {
      const transport = new Transport({ clock, maxRetries: attempts - 1 });
      const service = await serve({ status, body: { error_code: "ModelArts.0101", error_msg: "bad" } });
      return failureOf(transport.send(request(service), clock.deadline()));
    };
    for (const [status, attempts] of [
      [400, 1],
      [401, 1],
      [403, 1],
      [409, 1],
      [429, 1],
      [503, 3],
    ] as const) {
      const { message, problem } = await answered(status, attempts);
      assert.match(
        problem,
        new RegExp(`^test failed.*: GET http\\S+ answered ${status} ModelArts.0101 "bad"$`),
      );
      assert.equal(/ after 3 attempts/.test(problem), attempts === 3);
      const [, remedy = ""] = message.split(`${problem}. `);
      assert.match(remedy, /^(?:[A-Z`][^.]*(?:\.\S[^.]*)*\.(?: |$))+$/);
    }
    const lost = await failureOf(
      new Transport({ clock }).send(create(await serve("drop")), clock.deadline()),
    );
    assert.ok(lost.cause instanceof Error && !lost.message.includes("REQUEST_FAILED: REQUEST"));
  });

  it("take the request id from the header where the body has none", async () => {
    const service = await serve({ status: 403, headers: { "X-Request-Id": "id-2" } });
    const error = await failureOf(new Transport({ clock }).send(request(service), clock.deadline()));
    assert.equal(error.failure.requestId, "id-2");
  });

  it("name the source of a refused credential and the way to another one", async () => {
    const service = await serve({ status: 401, body: { error_code: "APIG.0301", error_msg: "bad token-1" } });
    const error = await failureOf(new Transport({ clock }).send(request(service), clock.deadline()));
    assert.ok(error.message.includes("the token from the test"));
    assert.ok(error.message.includes("VIDEO_ANALYSIS_CREDENTIALS=env"));
    assert.ok(!error.message.includes("token-1"));
  });

  it("say that a refresh uses what the last up recorded, and both ways out", async () => {
    const service = await serve({ status: 401, body: { error_code: "APIG.0301", error_msg: "no" } });
    const { message } = await failureOf(new Transport({ clock }).send(request(service), clock.deadline()));
    for (const part of ["pulumi refresh", "recorded", "run `pulumi up`", "VIDEO_ANALYSIS_CREDENTIALS=env"]) {
      assert.ok(message.includes(part), part);
    }
  });

  it("name a status once where IAM repeats it in the place of a code", async () => {
    const body = { error: { code: 403, message: "not allowed", title: "Forbidden" } };
    const error = await failureOf(
      new Transport({ clock }).send(request(await serve({ status: 403, body })), clock.deadline()),
    );
    assert.equal(error.failure.said, '403 "not allowed"');
    assert.doesNotMatch(error.message, /403 403/);
  });

  it("never repeat a secret of the request, nor a dropped credential, nor half of either", async () => {
    const canary = "canary-".padEnd(140, "x");
    const texts = [
      { status: 400, body: { error_code: "ModelArts.0101", error_msg: `bad ${canary}` } },
      { status: 400, body: `<html>${"p".repeat(60)}${canary}</html>` },
      { status: 401, body: { error_code: "APIG.0307", error_msg: "token-1 must be updated" } },
      { status: 200, body: `not json ${canary}` },
    ];
    for (const step of texts) {
      const service = await serve(step);
      const body = { input: { vcn: { password: canary } } };
      const error = await failureOf(
        new Transport({ clock }).send(create(service, { body }), clock.deadline()),
      );
      const all = `${error.message}\n${error.stack ?? ""}\n${String(error.cause)}\n${JSON.stringify(error.failure)}`;
      for (const secret of ["canary-", "token-1", "token-2"]) assert.ok(!all.includes(secret), secret);
    }
  });

  it("quote at most 120 bytes of an answer that is no documented error", async () => {
    const service = await serve({ status: 502, body: `<html>${"é".repeat(500)}` });
    const transport = new Transport({ clock, maxRetries: 0 });
    const error = await failureOf(transport.send(request(service), clock.deadline()));
    const [, quoted = ""] = /"(.*)"/.exec(error.message) ?? [];
    assert.ok(quoted.startsWith("<html>é") && Buffer.byteLength(quoted.replace("…", "")) <= 120);
    assert.ok(!quoted.includes("\uFFFD"));
  });

  it("say that a doubtful create may have happened", async () => {
    const service = await serve("drop");
    const error = await failureOf(new Transport({ clock }).send(create(service), clock.deadline()));
    assert.match(error.message, /may have been created/);
  });
});
