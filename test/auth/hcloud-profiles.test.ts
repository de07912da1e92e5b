import assert from "node:assert/strict";
import { Home } from "./home";

describe("settings from hcloud profiles", () => {
  const home = new Home();

  const CONFIG = ".hcloud/config.json";
  const profile = (more: object): object => ({ name: "work", mode: "AKSK", region: "cn-north-4", ...more });
  const keys = { accessKeyId: "AK", secretAccessKey: "SK-canary" };
  const config = (...profiles: object[]): object => ({ current: "work", authEncrypt: "false", profiles });

  it("are read by their mode, permanent or temporary", () => {
    home.write(CONFIG, config(profile({ ...keys, projectId: "p1", xAuthToken: "t" })));
    const found = home.settings({ profile: "work" });
    assert.ok(found.credentials?.kind === "accessKey");
    assert.equal(found.credentials.securityToken, undefined);
    assert.deepEqual([found.region, found.projectId], ["cn-north-4", "p1"]);
    home.write(CONFIG, config(profile({ ...keys, securityToken: "ST" })));
    const { credentials } = home.settings({}, { HW_PROFILE: "work" });
    assert.ok(credentials?.kind === "accessKey" && credentials.securityToken === "ST");
    home.write(CONFIG, config(profile({ ...keys, mode: "token", xAuthToken: "t" })));
    assert.equal(home.settings({ profile: "work" }).credentials?.kind, "token");
    const stsToken = { ...keys, securityToken: "ST" };
    home.write(CONFIG, config(profile({ mode: "SSO", ssoAuth: { stsToken } })));
    assert.equal(home.settings({ profile: "work" }).credentials?.kind, "accessKey");
  });

  it("of an agency use the credentials of their source profile", () => {
    const agency = { mode: "agency", agencyName: "a", agencyDomainName: "d", sourceProfile: "base" };
    home.write(CONFIG, config(profile(agency), profile({ ...keys, name: "base", projectId: "p-base" })));
    const { credentials, projectId } = home.settings({ profile: "work" });
    assert.ok(credentials?.kind === "agency" && credentials.base.kind === "accessKey");
    assert.deepEqual([credentials.agencyDomainName, projectId], ["d", undefined]);
    home.write(CONFIG, config(profile({ ...agency, sourceProfile: "work" })));
    assert.match(home.failure({ profile: "work" }), /acts through an agency itself/);
  });

  it("count unnamed, the current one, where there are no credentials elsewhere", () => {
    home.write(CONFIG, config(profile(keys)));
    assert.equal(home.settings().credentials?.kind, "accessKey");
    assert.equal(home.settings({ token: "t" }).credentials?.kind, "token");
  });

  it("with encrypted secrets are refused with the way out, whatever the flag looks like", () => {
    for (const content of [
      { ...config(profile(keys)), authEncrypt: "true" },
      { ...config(profile(keys)), authEncrypt: true },
      { current: "work", profiles: [profile({ ...keys, accessKeyId: "canary".repeat(20) })] },
    ]) {
      home.write(CONFIG, content);
      assert.match(home.failure({ profile: "work" }), /are encrypted.*cli-auth-encrypt=false/);
    }
  });

  it("are refused with the reason", () => {
    assert.match(home.failure({ profile: "work" }), /config.json does not exist/);
    home.write(CONFIG, config(profile(keys)));
    assert.match(home.failure({ profile: "other" }), /no hcloud profile "other".*it has "work"/);
    home.write(CONFIG, config(profile({ mode: "ecsAgency" })));
    assert.match(home.failure({ profile: "work" }), /mode "ecsAgency", which only that command can use/);
    home.write(CONFIG, '{ "profiles": [ canary');
    assert.match(home.failure({ profile: "work" }), /is no JSON/);
    home.write(CONFIG, config(profile({ accessKeyId: "AK" })));
    assert.match(home.failure({ profile: "work" }), /missing there: secretAccessKey/);
  });

  it("are read from where HW_SHARED_CONFIG_FILE says", () => {
    const file = home.write("other.json", config(profile(keys)));
    const { credentials } = home.settings({ profile: "work" }, { HW_SHARED_CONFIG_FILE: file });
    assert.ok(credentials?.source.includes(file));
  });
});
