import assert from "node:assert/strict";
import type { JsonObject } from "../../testkit/emulator";
import { Caller, EDGE, login } from "./support";

const DAY_MS = 24 * 60 * 60 * 1000;
const SUB_PROJECT = "a".repeat(32);

describe("emulator: IAM", () => {
  let caller: Caller;
  before(async () => {
    const projects = [{ id: SUB_PROJECT, name: "eu-de_sub" }];
    caller = await Caller.open({ projects, iamErrorForm: "flat" });
  });
  beforeEach(() => caller.emulator.reset());
  after(() => caller.emulator.close());

  const ask = (body: JsonObject, query = "") => caller.send("POST", caller.tokenUrl(query), body);

  it("issues a project token by password, in a header, valid for 24 hours", async () => {
    const { status, headers, json } = await ask(login({ scope: { project: { name: "eu-de" } } }));
    assert.equal(status, 201);
    const token = headers.get("x-subject-token") ?? "";
    const body = json["token"] as JsonObject;
    assert.equal(body["expires_at"], "2025-01-02T00:00:00.000000Z");
    assert.equal(body["issued_at"], "2025-01-01T00:00:00.000000Z");
    assert.equal((body["project"] as JsonObject)["id"], caller.emulator.projectId);
    assert.equal((body["user"] as JsonObject)["name"], "emulator-user");
    assert.ok(Array.isArray(body["roles"]) && Array.isArray(body["catalog"]));
    const withToken = { "X-Auth-Token": token };
    assert.equal((await caller.send("GET", caller.tasksUrl(EDGE), undefined, withToken)).status, 200);
    caller.emulator.advance(DAY_MS);
    const late = await caller.send("GET", caller.tasksUrl(EDGE), undefined, withToken);
    assert.deepEqual([late.status, late.code], [401, "APIG.0307"]);
    assert.match(late.message, /token must be updated/);
  });

  it("shows the holder of a token what it is for and when it ends, and no one another's", async () => {
    const { headers, json } = await ask(login({ scope: { project: { name: "eu-de" } } }));
    const token = headers.get("x-subject-token") ?? "";
    const show = (subject: string) =>
      caller.send("GET", caller.tokenUrl(""), undefined, {
        "X-Auth-Token": token,
        "X-Subject-Token": subject,
      });
    const shown = await show(token);
    assert.equal(shown.status, 200);
    const issued = json["token"] as JsonObject;
    const seen = shown.json["token"] as JsonObject;
    for (const key of ["expires_at", "issued_at", "project", "user"])
      assert.deepEqual(seen[key], issued[key]);
    assert.deepEqual([(await show("no-token")).status, (await show("")).status], [404, 400]);
    caller.emulator.expireTokens();
    assert.equal((await show(token)).status, 401);
  });

  it("drops the catalog for a non-empty nocatalog", async () => {
    const scope = { project: { id: caller.emulator.projectId } };
    const { json } = await ask(login({ scope }), "?nocatalog=true");
    assert.equal((json["token"] as JsonObject)["catalog"], undefined);
    assert.ok(((await ask(login({ scope }), "?nocatalog=")).json["token"] as JsonObject)["catalog"]);
  });

  it("takes the domain by id, and lets the project win over a domain in the scope", async () => {
    const first = (await ask(login())).json["token"] as { user: { domain: { id: string } } };
    const domain = { id: first.user.domain.id };
    const { status, json } = await ask(login({ domain, scope: { project: { name: "eu-de" }, domain } }));
    assert.equal(status, 201);
    assert.ok((json["token"] as JsonObject)["project"]);
    assert.equal((json["token"] as JsonObject)["domain"], undefined);
  });

  it("gives a token without project scope no access to services", async () => {
    for (const scope of [undefined, { domain: { name: "emulator-domain" } }]) {
      const { headers } = await ask(login(scope === undefined ? {} : { scope }));
      const token = { "X-Auth-Token": headers.get("x-subject-token") ?? "" };
      const { status, code } = await caller.send("GET", caller.tasksUrl(EDGE), undefined, token);
      assert.deepEqual([status, code], [401, "ModelArts.0212"]);
    }
  });

  it("refuses wrong passwords, domains, projects, methods and bodies", async () => {
    const scope = { project: { name: "elsewhere" } };
    const expected: [JsonObject, number, string][] = [
      [login({ password: "wrong" }), 401, "IAM.0001"],
      [login({ domain: { name: "other" } }), 401, "IAM.0001"],
      [login({ scope: { domain: { name: "other" } } }), 401, "IAM.0001"],
      [login({ scope }), 404, "IAM.0004"],
      [{ auth: { identity: { methods: ["totp"] } } }, 400, "IAM.0011"],
      [{}, 400, "IAM.0011"],
    ];
    for (const [body, status, code] of expected) {
      const reply = await ask(body);
      assert.deepEqual([reply.status, reply.code], [status, code], JSON.stringify(body));
    }
  });

  it("words errors in the nested form unless asked for the flat one", async () => {
    const other = await Caller.open();
    const { json } = await other.send("POST", other.tokenUrl(), login({ password: "wrong" }));
    await other.emulator.close();
    const { code, title, message } = json["error"] as JsonObject;
    assert.deepEqual([code, title, typeof message], [401, "Unauthorized", "string"]);
  });

  it("lists projects, by name and page by page", async () => {
    const url = `${caller.emulator.endpoints.iam}/v3/projects`;
    const names = async (query: string) => {
      const { json } = await caller.send("GET", `${url}${query}`);
      return (json["projects"] as { name: string }[]).map((project) => project.name);
    };
    assert.deepEqual(await names(""), ["eu-de", "eu-de_sub"]);
    assert.deepEqual(await names("?name=eu-de"), ["eu-de"]);
    assert.deepEqual(await names("?name=nowhere"), []);
    assert.deepEqual(await names("?page=2&per_page=1"), ["eu-de_sub"]);
  });

  it("refuses page without per_page, unknown filters, and callers without a good token", async () => {
    const url = `${caller.emulator.endpoints.iam}/v3/projects`;
    for (const query of [
      "?page=1",
      "?per_page=10",
      "?page=0&per_page=10",
      "?page=1&per_page=5001",
      "?nam=x",
    ]) {
      const { status, code } = await caller.send("GET", `${url}${query}`);
      assert.deepEqual([status, code], [400, "IAM.0011"], query);
    }
    const codes: [string, string][] = [
      ["", "IAM.0001"],
      ["bad", "IAM.0067"],
    ];
    for (const [token, expected] of codes) {
      const { status, code } = await caller.send("GET", url, undefined, { "X-Auth-Token": token });
      assert.deepEqual([status, code], [401, expected]);
    }
    caller.emulator.expireTokens();
    assert.equal((await caller.send("GET", url)).json["error_code"], "IAM.0066");
  });
});
