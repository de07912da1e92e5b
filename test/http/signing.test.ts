import assert from "node:assert/strict";
import { ServerClock } from "../../provider/services/auth/server-clock";
import { SigningAuthenticator } from "../../provider/services/auth/signing-authenticator";
import { HostLimiters } from "../../provider/services/http/host-limiter";
import { Transport } from "../../provider/services/http/transport";
import { FakeClock } from "../support/fake-clock";
import {
  closeServices,
  create,
  failureOf,
  type Received,
  type Reply,
  request,
  serve,
  type Step,
} from "./support";

const credentials = {
  kind: "accessKey",
  accessKey: "AK-CANARY",
  secretKey: "SK-CANARY",
  securityToken: "ST-CANARY",
  source: "the test",
} as const;
const MINUTE = 60_000;

function signer(clock: FakeClock): SigningAuthenticator {
  return new SigningAuthenticator({
    credentials,
    form: "plain",
    region: "eu-de",
    clock: new ServerClock(clock),
    projectId: () => "project-1",
  });
}

const refusal = (clock: FakeClock, skewMs: number, code = "APIGW.0303"): Step => {
  return () => ({
    status: 401,
    headers: { Date: new Date(clock.wall() + skewMs).toUTCString() },
    body: { error_code: code, error_msg: "refused AK-CANARY" },
  });
};
const dates = (received: readonly Received[]): unknown[] =>
  received.map(({ headers }) => headers["x-sdk-date"]);

describe("signed requests", () => {
  afterEach(closeServices);

  it("are signed anew for each attempt", async () => {
    const clock = new FakeClock();
    const busy = { status: 503, headers: { "Retry-After": "2" } };
    const service = await serve(busy, busy, { status: 200, body: {} });
    await new Transport({ clock, env: {} }).send(
      request(service, { authenticator: signer(clock) }),
      clock.deadline(),
    );
    assert.equal(new Set(dates(service.received)).size, 3);
    assert.equal(new Set(service.received.map(({ headers }) => headers.authorization)).size, 3);
  });

  it("are dated when they leave, not when they began to wait", async () => {
    const clock = new FakeClock();
    const retryAfter = { "Retry-After": "1200" };
    const service = await serve({ status: 429, headers: retryAfter }, { status: 200, body: {} });
    const limit = clock.deadline(60 * MINUTE);
    await new Transport({ clock, env: {} }).send(request(service, { authenticator: signer(clock) }), limit);
    const [first, second] = dates(service.received);
    assert.deepEqual([first, second], ["20260101T000000Z", "20260101T002000Z"]);
  });

  for (const code of ["APIGW.0301", "APIG.0303"]) {
    it(`are dated by the server's clock after ${code}, once, and from then on`, async () => {
      const clock = new FakeClock();
      const authenticator = signer(clock);
      const service = await serve(
        refusal(clock, 20 * MINUTE, code),
        { status: 200, body: {} },
        { status: 200, body: {} },
      );
      const transport = new Transport({ clock, env: {}, maxRetries: 0 });
      await transport.send(create(service, { authenticator }), clock.deadline());
      await transport.send(request(service, { authenticator }), clock.deadline());
      assert.deepEqual(dates(service.received), ["20260101T000000Z", "20260101T002000Z", "20260101T002000Z"]);
    });
  }

  it("are dated by the server's clock where several have been refused at the same time", async () => {
    const clock = new FakeClock();
    const authenticator = signer(clock);
    const misdated = refusal(clock, 20 * MINUTE) as (received: Received) => Reply;
    let bothAreThere = (): void => undefined;
    const both = new Promise<void>((resolve) => (bothAreThere = resolve));
    const service = await serve(
      async (received) => {
        await both;
        return misdated(received);
      },
      (received) => {
        bothAreThere();
        return misdated(received);
      },
      { status: 200, body: {} },
    );
    const transport = new Transport({ clock, env: {} });
    const send = (): Promise<unknown> => transport.send(create(service, { authenticator }), clock.deadline());
    await Promise.all([send(), send()]);
    assert.deepEqual(dates(service.received).sort(), [
      "20260101T000000Z",
      "20260101T000000Z",
      "20260101T002000Z",
      "20260101T002000Z",
    ]);
  });

  it("are not repeated where the clocks agree or the server gives no time; the error masks the keys", async () => {
    const clock = new FakeClock();
    const silent = {
      status: 401,
      headers: { Date: "today" },
      body: { error_code: "APIGW.0301", error_msg: "no" },
    };
    for (const step of [refusal(clock, 0), silent]) {
      const service = await serve(step);
      const sent = new Transport({ clock, env: {} }).send(
        request(service, { authenticator: signer(clock) }),
        clock.deadline(),
      );
      const error = await failureOf(sent);
      assert.deepEqual([error.failure.kind, service.received.length], ["unauthenticated", 1]);
      assert.match(error.message, /temporary access key from the test/);
      assert.doesNotMatch(error.message, /CANARY|min behind|min ahead/);
    }
  });

  it("say how wrong the clock is where the second attempt is refused too", async () => {
    const clock = new FakeClock();
    for (const [skew, text] of [
      [20 * MINUTE, /clock: it is 20 min behind the service's/],
      [-40 * MINUTE, /clock: it is 40 min ahead of the service's/],
    ] as const) {
      const service = await serve(refusal(clock, skew));
      const sent = new Transport({ clock, env: {} }).send(
        request(service, { authenticator: signer(clock) }),
        clock.deadline(),
      );
      const error = await failureOf(sent);
      assert.equal(service.received.length, 2);
      assert.match(error.message, text);
    }
  });
});

describe("hosts that transports share", () => {
  afterEach(closeServices);

  it("are left alone by all of them after one 429", async () => {
    const clock = new FakeClock();
    const limiters = new HostLimiters();
    const service = await serve({ status: 429, headers: { "Retry-After": "30" } }, { status: 200, body: {} });
    const first = new Transport({ clock, limiters, env: {}, maxRetries: 0 });
    const error = await failureOf(first.send(request(service), clock.deadline()));
    assert.equal(error.failure.kind, "throttled");
    await new Transport({ clock, limiters, env: {} }).send(request(service), clock.deadline());
    assert.ok(clock.now() >= 30_000);
    await new Transport({ clock, env: {} }).send(request(service), clock.deadline());
    assert.equal(clock.sleeps.length, 1);
  });
});
