import assert from "node:assert/strict";
import { createHash, createHmac } from "node:crypto";
import { DEFAULT_ACCESS_KEY, DEFAULT_TEMPORARY_KEY, type JsonObject } from "../../testkit/emulator";
import { Caller, EDGE, edgeTask, type Reply } from "./support";

const MINUTE_MS = 60_000;

/** Changes of a test to an otherwise right request. */
interface Twist {
  readonly key?: { accessKey: string; secretKey: string; securityToken?: string };
  readonly scope?: readonly [region: string, service: string];
  readonly skewMs?: number;
  readonly project?: string;
  readonly body?: JsonObject;
  /** Sent in place of the body that was signed. */
  readonly sentBody?: JsonObject;
  readonly unsigned?: readonly string[];
  readonly authorization?: (value: string) => string;
  readonly headers?: Record<string, string>;
}

const hmac = (key: string | Buffer, text: string): Buffer => createHmac("sha256", key).update(text).digest();

describe("emulator: signed requests", () => {
  let caller: Caller;
  before(async () => {
    const projects = [
      { id: "b".repeat(32), name: "eu-de", domainName: "customer" },
      { id: "c".repeat(32), name: "eu-de_sub" },
    ];
    const agencies = [
      { name: "helpers", domainName: "customer" },
      { name: "others", domainName: "customer", trusts: "somebody-else" },
    ];
    caller = await Caller.open({ projects, agencies, iamErrorForm: "flat" });
    caller.headers = {};
  });
  beforeEach(() => caller.emulator.reset());
  after(() => caller.emulator.close());

  /** Signs as the documents say, written apart from both the emulator and the client. */
  async function signed(method: string, url: string, twist: Twist = {}): Promise<Reply> {
    const { key = DEFAULT_ACCESS_KEY, body } = twist;
    const { host, pathname, searchParams } = new URL(url);
    const now = new Date(caller.emulator.clock.now() + (twist.skewMs ?? 0));
    const date = now.toISOString().replace(/[-:]|\.\d+/g, "");
    const headers: Record<string, string> = {
      host,
      "x-sdk-date": date,
      ...(key.securityToken === undefined ? {} : { "x-security-token": key.securityToken }),
      ...(twist.project === undefined ? {} : { "x-project-id": twist.project }),
    };
    const names = Object.keys(headers)
      .filter((name) => twist.unsigned?.includes(name) !== true)
      .sort();
    const query = [...searchParams].map(([name, value]) => `${name}=${encodeURIComponent(value)}`).sort();
    const payload = createHash("sha256")
      .update(body === undefined ? "" : JSON.stringify(body))
      .digest("hex");
    const canonical = [
      method,
      `${pathname}/`,
      query.join("&"),
      ...names.map((name) => `${name}:${headers[name] ?? ""}`),
      "",
      names.join(";"),
      payload,
    ].join("\n");
    const hash = createHash("sha256").update(canonical).digest("hex");
    const steps = [date.slice(0, 8), ...(twist.scope ?? []), "sdk_request"];
    const [identity, signature] =
      twist.scope === undefined
        ? [`Access=${key.accessKey}`, hmac(key.secretKey, `SDK-HMAC-SHA256\n${date}\n${hash}`)]
        : [
            `Credential=${key.accessKey}/${steps.join("/")}`,
            hmac(
              steps.reduce<string | Buffer>((secret, step) => hmac(secret, step), `SDK${key.secretKey}`),
              `SDK-HMAC-SHA256\n${date}\n${steps.join("/")}\n${hash}`,
            ),
          ];
    const value =
      `SDK-HMAC-SHA256 ${identity}, SignedHeaders=${names.join(";")}, ` +
      `Signature=${Buffer.from(signature).toString("hex")}`;
    // The HTTP client sends the host itself.
    const sent = Object.fromEntries(Object.entries(headers).filter(([name]) => name !== "host"));
    return caller.send(method, url, twist.sentBody ?? body, {
      ...sent,
      Authorization: twist.authorization?.(value) ?? value,
      ...twist.headers,
    });
  }

  const tasks = (query = ""): string => caller.tasksUrl(EDGE, query);

  it("are let in with the documented default keys, plain and scoped", async () => {
    assert.deepEqual(caller.emulator.accessKey, DEFAULT_ACCESS_KEY);
    for (const key of [DEFAULT_ACCESS_KEY, DEFAULT_TEMPORARY_KEY]) {
      for (const twist of [
        { key },
        { key, scope: ["eu-de", "modelarts"] },
        { key, scope: ["", ""] },
      ] as const) {
        assert.equal((await signed("GET", tasks("?offset=0&limit=10"), twist)).status, 200);
      }
    }
    const made = await signed("POST", tasks(), { body: edgeTask() });
    assert.equal(made.status, 201);
    assert.equal(caller.emulator.tasks().length, 1);
  });

  it("are refused when key, body, query, day, region or a signed header is another one", async () => {
    const wrong: [string, Twist][] = [
      ["key", { key: { ...DEFAULT_ACCESS_KEY, accessKey: "NOBODYSKEY" } }],
      ["secret", { key: { ...DEFAULT_ACCESS_KEY, secretKey: "wrong" } }],
      ["body", { body: edgeTask("one"), sentBody: edgeTask("two") }],
      ["region", { scope: ["eu-nl", "modelarts"] }],
      [
        "day",
        { scope: ["eu-de", "modelarts"], authorization: (value) => value.replace(/\/\d{8}\//, "/20200101/") },
      ],
      ["project", { project: caller.emulator.projectId, headers: { "x-project-id": "d".repeat(32) } }],
      ["date", { headers: { "x-sdk-date": new Date(caller.emulator.clock.now() + 1000).toISOString() } }],
      ["unsigned date", { unsigned: ["x-sdk-date"] }],
      ["shape", { authorization: (value) => value.replace("Access=", "Acces=") }],
    ];
    for (const [what, twist] of wrong) {
      const { status, code } = await signed(twist.body === undefined ? "GET" : "POST", tasks(), twist);
      assert.deepEqual([status, code], [401, "APIGW.0301"], what);
    }
    assert.equal(caller.emulator.tasks().length, 0);
  });

  it("may leave out the host, and a security token that was added later, unless all is to be signed", async () => {
    const twists: Twist[] = [
      { unsigned: ["host"] },
      { key: DEFAULT_TEMPORARY_KEY, unsigned: ["host", "x-security-token"] },
      { key: DEFAULT_TEMPORARY_KEY, scope: ["", ""], unsigned: ["x-security-token", "x-project-id"] },
    ];
    for (const twist of twists) {
      caller.emulator.reset();
      assert.equal((await signed("GET", tasks("?offset=0&limit=1"), twist)).status, 200);
      caller.emulator.configure({ unsignedHeaders: "refuse" });
      const { status, code } = await signed("GET", tasks("?offset=0&limit=1"), twist);
      assert.deepEqual([status, code], [401, "APIGW.0301"]);
    }
    assert.equal((await signed("GET", tasks(), { key: DEFAULT_TEMPORARY_KEY })).status, 200);
  });

  it("of temporary keys need the security token; those of others have none", async () => {
    const { accessKey, secretKey, securityToken } = DEFAULT_TEMPORARY_KEY;
    const wrong: Twist[] = [
      { key: { accessKey, secretKey } },
      { key: { accessKey, secretKey, securityToken: "other" } },
      { key: { ...DEFAULT_ACCESS_KEY, securityToken } },
    ];
    for (const twist of wrong) {
      const { status, code } = await signed("GET", tasks(), twist);
      assert.deepEqual([status, code], [401, "APIGW.0301"]);
    }
  });

  it("may be 15 minutes off, in both directions, and no more", async () => {
    for (const [sign, time] of [
      [-1, "20241231T234459Z"],
      [1, "20250101T001501Z"],
    ] as const) {
      assert.equal((await signed("GET", tasks(), { skewMs: sign * 15 * MINUTE_MS })).status, 200);
      const late = await signed("GET", tasks(), { skewMs: sign * (15 * MINUTE_MS + 1000) });
      assert.deepEqual([late.status, late.code], [401, "APIGW.0301"]);
      assert.ok(
        late.message.endsWith(`signature expired, signature time: ${time}, server time: 20250101T000000Z`),
        late.message,
      );
    }
  });

  it("count in every project of the key's account, in no other, and for the project that they name", async () => {
    const url = (project: string): string => tasks().replace(caller.emulator.projectId, project);
    const statuses: [string, Twist, number][] = [
      [url("c".repeat(32)), { project: "c".repeat(32) }, 404],
      [url("b".repeat(32)), {}, 403],
      [url("c".repeat(32)), { project: caller.emulator.projectId }, 403],
    ];
    for (const [where, twist, status] of statuses)
      assert.equal((await signed("GET", where, twist)).status, status);
  });

  it("list the projects of the key's account", async () => {
    const { status, json } = await signed("GET", `${caller.emulator.endpoints.iam}/v3/projects?name=eu-de`);
    assert.equal(status, 200);
    assert.deepEqual(
      (json["projects"] as { id: string }[]).map(({ id }) => id),
      [caller.emulator.projectId],
    );
  });

  describe("and agencies", () => {
    const body = (name: string, domain: JsonObject = { domain_name: "customer" }): JsonObject => ({
      auth: {
        identity: { methods: ["assume_role"], assume_role: { agency_name: name, ...domain } },
        scope: { project: { name: "eu-de" } },
      },
    });

    it("give a token for the project of the account that created them, to a signature or a token", async () => {
      const replies = [
        await signed("POST", caller.tokenUrl(), { body: body("helpers") }),
        await caller.send("POST", caller.tokenUrl(), body("helpers"), {
          "X-Auth-Token": caller.emulator.token,
        }),
      ];
      for (const { status, headers, json } of replies) {
        assert.equal(status, 201);
        assert.equal(((json["token"] as JsonObject)["project"] as JsonObject)["id"], "b".repeat(32));
        const token = { "X-Auth-Token": headers.get("x-subject-token") ?? "" };
        const own = await caller.send("GET", tasks(), undefined, token);
        assert.deepEqual([own.status, own.code], [403, "ModelArts.0210"]);
        const theirs = await caller.send(
          "GET",
          tasks().replace(caller.emulator.projectId, "b".repeat(32)),
          undefined,
          token,
        );
        assert.deepEqual([theirs.status, theirs.code], [404, "ModelArts.3502"]);
      }
    });

    it("are refused to strangers, to nobody, and where they do not exist", async () => {
      const post = (name: string, twist: Twist = {}): Promise<Reply> =>
        signed("POST", caller.tokenUrl(), { body: body(name), ...twist });
      const codes = [
        await post("others"),
        await post("nowhere"),
        await post("helpers", { body: body("helpers", { domain_name: "unknown" }) }),
        await post("helpers", { key: { ...DEFAULT_ACCESS_KEY, secretKey: "wrong" } }),
        await caller.send("POST", caller.tokenUrl(), body("helpers")),
        await caller.send("POST", caller.tokenUrl(), body("helpers"), { "X-Auth-Token": "bad" }),
      ].map(({ status, code }) => `${status} ${code}`);
      assert.deepEqual(codes, [
        "403 IAM.0003",
        "404 IAM.0004",
        "404 IAM.0004",
        "401 APIGW.0301",
        "401 IAM.0001",
        "401 IAM.0067",
      ]);
    });
  });
});
