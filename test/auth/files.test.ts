import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { decodeText } from "../../provider/services/auth/files";
import { environmentSources } from "../../provider/services/auth/configuration";
import { resolveSettings, type Settings } from "../../provider/services/auth/settings";
import { stack } from "./support";

type Environment = Readonly<Record<string, string>>;

describe("settings from files", () => {
  let home: string;
  beforeEach(() => {
    home = mkdtempSync(path.join(tmpdir(), "video-analysis-files-"));
  });
  afterEach(() => rmSync(home, { recursive: true }));

  function write(name: string, content: unknown): string {
    const file = path.join(home, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
    return file;
  }
  const settings = (values: Parameters<typeof stack>[0] = {}, env: Environment = {}): Settings => {
    const all = { HOME: home, ...env };
    return resolveSettings([stack(values), ...environmentSources(all)], all);
  };
  const failure = (values: Parameters<typeof stack>[0], env: Environment = {}): string => {
    try {
      settings(values, env);
    } catch (error) {
      assert.ok(error instanceof Error && "code" in error && error.code === "CONFIGURATION");
      assert.doesNotMatch(error.message, /canary/);
      return error.message;
    }
    throw new Error("the settings were accepted");
  };

  it("begin at the program's directory and at ~, wherever the process runs", () => {
    const ca = (values: Parameters<typeof stack>[0], env: Environment = {}): (string | undefined)[] => {
      const all = { HOME: home, ...env };
      const { caCertFile, caCertSource } = resolveSettings(
        [stack(values), ...environmentSources(all)],
        all,
        path.join(home, "program"),
      );
      return [caCertFile, caCertSource];
    };
    const inStack = "video-analysis:caCertFile in the stack configuration";
    assert.deepEqual(ca({ caCertFile: "ca.pem" }), [path.join(home, "program/ca.pem"), inStack]);
    assert.deepEqual(ca({ caCertFile: "~/ca.pem" }), [path.join(home, "ca.pem"), inStack]);
    assert.deepEqual(ca({ caCertFile: "/ca.pem" }), ["/ca.pem", inStack]);
    assert.deepEqual(ca({ caCertFile: "~other/ca.pem" }), [
      path.join(home, "program/~other/ca.pem"),
      inStack,
    ]);
    assert.deepEqual(ca({}, { OS_CACERT: "../ca.pem" }), [
      path.join(home, "ca.pem"),
      "OS_CACERT in the environment (OS_*)",
    ]);
    const file = write("program/clouds.yaml", cloud(USER, "cacert: ~/ca.pem"));
    assert.deepEqual(ca({ cloudName: "one" }), [
      path.join(home, "ca.pem"),
      `cacert in the cloud "one" in ${file}`,
    ]);
    for (const OS_CLIENT_CONFIG_FILE of ["~/named.yaml", "../named.yaml"]) {
      const named = write("named.yaml", cloud(USER, "cacert: named.pem"));
      assert.deepEqual(ca({}, { OS_CLIENT_CONFIG_FILE, OS_CLOUD: "one" }), [
        path.join(home, "program/named.pem"),
        `cacert in the cloud "one" in ${named}`,
      ]);
    }
    write("hcloud.json", {
      current: "p",
      profiles: [{ name: "p", mode: "AKSK", accessKeyId: "A", secretAccessKey: "S", region: "eu-de" }],
    });
    const env = { HOME: home, HW_SHARED_CONFIG_FILE: "~/hcloud.json" };
    assert.equal(resolveSettings(environmentSources(env), env, "/").credentials?.kind, "accessKey");
  });

  it("are read as PowerShell writes them too", () => {
    const text = cloud(USER, "region_name: eu-nl");
    const big = Buffer.from(`\ufeff${text}`, "utf16le").swap16();
    const forms = [Buffer.from(`\ufeff${text}`), Buffer.from(`\ufeff${text}`, "utf16le"), big];
    for (const bytes of [...forms, Buffer.from(text, "utf16le"), Buffer.from(text)]) {
      write(CLOUDS, "");
      writeFileSync(path.join(home, CLOUDS), bytes);
      assert.equal(settings({ cloudName: "one" }).region, "eu-nl");
    }
    for (const odd of ["", "a", "\u00e9"]) assert.equal(decodeText(Buffer.from(odd)), odd);
  });

  const CLOUDS = ".config/openstack/clouds.yaml";
  const cloud = (auth: string, rest = ""): string => `clouds:\n  one:\n    auth: { ${auth} }\n    ${rest}\n`;
  const USER = "username: u, password: p-canary, user_domain_name: d";

  describe("clouds.yaml", () => {
    it("whose credentials stand beside `auth` says what is missing there", () => {
      const file = write(
        CLOUDS,
        "clouds:\n  one:\n    username: u\n    password: p-canary\n    auth: { user_domain_name: d }\n",
      );
      const said = failure({ cloudName: "one" });
      assert.match(said, new RegExp(`${file} has .*username.* beside .*auth\\.password`));
      write(CLOUDS, cloud(USER, "project_name: eu-de\n    region_name: eu-de"));
      assert.match(failure({ cloudName: "one" }), /auth\.project_name/);
      // These are known in either place.
      write(CLOUDS, "clouds:\n  one: { ak: a, sk: s-canary, region_name: eu-de, cacert: /ca.pem }\n");
      assert.equal(settings({ cloudName: "one" }).credentials?.kind, "accessKey");
    });

    it("are those of the named entry, with their origin", () => {
      const file = write(
        CLOUDS,
        cloud(`${USER}, auth_url: "https://iam.example.com/v3", project_id: p1`, "region_name: eu-nl"),
      );
      const found = settings({ cloudName: "one" });
      assert.ok(found.credentials?.kind === "password");
      assert.deepEqual([found.credentials.password, found.credentials.domain], ["p-canary", { name: "d" }]);
      assert.deepEqual(
        [found.region, found.regionFrom, found.projectId, found.endpoints.iam],
        ["eu-nl", "machine", "p1", "https://iam.example.com"],
      );
      assert.deepEqual(found.origins.password, {
        source: `the cloud "one" in ${file}`,
        kind: "file",
        spelling: "auth.password",
      });
      assert.equal(found.origins.cloudName?.kind, "configuration");
    });

    it("have secure.yaml merged over them, from beside the file or the search path", () => {
      write("elsewhere/clouds.yaml", cloud("username: u, password: old, domain_id: d"));
      const OS_CLIENT_CONFIG_FILE = path.join(home, "elsewhere", "clouds.yaml");
      const password = (): string | undefined => {
        const { credentials } = settings({}, { OS_CLOUD: "one", OS_CLIENT_CONFIG_FILE });
        return credentials?.kind === "password" ? credentials.password : undefined;
      };
      assert.equal(password(), "old");
      write(".config/openstack/secure.yaml", cloud("password: 0123"));
      assert.equal(password(), "0123");
      write("elsewhere/secure.yaml", cloud("password: new"));
      assert.equal(password(), "new");
    });

    it("may hold a token, an access key or an agency, and anchors", () => {
      write(CLOUDS, cloud("token: t"));
      assert.equal(settings({ cloudName: "one" }).credentials?.kind, "token");
      write(CLOUDS, cloud("ak: AK, sk: SK, security_token: ST, agency_name: a, agency_domain_name: b"));
      const { credentials } = settings({ cloudName: "one" });
      assert.ok(credentials?.kind === "agency" && credentials.base.kind === "accessKey");
      assert.equal(credentials.base.securityToken, "ST");
      write(
        CLOUDS,
        `base: &base { ${USER} }\nclouds:\n  one: { auth: { <<: *base, project_name: eu-de_x } }\n`,
      );
      assert.equal(settings({ cloudName: "one" }).projectName, "eu-de_x");
    });

    it("act at the rank of the source that names them", () => {
      write(CLOUDS, `clouds:\n  one: { auth: { token: one } }\n  two: { auth: { token: two } }\n`);
      const token = (values: Parameters<typeof stack>[0], env: Environment): string | undefined => {
        const { credentials } = settings(values, env);
        return credentials?.kind === "token" ? credentials.token : undefined;
      };
      assert.equal(token({ cloudName: "one" }, { OS_CLOUD: "two", HW_AUTH_TOKEN: "hw" }), "one");
      assert.equal(token({}, { OS_CLOUD: "two", HW_AUTH_TOKEN: "hw" }), "hw");
      assert.equal(token({ token: "own" }, { OS_CLOUD: "two" }), "own");
      const preferred = { OS_CLOUD: "two", VIDEO_ANALYSIS_CREDENTIALS: "env" };
      assert.equal(token({ cloudName: "one" }, preferred), "two");
    });

    it("give project and IAM only to their own credentials", () => {
      write(
        CLOUDS,
        cloud("token: t, project_id: p-file, auth_url: https://iam.example.com", "region_name: eu-nl"),
      );
      const found = settings({}, { HW_AUTH_TOKEN: "hw", OS_CLOUD: "one" });
      assert.deepEqual([found.projectId, found.endpoints.iam, found.region], [undefined, undefined, "eu-nl"]);
    });

    it("count unnamed where the file has one entry and there are no credentials elsewhere", () => {
      write(CLOUDS, cloud("token: t", "region_name: eu-nl"));
      assert.deepEqual([settings().credentials?.kind, settings().region], ["token", "eu-nl"]);
      assert.equal(settings({ token: "own" }).region, undefined);
      write(CLOUDS, `clouds:\n  one: { auth: { token: a } }\n  two: { auth: { token: b } }\n`);
      assert.equal(settings().credentials, undefined);
    });

    it("may be unusable where credentials of a higher rank are in use", () => {
      const env = { OS_CLOUD: "nowhere", HW_PROFILE: "nobody" };
      assert.equal(settings({ token: "t" }, env).credentials?.kind, "token");
      assert.match(failure({}, env), /The hcloud profile "nobody"/);
    });

    it("are refused with the reason", () => {
      assert.match(failure({ cloudName: "one" }), /no clouds.yaml was found in .*\/etc\/openstack/);
      write(CLOUDS, cloud(USER));
      assert.match(
        failure({ cloudName: "two" }),
        /named by the stack configuration, is unknown: .* has "one"/,
      );
      assert.match(
        failure({}, { OS_CLIENT_CONFIG_FILE: "/nowhere.yaml" }),
        /OS_CLIENT_CONFIG_FILE.*does not exist/,
      );
      write(CLOUDS, "clouds:\n  one: { auth: { password: canary\n");
      assert.match(failure({ cloudName: "one" }), /clouds.yaml is no YAML that can be read in line \d/);
      write(CLOUDS, cloud("application_credential_id: canary"));
      assert.match(failure({ cloudName: "one" }), /application credential/);
      write(CLOUDS, cloud("username: u, password: canary"));
      assert.match(failure({ cloudName: "one" }), /missing there: auth.*domain_name/);
    });
  });

  describe("hcloud profiles", () => {
    const CONFIG = ".hcloud/config.json";
    const profile = (more: object): object => ({ name: "work", mode: "AKSK", region: "cn-north-4", ...more });
    const keys = { accessKeyId: "AK", secretAccessKey: "SK-canary" };
    const config = (...profiles: object[]): object => ({ current: "work", authEncrypt: "false", profiles });

    it("are read by their mode, permanent or temporary", () => {
      write(CONFIG, config(profile({ ...keys, projectId: "p1", xAuthToken: "t" })));
      const found = settings({ profile: "work" });
      assert.ok(found.credentials?.kind === "accessKey");
      assert.equal(found.credentials.securityToken, undefined);
      assert.deepEqual([found.region, found.projectId], ["cn-north-4", "p1"]);
      write(CONFIG, config(profile({ ...keys, securityToken: "ST" })));
      const { credentials } = settings({}, { HW_PROFILE: "work" });
      assert.ok(credentials?.kind === "accessKey" && credentials.securityToken === "ST");
      write(CONFIG, config(profile({ ...keys, mode: "token", xAuthToken: "t" })));
      assert.equal(settings({ profile: "work" }).credentials?.kind, "token");
      const stsToken = { ...keys, securityToken: "ST" };
      write(CONFIG, config(profile({ mode: "SSO", ssoAuth: { stsToken } })));
      assert.equal(settings({ profile: "work" }).credentials?.kind, "accessKey");
    });

    it("of an agency use the credentials of their source profile", () => {
      const agency = { mode: "agency", agencyName: "a", agencyDomainName: "d", sourceProfile: "base" };
      write(CONFIG, config(profile(agency), profile({ ...keys, name: "base", projectId: "p-base" })));
      const { credentials, projectId } = settings({ profile: "work" });
      assert.ok(credentials?.kind === "agency" && credentials.base.kind === "accessKey");
      assert.deepEqual([credentials.agencyDomainName, projectId], ["d", undefined]);
      write(CONFIG, config(profile({ ...agency, sourceProfile: "work" })));
      assert.match(failure({ profile: "work" }), /acts through an agency itself/);
    });

    it("count unnamed, the current one, where there are no credentials elsewhere", () => {
      write(CONFIG, config(profile(keys)));
      assert.equal(settings().credentials?.kind, "accessKey");
      assert.equal(settings({ token: "t" }).credentials?.kind, "token");
    });

    it("with encrypted secrets are refused with the way out, whatever the flag looks like", () => {
      for (const content of [
        { ...config(profile(keys)), authEncrypt: "true" },
        { ...config(profile(keys)), authEncrypt: true },
        { current: "work", profiles: [profile({ ...keys, accessKeyId: "canary".repeat(20) })] },
      ]) {
        write(CONFIG, content);
        assert.match(failure({ profile: "work" }), /are encrypted.*cli-auth-encrypt=false/);
      }
    });

    it("are refused with the reason", () => {
      assert.match(failure({ profile: "work" }), /config.json does not exist/);
      write(CONFIG, config(profile(keys)));
      assert.match(failure({ profile: "other" }), /no hcloud profile "other".*it has "work"/);
      write(CONFIG, config(profile({ mode: "ecsAgency" })));
      assert.match(failure({ profile: "work" }), /mode "ecsAgency", which only that command can use/);
      write(CONFIG, '{ "profiles": [ canary');
      assert.match(failure({ profile: "work" }), /is no JSON/);
      write(CONFIG, config(profile({ accessKeyId: "AK" })));
      assert.match(failure({ profile: "work" }), /missing there: secretAccessKey/);
    });

    it("are read from where HW_SHARED_CONFIG_FILE says", () => {
      const file = write("other.json", config(profile(keys)));
      const { credentials } = settings({ profile: "work" }, { HW_SHARED_CONFIG_FILE: file });
      assert.ok(credentials?.source.includes(file));
    });
  });
});

describe("origins of settings", () => {
  it("name source, kind and spelling of every key in use, and no value", () => {
    const env = {
      HW_ACCESS_KEY: "ak-canary",
      HW_SECRET_KEY: "sk-canary",
      OS_REGION_NAME: "eu-nl",
      OS_USERNAME: "u-canary",
    };
    const { origins } = resolveSettings(
      [stack({ maxRetries: "3", endpoints: "{}" }), ...environmentSources(env)],
      env,
    );
    assert.deepEqual(origins, {
      region: { source: "the environment (OS_*)", kind: "environment", spelling: "OS_REGION_NAME" },
      accessKey: { source: "the environment (HW_*)", kind: "environment", spelling: "HW_ACCESS_KEY" },
      secretKey: { source: "the environment (HW_*)", kind: "environment", spelling: "HW_SECRET_KEY" },
      endpoints: {
        source: "the stack configuration",
        kind: "configuration",
        spelling: "video-analysis:endpoints",
      },
      maxRetries: {
        source: "the stack configuration",
        kind: "configuration",
        spelling: "video-analysis:maxRetries",
      },
    });
  });
});
