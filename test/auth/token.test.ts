import assert from "node:assert/strict";
import {
  FixedTokenAuthenticator,
  IssuedTokenAuthenticator,
} from "../../provider/services/auth/token-authenticator";
import { VideoAnalysisError } from "../../provider/common/errors";
import { FakeClock } from "../support/fake-clock";
import { ScriptedIdentity, subject } from "./support";

const MINUTE = 60_000;
const holder = {
  holder: "the user name and password from the test",
  secrets: () => ["password-canary"],
};

class Setup {
  readonly identity = new ScriptedIdentity();
  readonly clock = new FakeClock();
  readonly authenticator = new IssuedTokenAuthenticator({
    ...holder,
    issue: () => this.identity.issueToken("https://iam.example.com", undefined, { name: "eu-de" }),
    clock: this.clock,
  });

  async token(limit = this.clock.deadline()): Promise<string | undefined> {
    return (await this.authenticator.headers(subject(), limit))["X-Auth-Token"];
  }
}

describe("tokens that IAM issues", () => {
  it("are issued once for all concurrent requests", async () => {
    const setup = new Setup();
    const tokens = await Promise.all(Array.from({ length: 20 }, () => setup.token()));
    assert.deepEqual(new Set(tokens), new Set(["token-1"]));
    assert.equal(setup.identity.issued.length, 1);
  });

  it("are renewed five minutes before their end", async () => {
    const setup = new Setup();
    setup.identity.lifeMs = 60 * MINUTE;
    await setup.token();
    setup.clock.pass(54.9 * MINUTE);
    assert.equal(await setup.token(), "token-1");
    setup.clock.pass(0.2 * MINUTE);
    assert.equal(await setup.token(), "token-2");
  });

  it("have the right life on a machine whose clock is wrong", async () => {
    for (const skewMs of [-30, 30].map((days) => days * 24 * 60 * MINUTE)) {
      const setup = new Setup();
      setup.identity.skewMs = skewMs;
      setup.identity.lifeMs = 60 * MINUTE;
      await setup.token();
      setup.clock.pass(54 * MINUTE);
      assert.equal(await setup.token(), "token-1");
      setup.clock.pass(2 * MINUTE);
      assert.equal(await setup.token(), "token-2");
    }
  });

  it("with a short life are still used more than once", async () => {
    const setup = new Setup();
    setup.identity.lifeMs = 2 * MINUTE;
    assert.equal(await setup.token(), "token-1");
    assert.equal(await setup.token(), "token-1");
    setup.clock.pass(1.5 * MINUTE);
    assert.equal(await setup.token(), "token-2");
  });

  it("are dropped once when a service refuses them, not again for requests that were late", async () => {
    const setup = new Setup();
    const used = await setup.authenticator.headers(subject(), setup.clock.deadline());
    assert.ok(setup.authenticator.invalidate(used));
    assert.equal(await setup.token(), "token-2");
    assert.ok(setup.authenticator.invalidate(used));
    assert.equal(await setup.token(), "token-2");
  });

  it("are asked for again after a failure", async () => {
    const setup = new Setup();
    setup.identity.failures.push(new VideoAnalysisError("REQUEST_FAILED", "no"));
    await assert.rejects(setup.token(), { code: "REQUEST_FAILED" });
    assert.equal(await setup.token(), "token-2");
  });

  it("are asked for again by those with time left when the first caller ran out of it", async () => {
    const setup = new Setup();
    setup.identity.failures.push(new VideoAnalysisError("TIMEOUT", "the first caller's deadline"));
    const first = setup.token();
    const second = setup.token();
    await assert.rejects(first, { code: "TIMEOUT" });
    assert.equal(await second, "token-2");
  });

  it("are not waited for longer than a caller's own deadline", async () => {
    const clock = new FakeClock();
    let release: (() => void) | undefined;
    const authenticator = new IssuedTokenAuthenticator({
      ...holder,
      clock,
      issue: () =>
        new Promise((resolve) => {
          release = () => resolve({ token: "late", expiresAt: clock.wall() + 60 * MINUTE });
        }),
    });
    const patient = authenticator.headers(subject(), clock.deadline());
    await assert.rejects(authenticator.headers(subject(), clock.deadline(20)), { code: "TIMEOUT" });
    const stop = new AbortController();
    const stopped = authenticator.headers(subject(), clock.deadline(60_000, stop.signal));
    stop.abort();
    await assert.rejects(stopped, { code: "TIMEOUT" });
    release?.();
    assert.deepEqual(await patient, { "X-Auth-Token": "late" });
  });

  it("describe their source and keep their secrets to themselves", async () => {
    const { authenticator, clock } = new Setup();
    const { "X-Auth-Token": token } = await authenticator.headers(subject(), clock.deadline());
    assert.deepEqual(authenticator.secrets(), ["password-canary", token]);
    assert.ok(authenticator.describe().includes("the test"));
    assert.ok(!authenticator.describe().includes("canary"));
  });
});

describe("a given token", () => {
  it("is sent as it is and cannot be renewed", async () => {
    const authenticator = new FixedTokenAuthenticator({ kind: "token", token: "given", source: "the test" });
    assert.deepEqual(await authenticator.headers(), { "X-Auth-Token": "given" });
    assert.equal(authenticator.invalidate(), false);
    assert.deepEqual(authenticator.secrets(), ["given"]);
    assert.ok(!authenticator.describe().includes("given"));
  });
});
