import assert from "node:assert/strict";
import { z } from "zod";
import { Deadline } from "../../provider/common/deadline";
import { StatusLines } from "../../provider/common/status-lines";
import { DEFAULT_MAX_RETRIES, Transport } from "../../provider/services/http/transport";
import { FakeClock } from "../support/fake-clock";
import { closeServices, failureOf, request, serve, type Step } from "./support";

const OK: Step = { status: 200, body: { ok: true } };

const clock = new FakeClock();

describe("requests that may be repeated", () => {
  afterEach(closeServices);

  const faults: readonly (readonly [string, Step])[] = [
    ["500", { status: 500, body: { error_code: "ModelArts.0010" } }],
    ["502", { status: 502, body: "<html>bad gateway</html>" }],
    ["503", { status: 503 }],
    ["504", { status: 504 }],
    ["a dropped connection", "drop"],
    ["half a body", "half"],
    ["a 2xx that is no JSON", { status: 200, body: "<html>portal</html>" }],
  ];
  for (const [name, fault] of faults) {
    it(`are repeated after ${name}`, async () => {
      const service = await serve(fault, fault, OK);
      const response = await new Transport({ clock }).send(request(service), clock.deadline());
      assert.deepEqual(response.body, { ok: true });
      assert.equal(service.received.length, 3);
    });
  }

  it("are repeated after an answer without the content that is needed", async () => {
    const service = await serve({ status: 200 }, OK);
    const read = ({ body }: { body: unknown }): unknown => z.object({ ok: z.boolean() }).parse(body);
    const response = await new Transport({ clock }).send(request(service, { read }), clock.deadline());
    assert.equal(response.status, 200);
    assert.equal(service.received.length, 2);
  });

  for (const status of [400, 403, 404, 405, 409, 413, 501]) {
    it(`are not repeated after ${status}`, async () => {
      const service = await serve({ status, body: { error_code: "ModelArts.0001" } });
      const error = await failureOf(new Transport({ clock }).send(request(service), clock.deadline()));
      assert.equal(error.failure.status, status);
      assert.equal(service.received.length, 1);
    });
  }

  it("are repeated as often as the setting says", async () => {
    for (const maxRetries of [0, 2, undefined]) {
      const service = await serve({ status: 500 });
      const transport = new Transport({ clock, maxRetries });
      const error = await failureOf(transport.send(request(service), clock.deadline()));
      assert.equal(error.failure.kind, "server");
      assert.equal(service.received.length, 1 + (maxRetries ?? DEFAULT_MAX_RETRIES));
    }
  });

  it("say when they are sent again: once for each cause, and of no pause that is over at once", async () => {
    const clock = new FakeClock();
    const lines: string[] = [];
    const throttled: Step = { status: 429, headers: { "Retry-After": "5" } };
    const down: Step = { status: 503, headers: { "Retry-After": "12" } };
    const service = await serve({ status: 500 }, throttled, throttled, down, down, OK);
    const deadline = new Deadline("create of task-test", 60_000, {
      clock,
      signal: new AbortController().signal,
      status: new StatusLines((line) => lines.push(line)),
    });
    await new Transport({ clock }).send(request(service), deadline);
    assert.deepEqual(lines, [
      "ModelArts answered 429; next try in 5 s",
      "ModelArts answered 503; next try in 12 s",
    ]);
  });

  it("say nothing of a next try that the time of the operation leaves out", async () => {
    for (const status of [429, 503]) {
      const clock = new FakeClock();
      const lines: string[] = [];
      const service = await serve({ status, headers: { "Retry-After": "90" } });
      const deadline = new Deadline("create of task-test", 60_000, {
        clock,
        signal: new AbortController().signal,
        status: new StatusLines((line) => lines.push(line)),
      });
      const error = await failureOf(new Transport({ clock }).send(request(service), deadline));
      assert.deepEqual([error.failure.kind, lines], ["timeout", []]);
    }
  });

  it("pause longer each time, and at least as long as Retry-After says", async () => {
    const clock = new FakeClock();
    clock.chance = 0.5;
    const service = await serve(
      { status: 500 },
      { status: 500 },
      { status: 503, headers: { "Retry-After": "3" } },
      OK,
    );
    await new Transport({ clock }).send(request(service), clock.deadline());
    assert.deepEqual(clock.sleeps, [50, 100, 3000]);
  });

  it("stop when the host's budget is used up, and successes refill it", async () => {
    const service = await serve({ status: 500 });
    const transport = new Transport({ clock, maxRetries: 60 });
    await failureOf(transport.send(request(service), clock.deadline()));
    await failureOf(transport.send(request(service), clock.deadline()));
    // A full bucket of 500 pays for a hundred repetitions at 5 each, in addition to the two first attempts.
    assert.equal(service.received.length, 102);
    service.steps = [OK];
    for (let count = 0; count < 5; count += 1) await transport.send(request(service), clock.deadline());
    service.steps = [{ status: 500 }];
    const before = service.received.length;
    await failureOf(transport.send(request(service), clock.deadline()));
    assert.equal(service.received.length - before, 2);
  });

  it("report the effect of all attempts, not of the last alone", async () => {
    const service = await serve({ status: 502 }, { status: 403 });
    const put = request(service, { method: "PUT", body: {} });
    const error = await failureOf(new Transport({ clock }).send(put, clock.deadline()));
    assert.equal(error.failure.kind, "forbidden");
    assert.equal(error.failure.effect, "unknown");
  });

  it("never have an effect when they only read", async () => {
    const service = await serve("drop");
    const transport = new Transport({ clock, maxRetries: 1 });
    const error = await failureOf(transport.send(request(service), clock.deadline()));
    assert.deepEqual([error.failure.kind, error.failure.effect], ["connection", "none"]);
  });
});

describe("throttling", () => {
  afterEach(closeServices);

  it("waits as Retry-After says, in seconds or as a date of the server's clock", async () => {
    const date = "Thu, 01 Jan 2015 00:00:00 GMT";
    const clock = new FakeClock();
    const service = await serve(
      { status: 429, headers: { "Retry-After": "7" } },
      { status: 429, headers: { "Retry-After": "Thu, 01 Jan 2015 00:00:09 GMT", Date: date } },
      OK,
    );
    await new Transport({ clock }).send(request(service), clock.deadline());
    assert.deepEqual(clock.sleeps, [7000, 9000]);
  });

  it("starts with a longer pause than faults do", async () => {
    const clock = new FakeClock();
    clock.chance = 0.5;
    const service = await serve({ status: 429 }, { status: 429 }, OK);
    await new Transport({ clock }).send(request(service), clock.deadline());
    assert.deepEqual(clock.sleeps, [250, 500]);
  });

  it("is not bounded by the number of repetitions but by the deadline", async () => {
    const steps: Step[] = Array.from({ length: 20 }, () => ({ status: 429 }));
    const service = await serve(...steps, OK);
    await new Transport({ clock, maxRetries: 1 }).send(request(service), clock.deadline());
    assert.equal(service.received.length, 21);
  });

  it("fails at once where nothing is to be repeated", async () => {
    const service = await serve({ status: 429 });
    const transport = new Transport({ clock, maxRetries: 0 });
    const error = await failureOf(transport.send(request(service), clock.deadline()));
    assert.equal(error.failure.kind, "throttled");
  });

  it("does not wait for a time after the deadline", async () => {
    const clock = new FakeClock();
    const service = await serve({ status: 429, headers: { "Retry-After": "3600" } });
    const error = await failureOf(new Transport({ clock }).send(request(service), clock.deadline()));
    assert.deepEqual([error.code, error.failure.kind, error.failure.status], ["TIMEOUT", "timeout", 429]);
    assert.deepEqual(clock.sleeps, []);
    assert.match(error.message, /3600 s/);
  });
});
