import assert from "node:assert/strict";
import { environmentSources } from "../../provider/services/auth/configuration";
import { resolveSettings } from "../../provider/services/auth/settings";
import { explicit, stack } from "./support";

describe("settings", () => {
  it("come from the highest source that has them", () => {
    const env = { HW_REGION_NAME: "cn-north-4", HW_PROJECT_ID: "p-env", OS_PROJECT_NAME: "name-os" };
    const sources = [
      explicit({ region: "eu-nl" }),
      stack({ region: "eu-de", projectId: "p-stack" }),
      ...environmentSources(env),
    ];
    const settings = resolveSettings(sources, env);
    assert.equal(settings.region, "eu-nl");
    assert.equal(settings.projectId, "p-stack");
    assert.equal(settings.projectName, "name-os");
  });

  it("say whether stack or machine decides on the region", () => {
    const env = { OS_REGION_NAME: "eu-nl" };
    const machine = environmentSources(env);
    const fromStack = resolveSettings([stack({ region: "eu-de" }), ...machine], env);
    assert.deepEqual([fromStack.regionFrom, fromStack.regionSource], ["config", "the stack configuration"]);
    assert.equal(resolveSettings([explicit({ region: "eu-de" })], env).regionFrom, "config");
    assert.equal(resolveSettings([stack({}), ...machine], env).regionFrom, "machine");
    const none = resolveSettings([stack({})], {});
    assert.ok(!("region" in none) && !("regionFrom" in none) && !("credentials" in none));
  });

  it("take a region that nobody names from the project's name, else from the address of IAM", () => {
    const regionFor = (env: Record<string, string>, values: Parameters<typeof stack>[0] = {}): unknown => {
      const { region, regionFrom } = resolveSettings([stack(values), ...environmentSources(env)], env);
      return region === undefined ? undefined : [region, regionFrom];
    };
    const OS_AUTH_URL = "https://iam.eu-de.otc.t-systems.com/v3";
    assert.deepEqual(regionFor({ OS_AUTH_URL }), ["eu-de", "machine"]);
    assert.deepEqual(regionFor({ OS_AUTH_URL, OS_PROJECT_NAME: "eu-nl_cameras" }), ["eu-nl", "machine"]);
    assert.deepEqual(regionFor({ OS_AUTH_URL, OS_REGION_NAME: "cn-north-4" }), ["cn-north-4", "machine"]);
    assert.deepEqual(regionFor({ OS_AUTH_URL }, { region: "eu-nl" }), ["eu-nl", "config"]);
    for (const address of ["https://iam.myhuaweicloud.com/v3", "https://iam.eu-de.example/v3", "no URL"]) {
      const authUrl = address === "no URL" ? {} : { OS_AUTH_URL: address };
      assert.equal(regionFor({ ...authUrl, OS_PROJECT_NAME: "cameras" }), undefined);
    }
  });

  it("merge endpoints service by service, and take authUrl for IAM last", () => {
    const env = {
      VIDEO_ANALYSIS_ENDPOINT_MODELARTS: "http://127.0.0.1:1/modelarts/",
      VIDEO_ANALYSIS_ENDPOINT_VIAS: "http://127.0.0.1:1/vias",
      OS_AUTH_URL: "https://iam.example.com/v3/",
    };
    const sources = [
      stack({ endpoints: '{"vias":"https://vias.example.com/","iva":""}' }),
      ...environmentSources(env),
    ];
    assert.deepEqual(resolveSettings(sources, env).endpoints, {
      modelarts: "http://127.0.0.1:1/modelarts",
      vias: "https://vias.example.com",
      iam: "https://iam.example.com",
    });
    const withIam = [...environmentSources({ ...env, VIDEO_ANALYSIS_ENDPOINT_IAM: "https://other.example" })];
    assert.equal(
      resolveSettings([stack({ authUrl: "https://stack.example/v3" }), ...withIam], env).endpoints.iam,
      "https://other.example",
    );
  });

  it("have plain types and defaults", () => {
    const settings = resolveSettings(
      [
        stack({
          maxRetries: "0",
          maxConcurrency: "4",
          allowDuplicateNames: "true",
          batchDetail: "all",
          waitFor: "running",
          signing: "scoped",
          cloud: "example.com",
          nameSeed: "s",
        }),
      ],
      {},
    );
    assert.deepEqual(
      [settings.maxRetries, settings.maxConcurrency, settings.allowDuplicateNames, settings.batchDetail],
      [0, 4, true, "all"],
    );
    assert.deepEqual(
      [settings.waitFor, settings.signing, settings.cloud],
      ["running", "scoped", "example.com"],
    );
    const empty = resolveSettings([], {});
    assert.deepEqual(empty, {
      endpoints: {},
      batchDetail: "sample",
      allowDuplicateNames: false,
      origins: {},
    });
  });

  const refused: readonly (readonly [string, string])[] = [
    ["region", "EU DE"],
    ["cloud", "https://example.com"],
    ["projectId", "a/b"],
    ["maxRetries", "-1"],
    ["maxRetries", "many"],
    ["maxConcurrency", "0"],
    ["waitFor", "done"],
    ["signing", "v4"],
    ["batchDetail", "none"],
    ["allowDuplicateNames", "yes"],
    ["endpoints", "https://example.com"],
    ["endpoints", '{"s3":"https://example.com"}'],
    ["endpoints", '{"iam":"example.com"}'],
    ["endpoints", '{"iam":1}'],
    ["authUrl", "iam.example.com"],
  ];
  for (const [key, value] of refused) {
    it(`refuse ${key} = ${value} with the key and its source, not the value`, () => {
      assert.throws(
        () => resolveSettings([stack({ [key]: value })], {}),
        (error: Error) =>
          "code" in error &&
          error.code === "CONFIGURATION" &&
          error.message.includes(`video-analysis:${key}`) &&
          error.message.includes("the stack configuration"),
      );
    });
  }

  it("name the environment's spelling of a refused value", () => {
    const sources = environmentSources({ OS_REGION_NAME: "EU DE" });
    assert.throws(() => resolveSettings(sources, {}), /OS_REGION_NAME/);
  });
});
