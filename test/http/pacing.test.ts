import assert from "node:assert/strict";
import { Transport } from "../../provider/services/http/transport";
import { FakeClock } from "../support/fake-clock";
import { closeServices, failureOf, request, serve } from "./support";

/** Lets everything run that needs no further event. */
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const clock = new FakeClock();

describe("pacing of one host", () => {
  afterEach(closeServices);

  it("runs as many requests at once as the setting says, and no more", async () => {
    let most = 0;
    const waiting: (() => void)[] = [];
    const service = await serve(async () => {
      // Answers in threes: fewer at once would never be answered, more at once are counted.
      const turn = new Promise<void>((resolve) => waiting.push(resolve));
      await settle();
      most = Math.max(most, waiting.length);
      if (waiting.length >= 3) for (const answer of waiting.splice(0)) answer();
      await turn;
      return { status: 200, body: {} };
    });
    const transport = new Transport({ clock, maxConcurrency: 3 });
    const results = Array.from({ length: 12 }, (_, index) =>
      transport.send(request(service, { path: [String(index)] }), clock.deadline()),
    );
    await Promise.all(results);
    assert.equal(most, 3);
    assert.equal(service.received.length, 12);
  });

  it("holds every request back after one 429, and lets one alone try first", async () => {
    const clock = new FakeClock();
    let running = 0;
    let mostBeforeAnswer = 0;
    let answered = false;
    const service = await serve({ status: 429, headers: { "Retry-After": "5" } }, async () => {
      running += 1;
      if (!answered) mostBeforeAnswer = Math.max(mostBeforeAnswer, running);
      for (let turn = 0; turn < 5; turn += 1) await settle();
      answered = true;
      running -= 1;
      return { status: 200, body: {} };
    });
    const transport = new Transport({ clock, maxConcurrency: 4 });
    const first = transport.send(request(service), clock.deadline());
    while (clock.sleeps.length === 0) await settle();
    const others = Array.from({ length: 6 }, () => transport.send(request(service), clock.deadline()));
    await Promise.all([first, ...others]);
    assert.deepEqual(clock.sleeps, [5000]);
    assert.equal(mostBeforeAnswer, 1);
    assert.equal(service.received.length, 8);
  });

  it("does not slow other hosts down", async () => {
    const clock = new FakeClock();
    const throttled = await serve({ status: 429, headers: { "Retry-After": "3600" } });
    const free = await serve({ status: 200, body: {} });
    const transport = new Transport({ clock });
    await failureOf(transport.send(request(throttled), clock.deadline()));
    await transport.send(request(free), clock.deadline());
    assert.deepEqual(clock.sleeps, []);
    const error = await failureOf(transport.send(request(throttled), clock.deadline()));
    assert.equal(error.failure.kind, "timeout");
    assert.equal(throttled.received.length, 1);
  });

  it("gives up a place in the queue at the deadline", async () => {
    const service = await serve("hang");
    const stop = new AbortController();
    const transport = new Transport({ clock, maxConcurrency: 1 });
    const holder = transport.send(request(service), clock.deadline(60_000, stop.signal));
    const error = await failureOf(transport.send(request(service), clock.deadline(30)));
    assert.deepEqual([error.failure.kind, error.failure.effect], ["timeout", "none"]);
    stop.abort();
    await failureOf(holder);
    assert.equal(service.received.length, 1);
  });
});
