/** The quickstart in other languages: what can be checked without a CLI, and its life on one that has the language's host. */
import assert from "node:assert/strict";
import { execFile, spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { promisify } from "node:util";
import { LocalWorkspace, type OutputMap } from "@pulumi/pulumi/automation";
import { parse } from "yaml";
import type { PropertyMap } from "../../../provider/common/json";
import { validate } from "../../../provider/core/schema/validate";
import { RESOURCES } from "../../../provider/services";
import type { ResourceName } from "../../../provider/services/resource-names";
import { type Emulator, startEmulator } from "../../../testkit/emulator";
import { findCli } from "../../../tools/stack/cli";
import { EDGE, IEF } from "../../scenarios/program";
import { configurationFor, REPOSITORY } from "../../scenarios/support";

const run = promisify(execFile);
const EXAMPLES = path.join(REPOSITORY, "examples");
const PLUGIN = path.join(REPOSITORY, "dist", "plugin");

interface Language {
  readonly name: string;
  /** Commands that have to succeed. */
  readonly needs: readonly (readonly string[])[];
  /** Gets the SDK ready that the program imports. */
  readonly prepare: (folder: string) => Promise<Readonly<Record<string, string>>>;
}

async function generate(language: string, folder: string): Promise<string> {
  const schema = path.join(PLUGIN, "schema.json");
  const sdks = path.join(folder, "sdks");
  await run("pulumi", ["package", "gen-sdk", schema, "--language", language, "--out", sdks], {
    cwd: tmpdir(),
  });
  const sdk = path.join(sdks, "video-analysis");
  renameSync(path.join(sdks, language), sdk);
  return sdk;
}

const LANGUAGES: readonly Language[] = [
  {
    name: "yaml",
    needs: [["which", "pulumi-language-yaml"]],
    prepare: () => Promise.resolve({}),
  },
  {
    name: "python",
    needs: [
      ["which", "pulumi-language-python"],
      ["python3", "-c", "import pulumi, parver, semver, pip"],
    ],
    async prepare(folder) {
      // The SDK asks for its own version, which only an installed package has.
      const target = path.join(folder, "packages");
      const sdk = await generate("python", folder);
      await run("python3", ["-m", "pip", "install", "--quiet", "--no-deps", "--target", target, sdk]);
      return { PYTHONPATH: target };
    },
  },
  {
    name: "go",
    needs: [
      ["which", "pulumi-language-go"],
      ["go", "version"],
    ],
    async prepare(folder) {
      const sdk = await generate("go", folder);
      await run("go", ["mod", "edit", "-replace", `example.com/pulumi-video-analysis/sdk/go=${sdk}`], {
        cwd: folder,
      });
      await run("go", ["mod", "tidy"], { cwd: folder });
      return {};
    },
  },
];

const works = ([command = "", ...args]: readonly string[]): boolean => spawnSync(command, args).status === 0;

interface Shown {
  readonly taskIds: readonly string[];
}

const idsIn = (outputs: OutputMap): string[] =>
  ["tasks", "batches", "jobs"].flatMap((key) =>
    Object.values(outputs[key]?.value as Record<string, Shown>).flatMap(({ taskIds }) => taskIds),
  );

describe("the quickstart in other languages", function () {
  // Go compiles Pulumi's own SDK too.
  this.timeout(900_000);

  let emulator: Emulator;
  before(async () => (emulator = await startEmulator()));
  beforeEach(() => emulator.reset());
  after(() => emulator.close());

  for (const { name, needs, prepare } of LANGUAGES) {
    const tools = needs.map((words) => words.join(" ")).join(", ");
    it(`${name} deploys, stays in sync and leaves nothing behind, on a CLI with what it needs (${tools})`, async function () {
      if (findCli() === undefined || !needs.every(works)) this.skip();
      const scratch = mkdtempSync(path.join(tmpdir(), `video-analysis-${name}-`));
      try {
        const project = `quickstart-${name}`;
        const workDir = path.join(scratch, project);
        cpSync(path.join(EXAMPLES, project), workDir, { recursive: true });
        const file = path.join(workDir, "Pulumi.yaml");
        writeFileSync(file, readFileSync(file, "utf8").replace("../../dist/plugin", PLUGIN));
        const own = await prepare(workDir);
        const envVars = {
          PULUMI_HOME: path.join(scratch, "home"),
          PULUMI_BACKEND_URL: `file://${scratch}`,
          PULUMI_CONFIG_PASSPHRASE: "",
          PULUMI_SKIP_UPDATE_CHECK: "true",
          ...own,
        };
        const stack = await LocalWorkspace.createStack({ stackName: "dev", workDir }, { envVars });
        const config = {
          ...configurationFor(emulator),
          [`${project}:serviceId`]: EDGE,
          [`${project}:iefServiceId`]: IEF,
        };
        await stack.setAllConfig({
          ...Object.fromEntries(Object.entries(config).map(([key, value]) => [key, { value }])),
          "video-analysis:token": { value: emulator.token, secret: true },
        });
        const { outputs } = await stack.up();
        assert.deepEqual(
          idsIn(outputs).sort(),
          emulator
            .tasks()
            .map(({ id }) => id)
            .sort(),
        );
        assert.equal(emulator.tasks().length, 9);
        await stack.preview({ expectNoChanges: true, refresh: true });
        await stack.destroy();
        assert.deepEqual([emulator.tasks(), emulator.batches()], [[], []]);
      } finally {
        rmSync(scratch, { recursive: true });
      }
    });
  }

  it("YAML passes the checks of the arguments", () => {
    const text = readFileSync(path.join(EXAMPLES, "quickstart-yaml", "Pulumi.yaml"), "utf8");
    const { resources, variables } = parse(text) as {
      readonly resources: Readonly<
        Record<string, { readonly type: string; readonly properties: PropertyMap }>
      >;
      readonly variables: PropertyMap;
    };
    assert.equal(Object.keys(resources).length, 7);
    const filled = (value: unknown): unknown => {
      const [, name = ""] = typeof value === "string" ? (/^\$\{(\w+)\}$/.exec(value) ?? []) : [];
      if (name !== "") return variables[name] ?? "some-id";
      if (Array.isArray(value)) return value.map(filled);
      if (typeof value !== "object" || value === null) return value;
      return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, filled(inner)]));
    };
    for (const [name, { type, properties }] of Object.entries(resources)) {
      const { definition } = RESOURCES[type.replace("video-analysis:", "") as ResourceName];
      assert.deepEqual(
        validate(definition, filled(properties) as PropertyMap, () => false),
        [],
        name,
      );
    }
  });

  it("Python compiles, where there is a python3", function () {
    if (!works(["python3", "--version"])) this.skip();
    const file = path.join(EXAMPLES, "quickstart-python", "__main__.py");
    const script = "import ast, sys; ast.parse(open(sys.argv[1]).read())";
    const { status, stderr } = spawnSync("python3", ["-W", "error", "-c", script, file], {
      encoding: "utf8",
    });
    assert.equal(status, 0, stderr);
  });

  it("Go has the form of gofmt, where there is one", function () {
    if (!works(["which", "gofmt"])) this.skip();
    const { stdout, stderr } = spawnSync("gofmt", ["-l", path.join(EXAMPLES, "quickstart-go")], {
      encoding: "utf8",
    });
    assert.deepEqual([stdout, stderr], ["", ""]);
  });
});
