/** The checks of credentials, clock and project, over real HTTP. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import {
  DEFAULT_AGENCY,
  DEFAULT_TEMPORARY_KEY,
  DEFAULT_USER,
  startEmulator,
} from "../../../testkit/emulator";
import { run } from "../support";
import { ACCESS_KEY, at, doctorHarness, NAMED } from "./support";

const MINUTE = 60_000;

const user = {
  HW_USER_NAME: DEFAULT_USER.name,
  HW_USER_PASSWORD: DEFAULT_USER.password,
  HW_DOMAIN_NAME: DEFAULT_USER.domainName,
};

describe("video-analysis doctor: credentials", function () {
  this.timeout(60_000);
  const harness = doctorHarness();

  for (const [title, env, posts] of [
    ["an access key", ACCESS_KEY, 0],
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
      {
        ...ACCESS_KEY,
        HW_AGENCY_NAME: DEFAULT_AGENCY.name,
        HW_AGENCY_DOMAIN_NAME: DEFAULT_AGENCY.domainName,
      },
      1,
    ],
  ] as const) {
    it(`accepts ${title}`, async () => {
      const found = await harness.look(at(harness.emulator), env);
      assert.equal(found.status, 0, found.stdout);
      assert.deepEqual([found.checks.authentication.status, found.checks.project.status], ["ok", "ok"]);
      const sent = harness.emulator.requests.filter(({ method }) => method !== "GET");
      assert.deepEqual(
        sent.map(({ operation }) => operation),
        Array<string>(posts).fill("createToken"),
      );
    });
  }

  it("says that a token has expired, by IAM and by each service", async () => {
    harness.emulator.expireTokens();
    const found = await harness.look(at(harness.emulator), harness.token());
    assert.equal(found.status, 1);
    for (const id of ["authentication", "service-vias", "service-modelarts", "service-iva"] as const) {
      // Without a project no service can be asked: IAM would have named it.
      assert.notEqual(found.checks[id].status, "ok", id);
    }
    const configured = await harness.look(
      [...at(harness.emulator), "--config", `projectId=${harness.emulator.projectId}`],
      harness.token(),
    );
    for (const id of ["authentication", "service-vias", "service-modelarts", "service-iva"] as const) {
      assert.equal(configured.checks[id].status, "failed", id);
      assert.match(configured.checks[id].detail, /401/);
    }
  });

  it("says that a signature is wrong", async () => {
    const found = await harness.look(at(harness.emulator), {
      ...ACCESS_KEY,
      HW_SECRET_KEY: "canary-wrong-key",
    });
    assert.equal(found.status, 1);
    assert.deepEqual(
      [found.checks.credentials.status, found.checks.clock.status, found.checks.authentication.status],
      ["ok", "ok", "failed"],
    );
    assert.match(found.checks.authentication.detail, /APIG/);
    assert.ok(!found.stdout.includes("canary"));
  });

  for (const [minutes, env, status] of [
    [20, ACCESS_KEY, "failed"],
    [-20, ACCESS_KEY, "failed"],
    [20, user, "warning"],
    [3, ACCESS_KEY, "warning"],
    [0, ACCESS_KEY, "ok"],
  ] as const) {
    it(`calls a clock that is ${minutes} min off ${status} for ${env === ACCESS_KEY ? "signatures" : "tokens"}`, async () => {
      const skewed = await startEmulator({ clock: { start: Date.now() + minutes * MINUTE } });
      try {
        const found = await harness.look(at(skewed), env);
        assert.equal(found.checks.clock.status, status, found.checks.clock.detail);
        assert.equal(found.status, status === "failed" ? 1 : 0);
        // The package dates its signatures by the service's clock once it was refused.
        assert.equal(found.checks.authentication.status, "ok");
      } finally {
        await skewed.close();
      }
    });
  }

  it("accepts credentials that IAM lets look at nothing", async () => {
    harness.emulator.inject({ kind: "forbidden", match: { service: "iam" }, times: null });
    const found = await harness.look(
      [...at(harness.emulator), "--config", `projectId=${harness.emulator.projectId}`],
      harness.token(),
    );
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
          const file = path.join(harness.folder, "report.json");
          const args = ["doctor", ...NAMED, ...at(guarded), "--json", file];
          const { stdout, stderr } = await run(args, {
            cwd: harness.folder,
            env: { HOME: harness.folder, ...env },
          });
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
      const found = await harness.look(
        [...at(harness.emulator), ...configured("b".repeat(32))],
        harness.token(),
      );
      assert.equal(found.checks.project.status, "failed");
      assert.match(found.checks.project.detail, new RegExp(harness.emulator.projectId));
      const byName = await harness.look(
        [...at(harness.emulator), "--config", "projectName=eu-de_other"],
        harness.token(),
      );
      assert.equal(byName.checks.project.status, "failed");
    });

    it("should be one that the access key sees", async () => {
      const known = await harness.look([...at(harness.emulator), ...configured("b".repeat(32))], ACCESS_KEY);
      assert.equal(known.checks.project.status, "ok");
      const foreign = await harness.look(
        [...at(harness.emulator), ...configured("c".repeat(32))],
        ACCESS_KEY,
      );
      assert.equal(foreign.checks.project.status, "warning");
    });

    it("is not guessed where no project has the name", async () => {
      const found = await harness.look(
        [...at(harness.emulator), "--config", "projectName=nowhere"],
        ACCESS_KEY,
      );
      assert.equal(found.checks.project.status, "failed");
      assert.equal(found.checks["service-vias"].status, "skipped");
    });
  });
});
