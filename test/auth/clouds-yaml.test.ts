import assert from "node:assert/strict";
import path from "node:path";
import { cloud, CLOUDS, type Environment, Home, USER } from "./home";
import type { stack } from "./support";

describe("settings from clouds.yaml", () => {
  const home = new Home();

  it("whose credentials stand beside `auth` says what is missing there", () => {
    const file = home.write(
      CLOUDS,
      "clouds:\n  one:\n    username: u\n    password: p-canary\n    auth: { user_domain_name: d }\n",
    );
    const said = home.failure({ cloudName: "one" });
    assert.match(said, new RegExp(`${file} has .*username.* beside .*auth\\.password`));
    home.write(CLOUDS, cloud(USER, "project_name: eu-de\n    region_name: eu-de"));
    assert.match(home.failure({ cloudName: "one" }), /auth\.project_name/);
    // These are known in either place.
    home.write(CLOUDS, "clouds:\n  one: { ak: a, sk: s-canary, region_name: eu-de, cacert: /ca.pem }\n");
    assert.equal(home.settings({ cloudName: "one" }).credentials?.kind, "accessKey");
  });

  it("are those of the named entry, with their origin", () => {
    const file = home.write(
      CLOUDS,
      cloud(`${USER}, auth_url: "https://iam.example.com/v3", project_id: p1`, "region_name: eu-nl"),
    );
    const found = home.settings({ cloudName: "one" });
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
    home.write("elsewhere/clouds.yaml", cloud("username: u, password: old, domain_id: d"));
    const OS_CLIENT_CONFIG_FILE = path.join(home.path, "elsewhere", "clouds.yaml");
    const password = (): string | undefined => {
      const { credentials } = home.settings({}, { OS_CLOUD: "one", OS_CLIENT_CONFIG_FILE });
      return credentials?.kind === "password" ? credentials.password : undefined;
    };
    assert.equal(password(), "old");
    home.write(".config/openstack/secure.yaml", cloud("password: 0123"));
    assert.equal(password(), "0123");
    home.write("elsewhere/secure.yaml", cloud("password: new"));
    assert.equal(password(), "new");
  });

  it("may hold a token, an access key or an agency, and anchors", () => {
    home.write(CLOUDS, cloud("token: t"));
    assert.equal(home.settings({ cloudName: "one" }).credentials?.kind, "token");
    home.write(CLOUDS, cloud("ak: AK, sk: SK, security_token: ST, agency_name: a, agency_domain_name: b"));
    const { credentials } = home.settings({ cloudName: "one" });
    assert.ok(credentials?.kind === "agency" && credentials.base.kind === "accessKey");
    assert.equal(credentials.base.securityToken, "ST");
    home.write(
      CLOUDS,
      `base: &base { ${USER} }\nclouds:\n  one: { auth: { <<: *base, project_name: eu-de_x } }\n`,
    );
    assert.equal(home.settings({ cloudName: "one" }).projectName, "eu-de_x");
  });

  it("act at the rank of the source that names them", () => {
    home.write(CLOUDS, `clouds:\n  one: { auth: { token: one } }\n  two: { auth: { token: two } }\n`);
    const token = (values: Parameters<typeof stack>[0], env: Environment): string | undefined => {
      const { credentials } = home.settings(values, env);
      return credentials?.kind === "token" ? credentials.token : undefined;
    };
    assert.equal(token({ cloudName: "one" }, { OS_CLOUD: "two", HW_AUTH_TOKEN: "hw" }), "one");
    assert.equal(token({}, { OS_CLOUD: "two", HW_AUTH_TOKEN: "hw" }), "hw");
    assert.equal(token({ token: "own" }, { OS_CLOUD: "two" }), "own");
    const preferred = { OS_CLOUD: "two", VIDEO_ANALYSIS_CREDENTIALS: "env" };
    assert.equal(token({ cloudName: "one" }, preferred), "two");
  });

  it("give project and IAM only to their own credentials", () => {
    home.write(
      CLOUDS,
      cloud("token: t, project_id: p-file, auth_url: https://iam.example.com", "region_name: eu-nl"),
    );
    const found = home.settings({}, { HW_AUTH_TOKEN: "hw", OS_CLOUD: "one" });
    assert.deepEqual([found.projectId, found.endpoints.iam, found.region], [undefined, undefined, "eu-nl"]);
  });

  it("count unnamed where the file has one entry and there are no credentials elsewhere", () => {
    home.write(CLOUDS, cloud("token: t", "region_name: eu-nl"));
    assert.deepEqual([home.settings().credentials?.kind, home.settings().region], ["token", "eu-nl"]);
    assert.equal(home.settings({ token: "own" }).region, undefined);
    home.write(CLOUDS, `clouds:\n  one: { auth: { token: a } }\n  two: { auth: { token: b } }\n`);
    assert.equal(home.settings().credentials, undefined);
  });

  it("may be unusable where credentials of a higher rank are in use", () => {
    const env = { OS_CLOUD: "nowhere", HW_PROFILE: "nobody" };
    assert.equal(home.settings({ token: "t" }, env).credentials?.kind, "token");
    assert.match(home.failure({}, env), /The hcloud profile "nobody"/);
  });

  it("are refused with the reason", () => {
    assert.match(home.failure({ cloudName: "one" }), /no clouds.yaml was found in .*\/etc\/openstack/);
    home.write(CLOUDS, cloud(USER));
    assert.match(
      home.failure({ cloudName: "two" }),
      /named by the stack configuration, is unknown: .* has "one"/,
    );
    assert.match(
      home.failure({}, { OS_CLIENT_CONFIG_FILE: "/nowhere.yaml" }),
      /OS_CLIENT_CONFIG_FILE.*does not exist/,
    );
    home.write(CLOUDS, "clouds:\n  one: { auth: { password: canary\n");
    assert.match(home.failure({ cloudName: "one" }), /clouds.yaml is no YAML that can be read in line \d/);
    home.write(CLOUDS, cloud("application_credential_id: canary"));
    assert.match(home.failure({ cloudName: "one" }), /application credential/);
    home.write(CLOUDS, cloud("username: u, password: canary"));
    assert.match(home.failure({ cloudName: "one" }), /missing there: auth.*domain_name/);
  });
});
