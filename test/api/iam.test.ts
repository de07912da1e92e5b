import assert from "node:assert/strict";
import { IamClient } from "../../provider/services/api/iam";
import { failureKind, isVideoAnalysisError } from "../../provider/common/errors";
import { Transport } from "../../provider/services/http/transport";
import { DEFAULT_USER, type Emulator, startEmulator } from "../../testkit/emulator";
import { closeServices, CountingAuthenticator, failureOf, serve, type Step } from "../http/support";
import { FakeClock } from "../support/fake-clock";

const credentials = {
  kind: "password",
  userName: DEFAULT_USER.name,
  password: DEFAULT_USER.password,
  domain: { name: DEFAULT_USER.domainName },
  source: "the test",
} as const;

const plain = { invalidate: () => false, describe: () => "the test", secrets: () => [] };

const clock = new FakeClock();

const client = (): IamClient => new IamClient(new Transport({ clock, env: {} }));

describe("the IAM client against the documented API", () => {
  let emulator: Emulator;
  before(async () => {
    emulator = await startEmulator({ projects: [{ id: "other-project", name: "eu-de_other" }] });
  });
  beforeEach(() => emulator.reset());
  after(() => emulator.close());

  it("issues tokens scoped by a project's name or id, with their end on IAM's clock", async () => {
    for (const scope of [{ name: emulator.region }, { id: emulator.projectId }]) {
      const issued = await client().issueToken(emulator.endpoints.iam, credentials, scope, clock.deadline());
      assert.deepEqual(issued.project, { id: emulator.projectId, name: emulator.region });
      const life = issued.expiresAt - (issued.date ?? 0);
      assert.ok(Math.abs(life - 24 * 3_600_000) < 2000, String(life));
    }
    const [first] = emulator.calls({ service: "iam" });
    assert.ok((first!.query["nocatalog"] ?? "") !== "");
  });

  for (const iamErrorForm of ["flat", "nested"] as const) {
    it(`reports a wrong password (${iamErrorForm} form) with its source and not its value`, async () => {
      emulator.configure({ iamErrorForm });
      const wrong = { ...credentials, password: "password-canary" };
      const scope = { name: emulator.region };
      const error = await failureOf(
        client().issueToken(emulator.endpoints.iam, wrong, scope, clock.deadline()),
      );
      assert.equal(error.failure.kind, "unauthenticated");
      assert.ok(error.message.includes("the test") && !error.message.includes("canary"));
      emulator.configure({ iamErrorForm: "flat" });
    });
  }

  it("asks about the token that it sends: its end, and its project", async () => {
    const { iam } = emulator.endpoints;
    const scope = { id: "other-project" };
    const issued = await client().issueToken(iam, credentials, scope, clock.deadline());
    const holder = { headers: () => Promise.resolve({ "X-Auth-Token": issued.token }) };
    const authenticator = { ...plain, ...holder, secrets: () => [issued.token] };
    const { project, expiresAt } = await client().inspectToken(iam, authenticator, clock.deadline());
    assert.deepEqual([project, expiresAt], [issued.project, issued.expiresAt]);
    emulator.expireTokens();
    const error = await failureOf(client().inspectToken(iam, authenticator, clock.deadline()));
    assert.equal(error.failure.kind, "unauthenticated");
    assert.ok(!error.message.includes(issued.token));
  });

  it("lists all projects that the caller may see", async () => {
    const authenticator = { ...plain, headers: () => Promise.resolve({ "X-Auth-Token": emulator.token }) };
    const projects = await client().listProjects(emulator.endpoints.iam, authenticator, clock.deadline());
    assert.deepEqual(
      projects.map(({ name }) => name),
      [emulator.region, "eu-de_other"],
    );
  });

  it("names the account of an agency by its name, or by its id where that is given", async () => {
    const expires = { token: { expires_at: "2030-01-01T00:00:00.000000Z" } };
    const service = await serve({ status: 201, headers: { "X-Subject-Token": "t" }, body: expires });
    const agency = { agencyName: "a", agencyDomainName: "d" };
    for (const given of [agency, { ...agency, agencyDomainId: "d-id" }]) {
      const scope = { name: "eu-de" };
      await client().assumeAgency(service.url, given, new CountingAuthenticator(), scope, clock.deadline());
    }
    const roles = service.received.map(({ body }) => {
      const { auth } = JSON.parse(body) as { auth: { identity: { assume_role: unknown } } };
      return auth.identity.assume_role;
    });
    assert.deepEqual(roles, [
      { agency_name: "a", domain_name: "d" },
      { agency_name: "a", domain_id: "d-id" },
    ]);
  });

  it("repeats the request for a token after faults", async () => {
    emulator.inject({ kind: "drop", when: "after" });
    emulator.inject({ kind: "status", status: 503 });
    const issued = await client().issueToken(
      emulator.endpoints.iam,
      credentials,
      { name: emulator.region },
      clock.deadline(),
    );
    assert.ok(issued.token.length > 0);
    assert.equal(emulator.calls({ service: "iam" }).length, 3);
  });

  it("is never in doubt about an effect, so that a create waiting for a token is not either", async () => {
    emulator.inject({ kind: "drop", when: "after" });
    const once = new IamClient(new Transport({ clock, maxRetries: 0, env: {} }));
    const scope = { name: emulator.region };
    const error = await failureOf(
      once.issueToken(emulator.endpoints.iam, credentials, scope, clock.deadline()),
    );
    assert.deepEqual([error.failure.kind, error.failure.effect], ["connection", "none"]);
  });

  it("reports what IAM does not know as a configuration error, never as an object that is gone", async () => {
    emulator.inject({ kind: "status", status: 404, code: "IAM.0004", message: "no such project" });
    const issued = client().issueToken(emulator.endpoints.iam, credentials, { id: "p" }, clock.deadline());
    await assert.rejects(issued, (error) => {
      assert.equal(failureKind(error), undefined);
      assert.ok(isVideoAnalysisError(error));
      return error.code === "CONFIGURATION";
    });
  });

  it("finds projects by their exact name", async () => {
    const issued = await client().issueToken(
      emulator.endpoints.iam,
      credentials,
      { name: emulator.region },
      clock.deadline(),
    );
    const authenticator = Object.assign(new CountingAuthenticator(), {
      headers: () => Promise.resolve({ "X-Auth-Token": issued.token }),
    });
    const find = (name: string): Promise<readonly unknown[]> =>
      client().findProjects(emulator.endpoints.iam, name, authenticator, clock.deadline());
    assert.deepEqual(await find(emulator.region), [{ id: emulator.projectId, name: emulator.region }]);
    assert.deepEqual(await find("nowhere"), []);
  });
});

describe("answers of IAM that are not as documented", () => {
  afterEach(closeServices);
  const expires = "2026-01-02T00:00:00.000000Z";

  const wrong: readonly (readonly [string, Step])[] = [
    ["no token header", { status: 201, body: { token: { expires_at: expires } } }],
    ["no end", { status: 201, body: { token: {} }, headers: { "X-Subject-Token": "t" } }],
    [
      "an end that is no time",
      { status: 201, body: { token: { expires_at: "soon" } }, headers: { "X-Subject-Token": "t" } },
    ],
  ];
  for (const [name, step] of wrong) {
    it(`are malformed: ${name}`, async () => {
      const { url } = await serve(step);
      const error = await failureOf(client().issueToken(url, credentials, { id: "p" }, clock.deadline()));
      assert.equal(error.failure.kind, "malformed");
    });
  }

  it("may leave the project out", async () => {
    const body = { token: { expires_at: expires } };
    const { url } = await serve({ status: 201, body, headers: { "X-Subject-Token": "t" } });
    const issued = await client().issueToken(url, credentials, { id: "p" }, clock.deadline());
    assert.deepEqual([issued.token, issued.project, issued.expiresAt], ["t", undefined, Date.parse(expires)]);
  });

  it("never choose a project of another name", async () => {
    const { url } = await serve({ status: 200, body: { projects: [{ id: "p", name: "eu-de_x" }] } });
    const found = await client().findProjects(url, "eu-de", new CountingAuthenticator(), clock.deadline());
    assert.deepEqual(found, []);
  });
});
