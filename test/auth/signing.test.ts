import assert from "node:assert/strict";
import { Connections } from "../../provider/services/auth/connection";
import { ServerClock } from "../../provider/services/auth/server-clock";
import { resolveSettings } from "../../provider/services/auth/settings";
import { SigningAuthenticator } from "../../provider/services/auth/signing-authenticator";
import { ScriptedIdentity, stack, subject } from "./support";
import { FakeClock } from "../support/fake-clock";

const credentials = {
  kind: "accessKey",
  accessKey: "AK-CANARY",
  secretKey: "SK-CANARY",
  source: "the test",
} as const;
const NOW = Date.parse("2026-01-02T03:04:05Z");

const clock = new FakeClock();

function signer(
  changes: Partial<ConstructorParameters<typeof SigningAuthenticator>[0]> = {},
): SigningAuthenticator {
  const clock = new ServerClock({ wall: () => NOW });
  return new SigningAuthenticator({
    credentials,
    form: "plain",
    region: "eu-de",
    clock,
    projectId: () => "p1",
    ...changes,
  });
}

const signedNames = (headers: Readonly<Record<string, string>>): string | undefined =>
  /SignedHeaders=([^,]+)/.exec(headers["Authorization"] ?? "")?.[1];

describe("requests signed with an access key", () => {
  it("cover all headers but the content type and names with an underscore", async () => {
    const sent = { Accept: "a", "Content-Type": "application/json", "User-Agent": "u", X_Odd: "x" };
    const headers = await signer().headers(subject({ headers: sent }));
    assert.deepEqual(Object.keys(headers), ["X-Sdk-Date", "X-Project-Id", "Authorization"]);
    assert.equal(headers["X-Sdk-Date"], "20260102T030405Z");
    assert.equal(signedNames(headers), "accept;host;user-agent;x-project-id;x-sdk-date");
  });

  it("carry the security token of a temporary key, signed", async () => {
    const temporary = { ...credentials, securityToken: "ST-CANARY" };
    const authenticator = signer({ credentials: temporary });
    const headers = await authenticator.headers(subject());
    assert.equal(headers["X-Security-Token"], "ST-CANARY");
    assert.match(signedNames(headers) ?? "", /x-security-token/);
    assert.deepEqual(authenticator.secrets(), ["AK-CANARY", "SK-CANARY", "ST-CANARY"]);
    assert.match(authenticator.describe(), /temporary access key from the test/);
    assert.doesNotMatch(authenticator.describe(), /CANARY/);
  });

  it("name no project to IAM, nor one that is not known yet", async () => {
    assert.equal((await signer().headers(subject({ service: "iam" })))["X-Project-Id"], undefined);
    const unknown = signer({ projectId: () => undefined });
    assert.equal((await unknown.headers(subject()))["X-Project-Id"], undefined);
  });

  it("cover the path prefix and the body", async () => {
    const signatures = await Promise.all(
      [
        subject({ url: new URL("https://h.example/a/v1"), method: "POST", body: "{}" }),
        subject({ url: new URL("https://h.example/b/v1"), method: "POST", body: "{}" }),
        subject({ url: new URL("https://h.example/a/v1"), method: "POST", body: "[]" }),
        subject({ url: new URL("https://h.example/a/v1"), method: "POST" }),
      ].map((request) => signer().headers(request)),
    );
    assert.equal(new Set(signatures.map((headers) => headers["Authorization"])).size, 4);
  });

  it("are dated by the server's clock once it has refused this machine's, and only then", async () => {
    const authenticator = signer();
    const used = await authenticator.headers(subject());
    assert.equal(authenticator.correctClock(NOW + 59_000, used), false);
    assert.equal(authenticator.correctClock(NOW + 20 * 60_000, used), true);
    const corrected = await authenticator.headers(subject());
    assert.equal(corrected["X-Sdk-Date"], "20260102T032405Z");
    assert.equal(authenticator.correctClock(NOW + 20 * 60_000, corrected), false);
    // A request that was under way meanwhile was refused, too.
    assert.equal(authenticator.correctClock(NOW + 20 * 60_000, used), true);
    assert.equal(authenticator.invalidate(), false);
  });

  for (const [values, form] of [
    [{ region: "eu-de" }, /Credential=AK\/\d{8}\/eu-de\/modelarts\/sdk_request/],
    [{ region: "cn-north-4" }, /Access=AK,/],
    [{ region: "eu-de", signing: "plain" }, /Access=AK,/],
    [{ region: "cn-north-4", signing: "scoped" }, /Credential=AK\/\d{8}\/cn-north-4\/modelarts\/sdk_request/],
  ] as const) {
    it(`take the form of the cloud unless it is configured (${JSON.stringify(values)})`, async () => {
      const settings = resolveSettings([stack({ accessKey: "AK", secretKey: "SK", ...values })], {});
      const connection = new Connections(settings, new ScriptedIdentity(), clock).connect();
      const headers = await connection.authenticator.headers(subject(), clock.deadline());
      assert.match(headers["Authorization"] ?? "", form);
    });
  }

  it("name the project as soon as it was looked up, once", async () => {
    const identity = new ScriptedIdentity();
    identity.projects = [{ id: "p9", name: "eu-de" }];
    const settings = resolveSettings([stack({ region: "eu-de", accessKey: "AK", secretKey: "SK" })], {});
    const connection = new Connections(settings, identity, clock).connect();
    assert.equal(await connection.projectId(clock.deadline()), "p9");
    const headers = await connection.authenticator.headers(subject(), clock.deadline());
    assert.equal(headers["X-Project-Id"], "p9");
    assert.deepEqual([identity.searched, identity.issued], [["eu-de"], []]);
  });
});

describe("tokens of an agency", () => {
  const agency = { agencyName: "ag", agencyDomainName: "customer" };
  const open = (values: Parameters<typeof stack>[0]): [ScriptedIdentity, Connections] => {
    const identity = new ScriptedIdentity();
    const settings = resolveSettings([stack({ region: "eu-de", ...agency, ...values })], {});
    return [identity, new Connections(settings, identity, clock)];
  };

  it("are asked for with a token of the caller's account, and are the other account's project", async () => {
    const [identity, connections] = open({ userName: "u", password: "p", domainName: "d" });
    identity.tokenProject = { id: "p-customer", name: "eu-de" };
    const connection = connections.connect();
    assert.equal(await connection.projectId(clock.deadline()), "p-customer");
    assert.deepEqual(
      identity.issued.map(({ scope }) => scope),
      ["account", { name: "eu-de" }],
    );
    assert.deepEqual(identity.assumed, [{ agency, caller: { "X-Auth-Token": "token-1" } }]);
    assert.deepEqual(await connection.authenticator.headers(subject(), clock.deadline()), {
      "X-Auth-Token": "token-2",
    });
    assert.match(connection.authenticator.describe(), /agency "ag" of "customer"/);
    assert.deepEqual(connection.authenticator.secrets().toSorted(), ["p", "token-1", "token-2"]);
  });

  it("are asked for with a given token, or a signature that names no project of the other account", async () => {
    const [given, withToken] = open({ token: "t" });
    await withToken.connect({ projectId: "x" }).authenticator.headers(subject(), clock.deadline());
    assert.deepEqual(given.assumed[0]?.caller, { "X-Auth-Token": "t" });
    const [signed, withKey] = open({ accessKey: "AK", secretKey: "SK" });
    await withKey.connect({ projectId: "x" }).authenticator.headers(subject(), clock.deadline());
    assert.deepEqual(Object.keys(signed.assumed[0]?.caller ?? {}), ["X-Sdk-Date", "Authorization"]);
  });

  it("serve a project by name and by id alike", async () => {
    const [identity, connections] = open({ token: "t" });
    identity.tokenProject = { id: "p-customer", name: "eu-de" };
    await connections.connect().projectId(clock.deadline());
    await connections.connect({ projectId: "p-customer" }).authenticator.headers(subject(), clock.deadline());
    assert.equal(identity.assumed.length, 1);
  });
});
