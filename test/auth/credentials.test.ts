import assert from "node:assert/strict";
import fc from "fast-check";
import { environmentSources } from "../../provider/services/auth/configuration";
import { type ConfigurationKey } from "../../provider/services/configuration";
import { resolveSettings } from "../../provider/services/auth/settings";
import { explicit, stack } from "./support";

const HW_USER = { HW_USER_NAME: "u", HW_USER_PASSWORD: "p", HW_DOMAIN_NAME: "d" };

function isConfigurationError(error: unknown): error is Error & { code: string } {
  return error instanceof Error && "code" in error && error.code === "CONFIGURATION";
}

describe("credentials", () => {
  it("are the bundle of the first source that has any", () => {
    const env = { ...HW_USER, OS_TOKEN: "os-token" };
    const sources = environmentSources(env);
    const fromStack = resolveSettings([stack({ token: "t" }), ...sources], env).credentials;
    assert.deepEqual(fromStack, {
      kind: "token",
      token: "t",
      source: "the stack configuration: video-analysis:token",
    });
    const { credentials } = resolveSettings([stack({ region: "eu-de" }), ...sources], env);
    assert.deepEqual(credentials, {
      kind: "password",
      userName: "u",
      password: "p",
      domain: { name: "d" },
      source: "the environment (HW_*): HW_USER_NAME, HW_USER_PASSWORD, HW_DOMAIN_NAME",
    });
  });

  it("are read in OpenStack's spelling, the domain by id before its name", () => {
    const env = {
      OS_USERNAME: "u",
      OS_PASSWORD: " p ",
      OS_USER_DOMAIN_NAME: "name",
      OS_USER_DOMAIN_ID: "id",
    };
    const { credentials } = resolveSettings(environmentSources(env), env);
    assert.ok(credentials?.kind === "password");
    assert.deepEqual([credentials.password, credentials.domain], [" p ", { id: "id" }]);
  });

  it("of the environment come first when VIDEO_ANALYSIS_CREDENTIALS says so, other settings do not", () => {
    const env = { ...HW_USER, HW_REGION_NAME: "eu-nl", VIDEO_ANALYSIS_CREDENTIALS: "env" };
    const sources = [explicit({ token: "stale", region: "eu-de" }), ...environmentSources(env)];
    const settings = resolveSettings(sources, env);
    assert.equal(settings.credentials?.kind, "password");
    assert.equal(settings.region, "eu-de");
    const withoutAny = { VIDEO_ANALYSIS_CREDENTIALS: "env" };
    assert.equal(resolveSettings([stack({ token: "t" })], withoutAny).credentials?.kind, "token");
    assert.throws(() => resolveSettings([], { VIDEO_ANALYSIS_CREDENTIALS: "yes" }), isConfigurationError);
  });

  const halves: readonly (readonly [Readonly<Record<string, string>>, string, string])[] = [
    [{ HW_USER_NAME: "u" }, "HW_USER_NAME", "HW_USER_PASSWORD"],
    [{ HW_USER_NAME: "u", HW_USER_PASSWORD: "canary" }, "HW_USER_PASSWORD", "HW_DOMAIN_NAME or HW_DOMAIN_ID"],
    [{ OS_PASSWORD: "canary", OS_USER_DOMAIN_ID: "d" }, "OS_PASSWORD", "OS_USERNAME"],
    [
      { HW_USER_NAME: "u", OS_PASSWORD: "canary", OS_USER_DOMAIN_ID: "d" },
      "HW_USER_NAME",
      "HW_USER_PASSWORD",
    ],
  ];
  for (const [env, found, missing] of halves) {
    it(`that are half a bundle (${Object.keys(env).join(", ")}) name what is found and missing`, () => {
      assert.throws(
        () => resolveSettings(environmentSources(env), env),
        (error) =>
          isConfigurationError(error) &&
          error.message.includes(found) &&
          error.message.includes(missing) &&
          !error.message.includes("canary"),
      );
    });
  }

  it("may be an access key, with a security token where it is a temporary one", () => {
    const env = { HW_ACCESS_KEY: "AK", HW_SECRET_KEY: "SK", OS_SECURITY_TOKEN: "other" };
    const { credentials } = resolveSettings(environmentSources(env), env);
    assert.deepEqual(credentials, {
      kind: "accessKey",
      accessKey: "AK",
      secretKey: "SK",
      source: "the environment (HW_*): HW_ACCESS_KEY, HW_SECRET_KEY",
    });
    const temporary = resolveSettings(
      [stack({ accessKey: "AK", secretKey: "SK", securityToken: "ST" })],
      {},
    ).credentials;
    assert.ok(temporary?.kind === "accessKey");
    assert.equal(temporary.securityToken, "ST");
  });

  it("may be an agency with any of the other kinds, from the same source", () => {
    const agency = { agencyName: "a", agencyDomainName: "d2" };
    const bases: Parameters<typeof stack>[0][] = [
      { token: "t" },
      { accessKey: "AK", secretKey: "SK" },
      { userName: "u", password: "p", domainName: "d" },
    ];
    for (const base of bases) {
      const { credentials } = resolveSettings([stack({ ...base, ...agency })], {});
      assert.ok(credentials?.kind === "agency");
      assert.equal(credentials.agencyDomainName, "d2");
      const [first = ""] = Object.keys(base);
      assert.ok(credentials.base.source.includes(first));
    }
  });

  it("may be an agency of an account that is given by its id", () => {
    const env = {
      HW_AUTH_TOKEN: "t",
      HW_ASSUME_ROLE_AGENCY_NAME: "a",
      HW_ASSUME_ROLE_DOMAIN_ID: "d2-id",
    };
    const { credentials } = resolveSettings(environmentSources(env), env);
    assert.ok(credentials?.kind === "agency");
    assert.deepEqual([credentials.agencyName, credentials.agencyDomainId], ["a", "d2-id"]);
    assert.match(credentials.source, /HW_ASSUME_ROLE_DOMAIN_ID/);
  });

  it("with an agency need both its names, and credentials beside them", () => {
    for (const [values, missing] of [
      [{ token: "canary", agencyName: "a" }, "video-analysis:agencyDomainName"],
      [{ token: "canary", agencyDomainName: "a" }, "video-analysis:agencyName"],
      [{ agencyName: "a", agencyDomainName: "d" }, "HW_USER_PASSWORD"],
    ] as const) {
      assert.throws(
        () => resolveSettings([stack(values), ...environmentSources(HW_USER)], {}),
        (error) =>
          isConfigurationError(error) && error.message.includes(missing) && !error.message.includes("canary"),
      );
    }
  });

  it("say where the other half is, which is not used", () => {
    const env = { HW_SECRET_KEY: "canary" };
    assert.throws(
      () => resolveSettings([stack({ accessKey: "AK" }), ...environmentSources(env)], env),
      (error) =>
        isConfigurationError(error) &&
        /found the stack configuration: video-analysis:accessKey; missing there: video-analysis:secretKey/.test(
          error.message,
        ) &&
        error.message.includes("the environment (HW_*): HW_SECRET_KEY") &&
        !error.message.includes("canary"),
    );
  });

  it("may be a token with spaces around it, but not with any inside", () => {
    const { credentials } = resolveSettings([stack({ token: " abc\n" })], {});
    assert.ok(credentials?.kind === "token");
    assert.equal(credentials.token, "abc");
    for (const token of ["a b", "a\nb", "é"]) {
      assert.throws(() => resolveSettings([stack({ token })], {}), isConfigurationError);
    }
  });

  it("never mix sources", () => {
    const keys = [
      ...["token", "userName", "password", "domainName", "domainId", "agencyName", "agencyDomainName"],
      ...["accessKey", "secretKey", "securityToken"],
    ] as const;
    const values = (mark: string): fc.Arbitrary<Partial<Record<ConfigurationKey, string>>> =>
      fc
        .subarray([...keys])
        .map((chosen) => Object.fromEntries(chosen.map((key) => [key, `${mark}-${key}`])));
    fc.assert(
      fc.property(values("one"), values("two"), (one, two) => {
        try {
          const { credentials } = resolveSettings([explicit(one), stack(two)], {});
          const text = JSON.stringify(credentials ?? {});
          assert.ok(!(text.includes("one-") && text.includes("two-")));
        } catch (error) {
          assert.ok(isConfigurationError(error));
        }
      }),
    );
  });
});
