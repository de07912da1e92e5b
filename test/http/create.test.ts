import assert from "node:assert/strict";
import { z } from "zod";
import { Transport } from "../../provider/services/http/transport";
import { FakeClock } from "../support/fake-clock";
import { closeServices, CountingAuthenticator, create, failureOf, serve, type Step } from "./support";

const CREATED: Step = { status: 201, body: { tasks: [{ id: "1" }] } };
const read = ({ body }: { body: unknown }): unknown => z.object({ tasks: z.array(z.unknown()) }).parse(body);

const clock = new FakeClock();

describe("creates", () => {
  afterEach(closeServices);

  const doubtful: readonly (readonly [string, Step, string])[] = [
    ["500", { status: 500 }, "server"],
    ["502", { status: 502 }, "server"],
    ["503 with Retry-After", { status: 503, headers: { "Retry-After": "0" } }, "server"],
    ["504", { status: 504 }, "gateway-timeout"],
    ["a dropped connection", "drop", "connection"],
    ["half a body", "half", "connection"],
    ["an empty 2xx", { status: 201 }, "malformed"],
    ["a 2xx that is no JSON", { status: 201, body: "<html>" }, "malformed"],
    ["a 2xx of another shape", { status: 201, body: { id: 1 } }, "malformed"],
    ["a redirect to its result", { status: 303, headers: { Location: "/elsewhere" } }, "malformed"],
  ];
  for (const [name, step, kind] of doubtful) {
    it(`are sent once and stay in doubt after ${name}`, async () => {
      const service = await serve(step, CREATED);
      const transport = new Transport({ clock });
      const error = await failureOf(transport.send(create(service, { read }), clock.deadline()));
      assert.deepEqual([error.failure.kind, error.failure.effect], [kind, "unknown"]);
      assert.equal(service.received.length, 1);
    });
  }

  it("stay in doubt when no answer comes within one attempt's time", async () => {
    const service = await serve("hang", CREATED);
    const transport = new Transport({ clock, attemptTimeoutMs: 50 });
    const error = await failureOf(transport.send(create(service), clock.deadline()));
    assert.deepEqual([error.failure.kind, error.failure.effect], ["timeout", "unknown"]);
    assert.equal(service.received.length, 1);
  });

  it("stay in doubt when the server has closed the connection that was kept for them", async () => {
    const service = await serve({ status: 200, body: {} }, "drop");
    const transport = new Transport({ clock });
    await transport.send(create(service), clock.deadline());
    const error = await failureOf(transport.send(create(service), clock.deadline()));
    assert.deepEqual([error.failure.kind, error.failure.effect], ["connection", "unknown"]);
  });

  for (const status of [301, 302, 307, 308]) {
    it(`certainly had no effect after the redirect ${status}, which is told with its place`, async () => {
      const headers = { Location: "https://user:canary@login.example.com/sso?ticket=canary#canary" };
      const service = await serve({ status, headers }, CREATED);
      const error = await failureOf(
        new Transport({ clock }).send(create(service, { read }), clock.deadline()),
      );
      assert.deepEqual([error.failure.kind, error.failure.effect], ["malformed", "none"]);
      assert.equal(service.received.length, 1);
      assert.match(error.message, /a redirect to https:\/\/login\.example\.com\/sso"/);
      assert.match(error.message, /video-analysis:endpoints/);
      assert.doesNotMatch(error.message, /canary/);
    });
  }

  it("are repeated after a 413 that says when to come again; any other is a wrong argument", async () => {
    const busy = { status: 413, headers: { "Retry-After": "7" } };
    const service = await serve(busy, CREATED);
    const clock = new FakeClock();
    await new Transport({ clock }).send(create(service, { read }), clock.deadline());
    assert.equal(service.received.length, 2);
    assert.ok(clock.now() >= 7000);
    const large = await serve({ status: 413, body: { error_code: "ModelArts.4104" } });
    const error = await failureOf(new Transport({ clock }).send(create(large), clock.deadline()));
    assert.deepEqual([error.failure.kind, large.received.length], ["invalid", 1]);
    const always = await serve(busy);
    const late = await failureOf(new Transport({ clock }).send(create(always), clock.deadline(3000)));
    assert.deepEqual([late.failure.status, late.failure.effect], [413, "none"]);
  });

  for (const status of [400, 403, 404, 409]) {
    it(`certainly had no effect after ${status}`, async () => {
      const service = await serve({ status, body: { error_code: "ModelArts.0101" } });
      const error = await failureOf(new Transport({ clock }).send(create(service), clock.deadline()));
      assert.equal(error.failure.effect, "none");
      assert.equal(service.received.length, 1);
    });
  }

  it("are repeated after throttling", async () => {
    const service = await serve({ status: 429, headers: { "Retry-After": "0" } }, { status: 429 }, CREATED);
    await new Transport({ clock }).send(create(service, { read }), clock.deadline());
    assert.equal(service.received.length, 3);
    assert.deepEqual(new Set(service.received.map(({ body }) => body)), new Set(['{"name":"task-test"}']));
  });

  it("are repeated once with a new token after the old one has expired", async () => {
    const expired: Step = { status: 401, body: { error_code: "APIG.0307" } };
    const service = await serve(expired, CREATED);
    await new Transport({ clock }).send(create(service, { read }), clock.deadline());
    assert.deepEqual(
      service.received.map(({ headers }) => headers["x-auth-token"]),
      ["token-1", "token-2"],
    );
    service.steps = [expired];
    const error = await failureOf(new Transport({ clock }).send(create(service), clock.deadline()));
    assert.deepEqual([error.failure.kind, error.failure.effect], ["unauthenticated", "none"]);
    assert.equal(service.received.length, 4);
  });

  it("are not repeated where the credential cannot be renewed", async () => {
    const service = await serve({ status: 401, body: { error_code: "APIG.0307" } });
    const authenticator = new CountingAuthenticator(false);
    await failureOf(new Transport({ clock }).send(create(service, { authenticator }), clock.deadline()));
    assert.equal(service.received.length, 1);
  });

  it("are repeated where no connection was made, and then had no effect", async () => {
    const service = await serve(CREATED);
    const { url } = service;
    await closeServices();
    const clock = new FakeClock();
    const error = await failureOf(
      new Transport({ clock, maxRetries: 3 }).send(create({ url }), clock.deadline()),
    );
    assert.deepEqual([error.failure.kind, error.failure.effect], ["connection", "none"]);
    assert.equal(clock.sleeps.length, 3);
  });
});
