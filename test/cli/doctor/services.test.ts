/** The checks that ask somebody, over real HTTP. */
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { CHECK_IDS } from "../../../cli/commands/doctor/report/schema";
import {
  DEFAULT_ACCESS_KEY,
  DEFAULT_AGENCY,
  DEFAULT_EDGE_SERVICE,
  DEFAULT_TEMPORARY_KEY,
  DEFAULT_USER,
  DEFAULT_VAS_SERVICE,
  type Emulator,
  startEmulator,
} from "../../../testkit/emulator";
import { run } from "../support";
import { at, diagnose, type Diagnosed } from "./support";

const MINUTE = 60_000;
/** A port that nobody listens on: of TCP's own multiplexer service, long out of use. */
const CLOSED = "http://127.0.0.1:1";

const NAMED = ["--service", DEFAULT_EDGE_SERVICE.id, "--service-name", DEFAULT_VAS_SERVICE.name];
const ONLINE = CHECK_IDS.slice(CHECK_IDS.indexOf("settings"));

const keys = {
  HW_ACCESS_KEY: DEFAULT_ACCESS_KEY.accessKey,
  HW_SECRET_KEY: DEFAULT_ACCESS_KEY.secretKey,
};
const user = {
  HW_USER_NAME: DEFAULT_USER.name,
  HW_USER_PASSWORD: DEFAULT_USER.password,
  HW_DOMAIN_NAME: DEFAULT_USER.domainName,
};

describe("video-analysis doctor: services", function () {
  this.timeout(60_000);
  let emulator: Emulator;
  let folder: string;
  before(async () => {
    emulator = await startEmulator({ projects: [{ id: "b".repeat(32), name: "eu-de_other" }] });
    folder = mkdtempSync(path.join(tmpdir(), "video-analysis-doctor-"));
  });
  beforeEach(() => emulator.reset());
  after(async () => {
    await emulator.close();
    rmSync(folder, { recursive: true });
  });

  /** In an empty directory, as somebody without files of other tools. */
  const look = (args: readonly string[], env: Record<string, string>): Promise<Diagnosed> =>
    diagnose([...NAMED, ...args], { cwd: folder, env: { HOME: folder, XDG_CONFIG_HOME: folder, ...env } });
  const token = (): Record<string, string> => ({ HW_AUTH_TOKEN: emulator.token });

  it("finds everything in order, in the order of the ids, and sends nothing but reads", async () => {
    const found = await look(at(emulator), token());
    assert.equal(found.status, 0, found.stdout);
    assert.deepEqual(Object.keys(found.checks), [...CHECK_IDS]);
    assert.deepEqual(
      ONLINE.filter((id) => found.checks[id].status !== "ok"),
      [],
    );
    assert.deepEqual([...new Set(emulator.requests.map(({ method }) => method))], ["GET"]);
    assert.deepEqual([emulator.tasks(), emulator.batches()], [[], []]);
  });

  for (const [title, env, posts] of [
    ["an access key", keys, 0],
    [
      "a temporary access key",
      {
        HW_ACCESS_KEY: DEFAULT_TEMPORARY_KEY.accessKey,
        HW_SECRET_KEY: DEFAULT_TEMPORARY_KEY.secretKey,
        HW_SECURITY_TOKEN: DEFAULT_TEMPORARY_KEY.securityToken,
      },
      0,
    ],
    ["a user, for whom one token is issued", user, 1],
    [
      "an agency",
      { ...keys, HW_AGENCY_NAME: DEFAULT_AGENCY.name, HW_AGENCY_DOMAIN_NAME: DEFAULT_AGENCY.domainName },
      1,
    ],
  ] as const) {
    it(`accepts ${title}`, async () => {
      const found = await look(at(emulator), env);
      assert.equal(found.status, 0, found.stdout);
      assert.deepEqual([found.checks.authentication.status, found.checks.project.status], ["ok", "ok"]);
      const sent = emulator.requests.filter(({ method }) => method !== "GET");
      assert.deepEqual(
        sent.map(({ operation }) => operation),
        Array<string>(posts).fill("createToken"),
      );
    });
  }

  it("tells that a token has expired, by IAM and by each service", async () => {
    emulator.expireTokens();
    const found = await look(at(emulator), token());
    assert.equal(found.status, 1);
    for (const id of ["authentication", "service-vias", "service-modelarts", "service-iva"] as const) {
      // Without a project nobody can ask the services: IAM would have named it.
      assert.notEqual(found.checks[id].status, "ok", id);
    }
    const configured = await look([...at(emulator), "--config", `projectId=${emulator.projectId}`], token());
    for (const id of ["authentication", "service-vias", "service-modelarts", "service-iva"] as const) {
      assert.equal(configured.checks[id].status, "failed", id);
      assert.match(configured.checks[id].detail, /401/);
    }
  });

  it("tells that a signature is wrong", async () => {
    const found = await look(at(emulator), { ...keys, HW_SECRET_KEY: "canary-wrong-key" });
    assert.equal(found.status, 1);
    assert.deepEqual(
      [found.checks.credentials.status, found.checks.clock.status, found.checks.authentication.status],
      ["ok", "ok", "failed"],
    );
    assert.match(found.checks.authentication.detail, /APIG/);
    assert.ok(!found.stdout.includes("canary"));
  });

  for (const [minutes, env, status] of [
    [20, keys, "failed"],
    [-20, keys, "failed"],
    [20, user, "warning"],
    [3, keys, "warning"],
    [0, keys, "ok"],
  ] as const) {
    it(`calls a clock that is ${minutes} min off ${status} for ${env === keys ? "signatures" : "tokens"}`, async () => {
      const skewed = await startEmulator({ clock: { start: Date.now() + minutes * MINUTE } });
      try {
        const found = await look(at(skewed), env);
        assert.equal(found.checks.clock.status, status, found.checks.clock.detail);
        assert.equal(found.status, status === "failed" ? 1 : 0);
        // The package dates its signatures by the service's clock once it was refused.
        assert.equal(found.checks.authentication.status, "ok");
      } finally {
        await skewed.close();
      }
    });
  }

  it("tells which endpoint nobody listens at, and asks the others all the same", async () => {
    const found = await look(at(emulator, { vias: CLOSED }), token());
    assert.equal(found.status, 1);
    assert.deepEqual(found.with("failed"), ["endpoint-vias", "service-vias"]);
  });

  it("tells a service that the gateway does not know", async () => {
    emulator.inject({ kind: "notPublished", match: { operation: "listServiceTasks" } });
    const found = await look(at(emulator), token());
    assert.deepEqual(found.with("failed"), ["service-modelarts"]);
    assert.match(found.checks["service-modelarts"].detail, /APIG\.0101/);
  });

  it("tells a service that is missing, whose neighbour is there", async () => {
    const found = await look([...at(emulator), "--service", "no-such-service"], token());
    assert.deepEqual(found.with("failed"), ["service-modelarts"]);
    assert.match(found.checks["service-modelarts"].detail, new RegExp(`${DEFAULT_EDGE_SERVICE.id}: 0 tasks`));
  });

  it("only warns of a service that throttles, though it asks for an hour", async () => {
    emulator.inject({ kind: "throttle", retryAfter: 3600, match: { operation: "listBatchTasks" } });
    const found = await look(at(emulator), token());
    assert.equal(found.status, 0, found.stdout);
    assert.equal(found.checks["service-vias"].status, "warning");
    assert.deepEqual(
      [found.checks["service-modelarts"].status, found.checks["service-iva"].status],
      ["ok", "ok"],
    );
  });

  it("waits for no answer longer than it was told", async () => {
    emulator.inject({ kind: "hang", match: { operation: "listBatchTasks" }, times: null });
    emulator.inject({ kind: "hang", match: { operation: "showToken" }, times: null });
    const found = await look([...at(emulator), "--timeout", "1"], token());
    assert.deepEqual(found.with("failed"), ["authentication", "service-vias"]);
    assert.match(found.checks["service-vias"].detail, /1 s/);
  });

  it("takes a 5xx of a service for a failure, and quotes it", async () => {
    emulator.inject({
      kind: "status",
      status: 503,
      message: "under repair",
      match: { operation: "listBatchTasks" },
    });
    const found = await look(at(emulator), token());
    assert.deepEqual(found.with("failed"), ["service-vias"]);
    assert.match(found.checks["service-vias"].detail, /503.*under repair/);
  });

  it("accepts credentials that IAM lets look at nothing", async () => {
    emulator.inject({ kind: "forbidden", match: { service: "iam" }, times: null });
    const found = await look([...at(emulator), "--config", `projectId=${emulator.projectId}`], token());
    assert.equal(found.status, 0, found.stdout);
    assert.deepEqual([found.checks.authentication.status, found.checks.project.status], ["ok", "skipped"]);
  });

  it("says no secret, in order or not, as text and as JSON, though services repeat them", async () => {
    const secrets = {
      accessKey: "CANARYACCESSKEY00001",
      secretKey: "canary-secret-key",
      securityToken: "canary-security-token",
    };
    const guarded = await startEmulator({
      tokens: ["canary-token"],
      accessKeys: [secrets],
      users: [{ name: "operator", password: "canary-password", domainName: "site" }],
    });
    try {
      const environments = [
        { HW_AUTH_TOKEN: "canary-token", OS_PASSWORD: "canary-unused", OS_USERNAME: "other" },
        {
          HW_ACCESS_KEY: secrets.accessKey,
          HW_SECRET_KEY: secrets.secretKey,
          HW_SECURITY_TOKEN: secrets.securityToken,
        },
        { HW_USER_NAME: "operator", HW_USER_PASSWORD: "canary-password", HW_DOMAIN_NAME: "site" },
        { HW_AUTH_TOKEN: "canary-wrong-token" },
      ];
      const echo = [...Object.values(secrets), "canary-token", "canary-password", "canary-wrong-token"].join(
        " ",
      );
      for (const broken of [false, true]) {
        if (broken) guarded.inject({ kind: "status", status: 400, message: `refused: ${echo}`, times: null });
        for (const env of environments) {
          const file = path.join(folder, "report.json");
          const args = ["doctor", ...NAMED, ...at(guarded), "--json", file];
          const { stdout, stderr } = await run(args, { cwd: folder, env: { HOME: folder, ...env } });
          const said = [stdout, stderr, readFileSync(file, "utf8")].join("\n");
          // Of the secrets that a service repeats, only those that were given can be known.
          for (const secret of Object.values(env).filter((value) => /canary/i.test(value))) {
            assert.ok(!said.includes(secret), `${secret} in ${said}`);
          }
        }
      }
    } finally {
      await guarded.close();
    }
  });

  describe("the project", () => {
    const configured = (id: string): string[] => ["--config", `projectId=${id}`];

    it("has to be that of the token", async () => {
      const found = await look([...at(emulator), ...configured("b".repeat(32))], token());
      assert.equal(found.checks.project.status, "failed");
      assert.match(found.checks.project.detail, new RegExp(emulator.projectId));
      const byName = await look([...at(emulator), "--config", "projectName=eu-de_other"], token());
      assert.equal(byName.checks.project.status, "failed");
    });

    it("should be one that the access key sees", async () => {
      const known = await look([...at(emulator), ...configured("b".repeat(32))], keys);
      assert.equal(known.checks.project.status, "ok");
      const foreign = await look([...at(emulator), ...configured("c".repeat(32))], keys);
      assert.equal(foreign.checks.project.status, "warning");
    });

    it("is not guessed where no project has the name", async () => {
      const found = await look([...at(emulator), "--config", "projectName=nowhere"], keys);
      assert.equal(found.checks.project.status, "failed");
      assert.equal(found.checks["service-vias"].status, "skipped");
    });
  });

  it("lists the ModelArts services where none is named, with one call, and skips VAS, which has no such list", async () => {
    const env = { HOME: folder, ...token() };
    const found = await diagnose(at(emulator), { cwd: folder, env });
    assert.equal(found.status, 0, found.stdout);
    assert.deepEqual(
      [found.checks["service-modelarts"].status, found.checks["service-iva"].status],
      ["ok", "skipped"],
    );
    const [list, ...others] = emulator.calls({ service: "modelarts", operation: "listServices" });
    assert.deepEqual([list?.query["limit"], others], ["1", []]);
    assert.deepEqual([...new Set(emulator.requests.map(({ method }) => method))], ["GET"]);
    emulator.inject({ kind: "forbidden", match: { operation: "listServices" } });
    const refused = await diagnose(at(emulator), { cwd: folder, env });
    assert.deepEqual(refused.with("failed"), ["service-modelarts"]);
  });

  it("does not ask for what a cloud does not offer", async () => {
    const { modelarts, iam } = emulator.endpoints;
    const args = ["--config", "region=eu-de", "--config", `endpoints=${JSON.stringify({ modelarts, iam })}`];
    const found = await diagnose(args, { cwd: folder, env: { HOME: folder, ...token() } });
    assert.equal(found.status, 0, found.stdout);
    for (const id of ["endpoint-vias", "endpoint-iva", "service-vias", "service-iva"] as const) {
      assert.equal(found.checks[id].status, "skipped", id);
    }
    assert.equal(found.checks["service-modelarts"].status, "ok");
  });
});
