/** The verdicts of the checks, over all findings. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { judgeAccount } from "../../../cli/commands/doctor/checks/authentication";
import { judgeClock } from "../../../cli/commands/doctor/checks/clock";
import { judgeCredentials } from "../../../cli/commands/doctor/checks/credentials";
import { judgeEndpoint } from "../../../cli/commands/doctor/checks/endpoints";
import { judgeNode } from "../../../cli/commands/doctor/checks/node";
import { judgeCli } from "../../../cli/commands/doctor/checks/pulumi-cli";
import { judgeSdk } from "../../../cli/commands/doctor/checks/sdk";
import { combined } from "../../../cli/commands/doctor/checks/services";
import { compareVersions, fits, parseVersion } from "../../../cli/commands/doctor/context/version";
import { environmentSources } from "../../../provider/services/auth/configuration";

const number = fc.nat({ max: 9999 });
const numbers = fc.tuple(number, number, number);
const spelled = fc
  .tuple(
    numbers,
    fc.constantFrom("", "v"),
    fc.constantFrom("", "-alpha.1", "-dev"),
    fc.constantFrom("", "+g1"),
  )
  .map(([parts, v, prerelease, build]) => `${v}${parts.join(".")}${prerelease}${build}`);

describe("versions", () => {
  it("are read from any text, or not", () => {
    fc.assert(fc.property(fc.string(), (text) => void parseVersion(text)));
    fc.assert(
      fc.property(numbers, (parts) => {
        assert.deepEqual(parseVersion(parts.join("."))?.parts, parts);
      }),
    );
    for (const text of ["", "3", "3.x", "three", "3.1.2.4", "-1.2.3"])
      assert.equal(parseVersion(text), undefined);
  });

  it("are in one order, whichever is asked", () => {
    const version = spelled.map((text) => parseVersion(text)!);
    fc.assert(
      fc.property(version, version, version, (a, b, c) => {
        assert.equal(Math.sign(compareVersions(a, b)) + Math.sign(compareVersions(b, a)), 0);
        if (compareVersions(a, b) <= 0 && compareVersions(b, c) <= 0) assert.ok(compareVersions(a, c) <= 0);
      }),
    );
  });

  it("fit between the lowest and the end, which does not", () => {
    fc.assert(
      fc.property(numbers, (parts) => {
        const [major] = parts;
        assert.equal(fits(parts.join("."), "3.216.0", "4.0.0"), major === 3 && parts[1] >= 216);
      }),
    );
    assert.deepEqual(
      ["3.216.0-alpha", "3.216.0", "v3.999.9", "4.0.0-beta", "4.0.0", "x"].map((text) =>
        fits(text, "3.216.0", "4.0.0"),
      ),
      [false, true, true, false, false, false],
    );
  });
});

describe("judgements of versions", () => {
  const node = (version: string, more = {}): string =>
    judgeNode({ ...process.versions, node: version, ...more }).status;

  it("follow the requirements of the package", () => {
    assert.deepEqual(
      ["20.18.0", "20.18.1", "22.0.0"].map((version) => node(version)),
      ["failed", "ok", "ok"],
    );
    assert.equal(node("24.0.0", { bun: "1.2.0" }), "failed");
    assert.deepEqual(
      (
        [
          ["3.215.9", "22.1.0"],
          ["3.248.0", "20.18.1"],
          ["3.249.0", "20.18.1"],
          ["3.268.0", "22.1.0"],
          ["4.0.0", "22.1.0"],
          [undefined, "22.1.0"],
        ] as const
      ).map(([sdk, version]) => judgeSdk(sdk, version).status),
      ["failed", "ok", "warning", "ok", "failed", "failed"],
    );
    assert.deepEqual(
      [undefined, "3.215.0", "v3.216.0", "3.254.0"].map((version) => judgeCli(version).status),
      ["warning", "failed", "warning", "ok"],
    );
  });
});

describe("judgements of services", () => {
  it("call a clock wrong by how far it is off, whichever way", () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e8, max: 1e8 }), fc.boolean(), (ms, signs) => {
        const { status } = judgeClock(ms, signs);
        const size = Math.abs(ms);
        const expected = size <= 60_000 ? "ok" : size > 900_000 && signs ? "failed" : "warning";
        assert.equal(status, expected);
        assert.equal(judgeClock(-ms, signs).status, status);
      }),
    );
  });

  it("call an endpoint slow, or answered by something in between", () => {
    const url = "https://modelarts.example.com";
    const answer = (status: number, latencyMs: number) =>
      judgeEndpoint({ url }, { reached: true, status, latencyMs }).status;
    assert.deepEqual(
      [404, 401, 300, 302, 503].map((status) => answer(status, 100)),
      ["ok", "ok", "ok", "warning", "warning"],
    );
    assert.equal(answer(200, 5000), "warning");
    assert.equal(answer(200, 100), "ok");
    const lost = judgeEndpoint({ url }, { reached: false, timedOut: true, reason: "no answer" });
    assert.equal(lost.status, "failed");
    assert.equal(judgeEndpoint({ unknown: "not offered" }, undefined).status, "skipped");
  });

  it("call a token that is for no project useless, and one that ends soon worth a warning", () => {
    const project = { id: "p", name: "eu-de" };
    const now = Date.UTC(2026, 0, 1);
    assert.deepEqual(
      [
        judgeAccount({ expiresAt: now + 86_400_000 }, now),
        judgeAccount({ expiresAt: now + 86_400_000, project }, now),
        judgeAccount({ expiresAt: now + 60_000, project }, now),
        judgeAccount({ project }, now),
        judgeAccount({ projects: [] }, now),
      ].map(({ status }) => status),
      ["failed", "ok", "warning", "ok", "ok"],
    );
  });

  it("are as bad as the worst of several", () => {
    const status = fc.constantFrom("ok", "warning", "failed", "skipped");
    fc.assert(
      fc.property(fc.array(status, { minLength: 1 }), (statuses) => {
        const worst = combined(statuses.map((each) => ({ status: each, detail: each }))).status;
        assert.ok(statuses.includes(worst));
        assert.equal(worst === "failed", statuses.includes("failed"));
      }),
    );
  });
});

describe("what is told of credentials", () => {
  /** A secret that is no part of any sentence. */
  const secret = fc.stringMatching(/^[A-Za-z0-9+/=_-]{8,40}$/).map((text) => `canary-${text}`);
  const variables = [
    ["HW_ACCESS_KEY", "HW_SECRET_KEY", "HW_SECURITY_TOKEN", "HW_AUTH_TOKEN", "HW_USER_PASSWORD"],
    ["OS_ACCESS_KEY", "OS_SECRET_KEY", "OS_SECURITY_TOKEN", "OS_TOKEN", "OS_PASSWORD"],
  ].flat();
  const named = { HW_USER_NAME: "operator", HW_DOMAIN_NAME: "site", OS_USERNAME: "other" };

  it("has no secret in it, whatever is there and whatever is missing", () => {
    const some = fc.array(fc.tuple(fc.constantFrom(...variables, ...Object.keys(named)), secret));
    fc.assert(
      fc.property(some, (entries) => {
        const given = entries.map(([name, value]) => [
          name,
          name in named ? named[name as "HW_USER_NAME"] : value,
        ]);
        // A home without files: those of the user who runs this must not count.
        const env = { ...Object.fromEntries(given), HOME: "/nowhere" } as Record<string, string>;
        const text = JSON.stringify(judgeCredentials(environmentSources(env), env));
        assert.ok(!text.includes("canary"), text);
      }),
    );
  });
});
