import assert from "node:assert/strict";
import { Transport } from "../../provider/services/http/transport";
import { FakeClock } from "../support/fake-clock";
import { closeServices, create, failureOf, request, serve } from "./support";

const clock = new FakeClock();

describe("the end of an operation", () => {
  afterEach(closeServices);

  it("ends an attempt that hangs", async () => {
    const service = await serve("hang");
    const error = await failureOf(new Transport({ clock }).send(request(service), clock.deadline(40)));
    assert.deepEqual([error.code, error.failure.kind, error.failure.effect], ["TIMEOUT", "timeout", "none"]);
  });

  it("ends a create that hangs with its effect in doubt", async () => {
    const service = await serve("hang");
    const error = await failureOf(new Transport({ clock }).send(create(service), clock.deadline(40)));
    assert.equal(error.failure.effect, "unknown");
  });

  it("names the last cause", async () => {
    const busy = { status: 503, headers: { "Retry-After": "90" }, body: { error_code: "ModelArts.4302" } };
    const service = await serve(busy);
    const transport = new Transport({ clock });
    const error = await failureOf(transport.send(request(service), clock.deadline()));
    assert.deepEqual([error.failure.kind, error.failure.serviceCode], ["timeout", "ModelArts.4302"]);
    assert.match(error.message, /create of task-test.*503 ModelArts\.4302/);
  });

  it("sends nothing when it has come already", async () => {
    const service = await serve({ status: 200, body: {} });
    const error = await failureOf(new Transport({ clock }).send(create(service), clock.deadline(0)));
    assert.deepEqual([error.failure.kind, error.failure.effect], ["timeout", "none"]);
    assert.equal(service.received.length, 0);
  });

  for (const [kind, ask, effect] of [
    ["a read", request, "none"],
    ["a create without an answer", create, "unknown"],
  ] as const) {
    it(`comes when the process is told to stop: ${kind}`, async () => {
      const stop = new AbortController();
      const service = await serve(() => {
        stop.abort();
        return new Promise(() => undefined);
      });
      const sent = new Transport({ clock }).send(ask(service), clock.deadline(60_000, stop.signal));
      const { failure } = await failureOf(sent);
      assert.deepEqual([failure.kind, failure.effect], ["timeout", effect]);
    });
  }

  it("leaves a create that is under way the time for its answer when the process is told to stop", async () => {
    const stop = new AbortController();
    const service = await serve(async () => {
      stop.abort();
      await new Promise(setImmediate);
      return { status: 200, body: {} };
    });
    const sent = new Transport({ clock }).send(create(service), clock.deadline(60_000, stop.signal));
    assert.equal((await sent).status, 200);
  });

  it("leaves no listener warning behind many concurrent requests", async () => {
    const warnings: string[] = [];
    const note = (warning: Error): number => warnings.push(warning.name);
    process.on("warning", note);
    try {
      const service = await serve({ status: 200, body: {} });
      const transport = new Transport({ clock });
      const stop = new AbortController();
      await Promise.all(
        Array.from({ length: 40 }, () =>
          transport.send(request(service), clock.deadline(60_000, stop.signal)),
        ),
      );
      await new Promise((resolve) => setImmediate(resolve));
      assert.deepEqual(warnings, []);
    } finally {
      process.off("warning", note);
    }
  });
});
