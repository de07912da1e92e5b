/** Configuration of the commands: the project's, a stack file's, and broken files. */
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { parseValues } from "../../cli/commands/import/values";
import { configurationOf } from "../../cli/stack/configuration/layers";
import { configurationsOf } from "../../cli/stack/provider-configurations";
import { openConfiguration } from "../../cli/stack/configuration/open";
import { openStack } from "../../cli/stack/open";
import { parseExported } from "../../cli/stack/deployment/export-file";
import { diagnose } from "./doctor/support";
import { run } from "./support";

const withCode = (code: string) => (error: unknown) => (error as { code?: string }).code === code;
const NOTHING = { values: {}, sealed: [], secrets: [] };

describe("commands: configuration", function () {
  this.timeout(60_000);
  let folder: string;
  beforeEach(() => {
    folder = realpathSync(mkdtempSync(path.join(tmpdir(), "video-analysis-project-")));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  function write(name: string, content: string | Buffer): string {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content);
    return file;
  }
  const PROJECT = [
    "name: site",
    "runtime: nodejs",
    "main: infra/index.js",
    "config:",
    "  video-analysis:region: eu-nl",
    "  video-analysis:projectName: { value: eu-nl_site }",
    "  video-analysis:endpoints: { value: { iam: https://iam.example } }",
    "  video-analysis:nameSeed: 123e78901",
    "  colour: { type: string, default: red }",
    "",
  ].join("\n");
  const EXPORTED = JSON.stringify({
    version: 3,
    deployment: {
      resources: [
        { urn: "urn:pulumi:dev::site::pulumi:pulumi:Stack::site-dev", type: "pulumi:pulumi:Stack" },
        {
          urn: "urn:pulumi:dev::site::pulumi:providers:pulumi-nodejs::default",
          type: "pulumi:providers:pulumi-nodejs",
          inputs: { "video-analysis:region": "recorded", "video-analysis:projectId": "recorded" },
        },
      ],
    },
  });

  it("is the project's with the stack's over it", async () => {
    write("Pulumi.yaml", PROJECT);
    const file = write("Pulumi.dev.yaml", "config:\n  video-analysis:region: eu-de\n");
    const { layers, directory } = await openConfiguration(file);
    assert.deepEqual(layers[0]?.values, {
      "video-analysis:region": "eu-de",
      "video-analysis:projectName": "eu-nl_site",
      "video-analysis:endpoints": '{"iam":"https://iam.example"}',
      "video-analysis:nameSeed": "123e78901",
      "site:colour": "red",
    });
    assert.equal(directory, path.join(folder, "infra/index.js"));
    write("infra/index.js", "");
    assert.equal((await openConfiguration(file)).directory, path.join(folder, "infra"));
  });

  it("counts beside a state too, and before what the state recorded", async () => {
    write("Pulumi.yaml", `${PROJECT}stackConfigDir: stacks\n`);
    const state = write("state.json", EXPORTED);
    const valueOf = async (key: string): Promise<unknown> => {
      const source = await openStack({ state, cwd: "." });
      const { request } = configurationsOf(source, NOTHING).of("");
      return request.config.get(`video-analysis:${key}`) ?? request.recorded?.get(`video-analysis:${key}`);
    };
    assert.deepEqual([await valueOf("region"), await valueOf("projectId")], ["eu-nl", undefined]);
    write("stacks/Pulumi.dev.yaml", "config:\n  video-analysis:region: eu-de\n");
    assert.deepEqual([await valueOf("region"), await valueOf("projectName")], ["eu-de", "eu-nl_site"]);
  });

  it("keeps the text of what looks like a number, in either letter case and any length", async () => {
    const texts = ["123e78901", "0x1F", "007", "1_000", "1.10", "yes", "TRUE", "3"];
    const lines = texts.map((text, index) => `  video-analysis:k${index}: ${text}`);
    const file = write("Pulumi.dev.yaml", `config:\n${lines.join("\n")}\n`);
    const { layers } = await openConfiguration(file);
    assert.deepEqual(Object.values(layers[0]?.values ?? {}), texts);
  });

  for (const [what, content] of [
    ["a README", "Title: how to deploy\n\nText: none\n"],
    ["prose", "# Site\nThis is how to deploy it.\n"],
    ["a list", "- config\n"],
    ["a text", "config"],
    ["a list of configuration", "config:\n  - video-analysis:region: eu-de\n"],
    ["a picture", Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00, 0x01])],
  ] as const) {
    it(`is not taken from ${what}`, async () => {
      const file = write("Pulumi.dev.yaml", content);
      await assert.rejects(openConfiguration(file), withCode("CONFIGURATION"));
    });
  }

  it("is read in UTF-16, and an empty file is an empty one", async () => {
    const text = "\ufeffconfig:\n  video-analysis:region: eu-de\n";
    for (const bytes of [Buffer.from(text), Buffer.from(text, "utf16le")]) {
      const { layers } = await openConfiguration(write("Pulumi.dev.yaml", bytes));
      assert.deepEqual(layers[0]?.values, { "video-analysis:region": "eu-de" });
    }
    for (const empty of ["", "# nothing yet\n", "config:\n", "encryptionsalt: v1:x\n"]) {
      const { layers } = await openConfiguration(write("Pulumi.dev.yaml", empty));
      assert.deepEqual(layers[0]?.values, {});
    }
    const exported = Buffer.from(`\ufeff${EXPORTED}`, "utf16le");
    const done = await run(["drift", "--json", "--state", write("state.json", exported)]);
    assert.equal(done.status, 0, done.stderr);
  });

  it("never quotes a file that cannot be read, which may hold secrets", async () => {
    const broken = write("Pulumi.dev.yaml", 'config:\n  video-analysis:token: "canary\n  x: [canary\n');
    for (const attempt of [
      openConfiguration(broken),
      parseValues("a: [canary", "values.yaml"),
      Promise.resolve().then(() => parseExported('{"canary": canary}', "the state")),
    ]) {
      await assert.rejects(attempt, (error: Error) => !error.message.includes("canary"));
    }
  });

  it("warns of an ESC environment, which is not opened", async () => {
    const file = write(
      "Pulumi.dev.yaml",
      "environment: [site/prod]\nconfig:\n  video-analysis:region: eu-de\n",
    );
    const { layers } = await openConfiguration(file);
    assert.match(configurationOf(layers).warnings.join(), /environment.*--stack/);
    const { checks } = await diagnose(["--config-file", file, "--cwd", folder, "--timeout", "1"]);
    assert.equal(checks.stack.status, "warning");
    assert.match(checks.stack.detail, /Pulumi ESC/);
    const drift = await run(["drift", "--state", write("state.json", EXPORTED)]);
    assert.match(drift.stdout, /Pulumi ESC/);
    const ls = await run(["ls", "services", "--config-file", file]);
    assert.match(ls.stderr, /warning: .*Pulumi ESC/);
  });

  it("names keys that nobody reads, and a project of the namespace's name", async () => {
    write("Pulumi.yaml", "name: site\nruntime: nodejs\n");
    const file = write("Pulumi.dev.yaml", "config:\n  video-analysis:regoin: eu-de\n");
    const options = ["--config-file", file, "--cwd", folder, "--timeout", "1"];
    const found = await diagnose(options);
    assert.equal(found.checks.settings.status, "warning");
    assert.match(found.checks.settings.detail, /video-analysis:regoin; did you mean "region"\?/);
    write("Pulumi.yaml", "name: video-analysis\nruntime: nodejs\n");
    const { checks } = await diagnose(options);
    assert.equal(checks.program.status, "warning");
    assert.match(checks.program.remedy ?? "", /Rename the project/);
    const { stderr } = await run(["ls", "services", "--config", "regoin=eu-de"]);
    assert.match(stderr, /did you mean "region"/);
  });

  it("begins relative files at the program's directory, from wherever the command is called", async () => {
    write("Pulumi.yaml", PROJECT);
    write("infra/index.js", "");
    const file = write("Pulumi.dev.yaml", "config:\n  video-analysis:caCertFile: ca.pem\n");
    const state = write("state.json", EXPORTED);
    write("infra/clouds.yaml", "clouds:\n  one:\n    region_name: eu-de\n    auth: { token: t }\n");
    for (const options of [
      ["--config-file", file],
      ["--state", state],
      ["--config", "caCertFile=ca.pem", "--cwd", folder],
    ]) {
      const { checks } = await diagnose([...options, "--timeout", "1"], {
        env: { OS_CLOUD: "one" },
        cwd: tmpdir(),
      });
      assert.ok(
        checks["endpoint-iam"].detail.includes(path.join(folder, "infra/ca.pem")),
        checks["endpoint-iam"].detail,
      );
      assert.match(checks.credentials.detail, /auth\.token/);
    }
    const ls = await run(["ls", "services", "--config-file", file], {
      env: { HW_AUTH_TOKEN: "t" },
      cwd: tmpdir(),
    });
    assert.ok(ls.stderr.includes(path.join(folder, "infra/ca.pem")), ls.stderr);
  });
});
