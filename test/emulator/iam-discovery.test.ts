import assert from "node:assert/strict";
import type { JsonObject } from "../../testkit/emulator";
import { Caller, EDGE, login } from "./support";

const SUB_PROJECT = "a".repeat(32);
const FOREIGN_PROJECT = "b".repeat(32);

describe("emulator: what IAM clients ask before and after they log in", () => {
  let caller: Caller;
  before(async () => {
    const projects = [
      { id: SUB_PROJECT, name: "eu-de_sub" },
      { id: FOREIGN_PROJECT, name: "eu-de", domainName: "another" },
    ];
    caller = await Caller.open({ projects, iamErrorForm: "flat" });
  });
  beforeEach(() => caller.emulator.reset());
  after(() => caller.emulator.close());

  const anonymous = { "X-Auth-Token": "" };
  const get = (path: string, headers = {}) =>
    caller.send("GET", `${caller.emulator.rootEndpoints.iam}${path}`, undefined, headers);
  const exchange = (id: string, scope?: JsonObject) => {
    const identity = { methods: ["token"], token: { id } };
    return caller.send("POST", caller.tokenUrl(), { auth: { identity, ...(scope && { scope }) } });
  };
  const tokenOf = ({ headers }: { headers: Headers }): string => headers.get("x-subject-token") ?? "";
  const loggedIn = async (scope?: JsonObject): Promise<string> =>
    tokenOf(await caller.send("POST", caller.tokenUrl(), login(scope && { scope })));

  for (const [where, iam] of [
    ["at the root", () => caller.emulator.rootEndpoints.iam],
    ["below a prefix", () => caller.emulator.endpoints.iam],
  ] as const) {
    it(`has versions ${where}, for anybody, that lead back there`, async () => {
      const ask = (path: string) => caller.send("GET", iam() + path, undefined, anonymous);
      const list = await ask("/");
      assert.equal(list.status, 300);
      const [listed] = (list.json["versions"] as { values: JsonObject[] }).values;
      for (const path of ["/v3", "/v3/"]) {
        const shown = await ask(path);
        assert.deepEqual([shown.status, shown.json["version"]], [200, listed]);
      }
      assert.deepEqual(listed!["links"], [{ rel: "self", href: `${iam()}/v3/` }]);
    });
  }

  it("exchanges a token for another project of its account, that ends when the first one does", async () => {
    const first = await loggedIn();
    caller.emulator.advance(60_000);
    const { status, headers, json } = await exchange(first, { project: { id: SUB_PROJECT } });
    assert.equal(status, 201);
    const { methods, expires_at, project } = json["token"] as JsonObject;
    assert.deepEqual([methods, expires_at], [["token"], "2025-01-02T00:00:00.000000Z"]);
    assert.equal((project as JsonObject)["id"], SUB_PROJECT);
    const url = caller.tasksUrl(EDGE).replace(caller.emulator.projectId, SUB_PROJECT);
    const found = await caller.send("GET", url, undefined, { "X-Auth-Token": tokenOf({ headers }) });
    assert.deepEqual([found.status, found.code], [404, "ModelArts.3502"]);
  });

  it("exchanges no token that is unknown or has ended, and none for another account's project", async () => {
    const token = await loggedIn();
    const foreign = await exchange(token, { project: { id: FOREIGN_PROJECT } });
    assert.deepEqual([foreign.status, foreign.code], [404, "IAM.0004"]);
    const unknown = await exchange("never-issued");
    assert.deepEqual([unknown.status, unknown.code], [401, "IAM.0067"]);
    caller.emulator.expireTokens();
    const ended = await exchange(token);
    assert.deepEqual([ended.status, ended.code], [401, "IAM.0066"]);
  });

  it("keeps the exchanged token out of the log", async () => {
    const token = await loggedIn();
    await exchange(token);
    assert.ok(!JSON.stringify(caller.emulator.requests).includes(token));
  });

  it("lists the account and the projects of the caller", async () => {
    const domains = (await get("/v3/auth/domains")).json["domains"] as JsonObject[];
    assert.deepEqual(
      domains.map(({ name, enabled }) => [name, enabled]),
      [["emulator-domain", true]],
    );
    const projects = (await get("/v3/auth/projects")).json["projects"] as JsonObject[];
    assert.deepEqual(
      projects.map(({ name, domain_id }) => [name, domain_id]),
      [
        ["eu-de", domains[0]!["id"]],
        ["eu-de_sub", domains[0]!["id"]],
      ],
    );
    for (const path of ["domains", "projects", "catalog"]) {
      assert.equal((await get(`/v3/auth/${path}`, anonymous)).status, 401, path);
    }
  });

  it("has a catalog whose URLs reach the services, in a token and by itself", async () => {
    const scope = { project: { name: "eu-de" } };
    const issued = await caller.send("POST", caller.tokenUrl(), login({ scope }));
    const headers = { "X-Auth-Token": tokenOf(issued) };
    const { json } = await get("/v3/auth/catalog", headers);
    const catalog = json["catalog"] as { type: string; endpoints: { url: string; interface: string }[] }[];
    assert.deepEqual((issued.json["token"] as JsonObject)["catalog"], json["catalog"]);
    const urls = new Map(catalog.map(({ type, endpoints }) => [type, endpoints[0]!.url]));
    const asked: Record<string, string> = {
      modelarts: "/services",
      vias: "/batch-tasks",
      iva: "/services/video-analyze/tasks",
      identity: "/auth/projects",
    };
    for (const [type, path] of Object.entries(asked)) {
      const { status } = await caller.send("GET", `${urls.get(type) ?? ""}${path}`, undefined, headers);
      assert.equal(status, 200, type);
    }
  });

  it("gives the catalog of a project to those who have one only", async () => {
    const headers = { "X-Auth-Token": await loggedIn({ domain: { name: "emulator-domain" } }) };
    const { status, code } = await get("/v3/auth/catalog", headers);
    assert.deepEqual([status, code], [403, "IAM.0003"]);
  });
});
