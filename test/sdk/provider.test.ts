import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { CONFIGURATION_KEYS } from "../../provider/services/configuration";
import * as va from "../../sdk";
import { CONFIGURATION, type ConfigurationKey } from "../../provider/services/configuration";
import { providerInputs } from "../../sdk/provider-inputs";
import { minimalArgs, registration, useMocks, valueOf } from "./support";

/** A stack configuration that has a value, its own key, for every key. */
const everything = (key: ConfigurationKey): string => `stack ${key}`;

const IDENTITY = [
  "accessKey",
  "secretKey",
  "securityToken",
  "token",
  "userName",
  "password",
  "domainName",
  "domainId",
  "agencyName",
  "agencyDomainName",
  "profile",
  "cloudName",
] as const;
const PLACE = ["cloud", "authUrl", "endpoints"] as const;
const PROJECT = ["projectId", "projectName"] as const;

/** Keys without their namespace, values revealed. */
async function reveal(inputs: ReturnType<typeof providerInputs>): Promise<Record<string, unknown>> {
  const entries = Object.entries(inputs).map(
    async ([key, value]) =>
      [key.replace(/^video-analysis:/, ""), await valueOf(pulumi.output(value))] as const,
  );
  return Object.fromEntries(await Promise.all(entries));
}

describe("the configuration keys", () => {
  it("are the same on the program's side and on the provider's", () => {
    assert.deepEqual(Object.keys(CONFIGURATION).sort(), [...CONFIGURATION_KEYS].sort());
  });
});

describe("what an explicit provider takes over from the stack", () => {
  before(() => useMocks());

  const rows: { given: va.ProviderArgs; without: readonly ConfigurationKey[] }[] = [
    { given: {}, without: [] },
    { given: { maxRetries: 3 }, without: [] },
    { given: { nameSeed: "x", caCertFile: "/ca.pem", signing: "plain" }, without: [] },
    { given: { region: "eu-nl" }, without: [...PLACE, ...PROJECT] },
    { given: { cloud: "example.com" }, without: ["authUrl", "endpoints", ...PROJECT] },
    { given: { region: "eu-nl", projectId: "p" }, without: [...PLACE, "projectName"] },
    { given: { region: "eu-nl", endpoints: {} }, without: ["cloud", "authUrl", ...PROJECT] },
    { given: { projectId: "p" }, without: ["projectName"] },
    { given: { projectName: "p" }, without: ["projectId"] },
    { given: { endpoints: { modelarts: "https://example.com" } }, without: [] },
    { given: { authUrl: "https://example.com" }, without: [] },
    ...IDENTITY.map((key) => ({
      given: { [key]: "given" },
      without: [...IDENTITY.filter((other) => other !== key), ...PLACE, ...PROJECT],
    })),
  ];
  for (const { given, without } of rows) {
    it(`with ${Object.keys(given).join(", ") || "nothing"} given`, async () => {
      const inputs = await reveal(providerInputs(given, everything));
      for (const key of Object.keys(CONFIGURATION) as ConfigurationKey[]) {
        if (given[key] !== undefined) assert.notEqual(inputs[key], everything(key), key);
        else assert.equal(inputs[key], without.includes(key) ? undefined : everything(key), key);
      }
    });
  }

  it("sends text only: objects as JSON, numbers and booleans spelled out", async () => {
    const given: va.ProviderArgs = {
      endpoints: { modelarts: pulumi.output("http://127.0.0.1:1"), iam: undefined },
      maxRetries: 3,
      maxConcurrency: pulumi.output(4),
      allowDuplicateNames: false,
      region: Promise.resolve("eu-de"),
      description: "no such key",
    } as va.ProviderArgs;
    assert.deepEqual(await reveal(providerInputs(given, () => undefined)), {
      endpoints: '{"modelarts":"http://127.0.0.1:1"}',
      maxRetries: "3",
      maxConcurrency: "4",
      allowDuplicateNames: "false",
      region: "eu-de",
    });
  });

  it("makes credentials secrets, wherever they come from", async () => {
    const secret = ["accessKey", "secretKey", "securityToken", "token", "password"];
    for (const inputs of [
      providerInputs({}, everything),
      providerInputs(Object.fromEntries(IDENTITY.map((key) => [key, "given"])), everything),
    ]) {
      for (const [key, value] of Object.entries(inputs)) {
        const expected = secret.includes(key.replace("video-analysis:", ""));
        assert.equal(await pulumi.isSecret(pulumi.output(value)), expected, key);
      }
    }
  });
});

describe("Provider", () => {
  const config = {
    "video-analysis:region": "eu-de",
    "video-analysis:userName": "somebody",
    "video-analysis:password": "word",
    "video-analysis:endpoints": '{"iam":"http://127.0.0.1:1"}',
    "video-analysis:caCertFile": "/ca.pem",
    "other:region": "elsewhere",
  };

  it("is a provider of Pulumi's dynamic package with namespaced keys", async () => {
    const recorder = await useMocks({ config });
    await registration(new va.Provider("second", { projectId: "p" }));
    assert.equal(recorder.registered[0]?.type, "pulumi:providers:pulumi-nodejs");
    const { "video-analysis:password": password, ...inputs } = recorder.inputsOf("second");
    assert.equal((password as { value: unknown }).value, "word");
    assert.deepEqual(inputs, {
      "video-analysis:region": "eu-de",
      "video-analysis:userName": "somebody",
      "video-analysis:endpoints": '{"iam":"http://127.0.0.1:1"}',
      "video-analysis:caCertFile": "/ca.pem",
      "video-analysis:projectId": "p",
    });
  });

  it("keeps secrets of the configuration secret, of any key", async () => {
    await useMocks({ config, secretKeys: ["video-analysis:caCertFile"] });
    const provider = new va.Provider("second");
    const property = (key: string) => Reflect.get(provider, `video-analysis:${key}`) as pulumi.Output<string>;
    await registration(provider);
    assert.equal(await pulumi.isSecret(property("caCertFile")), true);
    assert.equal(await pulumi.isSecret(property("password")), true);
    assert.equal(await pulumi.isSecret(property("region")), false);
  });

  it("serves the resources that name it", async () => {
    const recorder = await useMocks({ config });
    const provider = new va.Provider("second", { region: "eu-nl" });
    await registration(new va.ServiceTask("camera", minimalArgs(), { provider }));
    const request = recorder.registered.find((args) => args.name === "camera");
    assert.match(request?.provider ?? "", /pulumi:providers:pulumi-nodejs::second::/);
  });
});
