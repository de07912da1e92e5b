/** Arguments of a provider: CheckConfig and DiffConfig, and the configuration that they stand for. */
import assert from "node:assert/strict";
import {
  checkArguments,
  compareArguments,
  configuredBy,
} from "../../provider/fronts/plugin/provider-arguments";
import { isSecret, plain, secret, UNKNOWN } from "../contract/values";

const EXPLICIT = "urn:pulumi:dev::cameras::pulumi:providers:video-analysis::other";
const DEFAULT = "urn:pulumi:dev::cameras::pulumi:providers:video-analysis::default_0_1_0";
const STACK = {
  region: "eu-de",
  projectId: "project",
  accessKey: "key",
  secretKey: "canary",
  nameSeed: "seed",
};
const env = { PULUMI_CONFIG: JSON.stringify(STACK) };

describe("plugin: arguments of a provider", () => {
  const get = (args: Record<string, unknown>, key: string): unknown =>
    configuredBy(args).config.get(`video-analysis:${key}`);

  it("are texts, as the services read them", () => {
    const args = {
      region: "eu-de",
      maxRetries: 3,
      allowDuplicateNames: true,
      endpoints: { iam: "http://iam" },
    };
    assert.deepEqual(
      ["region", "maxRetries", "allowDuplicateNames", "endpoints", "cloud"].map((key) => get(args, key)),
      ["eu-de", "3", "true", '{"iam":"http://iam"}', undefined],
    );
    assert.equal(get({ token: secret("t") }, "token"), "t");
    assert.equal(get({ region: UNKNOWN }, "region"), undefined);
    assert.equal(get({ endpoints: { iam: UNKNOWN } }, "endpoints"), undefined);
  });

  it("are sealed where they are secrets, by their keys and by what they hold", () => {
    const { inputs } = checkArguments(
      DEFAULT,
      { token: "t", region: "eu-de", endpoints: '{"iam":"https://user:canary@iam"}', password: UNKNOWN },
      {},
    );
    assert.deepEqual(
      Object.entries(inputs).map(([key, value]) => [key, isSecret(value)]),
      [
        ["token", true],
        ["region", false],
        ["endpoints", true],
        ["password", false],
      ],
    );
  });

  it("are named where they are none of the provider's, but for those of the engine", () => {
    const { warnings, inputs } = checkArguments(
      EXPLICIT,
      { regoin: "eu-de", colour: "red", version: "1.0.0", pluginDownloadURL: "https://x", __internal: {} },
      {},
    );
    assert.equal(warnings.length, 2);
    assert.match(warnings[0] ?? "", /`regoin`.*did you mean `region`/);
    assert.match(warnings[1] ?? "", /`colour`/);
    assert.equal(plain(inputs).regoin, "eu-de");
    assert.equal(inputs.version, "1.0.0");
  });

  it("of the engine's own provider are named as the stack configuration that they come from", () => {
    const { warnings } = checkArguments(DEFAULT, { regoin: "eu-de" }, {});
    assert.match(
      warnings.join(),
      /`video-analysis:regoin` in the stack configuration.*`video-analysis:region`/,
    );
  });

  it("of a project with the package's own name are its own, which is said once", () => {
    const urn = DEFAULT.replace("::cameras::", "::video-analysis::");
    const { warnings } = checkArguments(urn, { serviceId: "a", count: "2", region: "eu-de" }, {});
    assert.equal(warnings.length, 1);
    assert.match(warnings[0] ?? "", /Rename the project/);
    assert.deepEqual(checkArguments(urn, { region: "eu-de" }, {}).warnings, []);
  });

  it("are sealed where no setting has their name, which may be that of a secret misspelt", () => {
    const { inputs } = checkArguments(EXPLICIT, { accesKey: "canary", secret_key: "canary" }, {});
    assert.ok(isSecret(inputs.accesKey) && isSecret(inputs.secret_key));
  });

  it("of an explicit provider take over from the stack what belongs together, all of it sealed", () => {
    const takenOver = (args: Record<string, unknown>): unknown => {
      const { inputs } = checkArguments(EXPLICIT, args, env);
      for (const [key, value] of Object.entries(inputs)) assert.equal(isSecret(value), !(key in args), key);
      return plain(inputs);
    };
    assert.deepEqual(takenOver({}), STACK);
    assert.deepEqual(takenOver({ region: "eu-nl" }), {
      region: "eu-nl",
      accessKey: "key",
      secretKey: "canary",
      nameSeed: "seed",
    });
    assert.deepEqual(takenOver({ userName: "me" }), { userName: "me", region: "eu-de", nameSeed: "seed" });
  });

  it("of a provider whose name looks like the engine's own take over from the stack all the same", () => {
    const urn = EXPLICIT.replace(/other$/, "default_eu");
    assert.deepEqual(plain(checkArguments(urn, {}, env).inputs), STACK);
  });

  it("of the default provider are those of the stack already, and no environment is needed", () => {
    assert.deepEqual(plain(checkArguments(DEFAULT, STACK, env).inputs), STACK);
    assert.deepEqual(checkArguments(DEFAULT, { region: "eu-de" }, {}).inputs, { region: "eu-de" });
    for (const text of [undefined, "", "no JSON", "[]", "null"])
      assert.deepEqual(checkArguments(EXPLICIT, { region: "eu-de" }, { PULUMI_CONFIG: text }).inputs, {
        region: "eu-de",
      });
  });

  for (const [title, olds, news, changed, replaces] of [
    ["nothing", { region: "eu-de", token: secret("t") }, { region: "eu-de", token: "t" }, [], []],
    ["a token", { token: "a" }, { token: "b" }, ["token"], []],
    ["a region", { region: "eu-de" }, { region: "eu-nl" }, ["region"], ["region"]],
    ["a project", { projectId: "a" }, { projectId: "b" }, ["projectId"], ["projectId"]],
    ["a project's name", { projectName: "a" }, { projectName: "b" }, ["projectName"], ["projectName"]],
    [
      "the name of the same project",
      { projectId: "p", projectName: "a" },
      { projectId: "p", projectName: "b" },
      ["projectName"],
      [],
    ],
    ["a region that was not given", {}, { region: "eu-de" }, ["region"], []],
    ["a region that is not known yet", { region: "eu-de" }, { region: UNKNOWN }, ["region"], []],
    [
      "the package",
      { "video-analysis:region": "eu-de", "video-analysis:projectId": "a" },
      { region: "eu-nl", projectId: "b" },
      ["region", "projectId"],
      [],
    ],
  ] as const) {
    it(`that change ${title} replace ${replaces.length === 0 ? "nothing" : "the provider"}`, () => {
      assert.deepEqual(compareArguments(olds, news), { changed, replaces });
    });
  }
});
