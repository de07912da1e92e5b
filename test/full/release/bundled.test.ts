/** Programs that esbuild makes one file of, this package included: far from its files and its manifest. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { promisify } from "node:util";
import { build } from "esbuild";
import { findCli } from "../../../tools/stack/cli";
import { DEFAULT_EDGE_SERVICE, type Emulator, startEmulator } from "../../../testkit/emulator";
import { Engine } from "../../../tools/engine";
import { Installation } from "../../package/installation";

const run = promisify(execFile);

/** Bundling the SDK and a stack's life on a busy machine, in milliseconds. */
const TIMEOUT = 240_000;

const TASK = `new va.ServiceTask("door", {
  serviceId: ${JSON.stringify(DEFAULT_EDGE_SERVICE.id)},
  platform: "edge",
  input: { type: "url", data: [{ url: "rtsp://cameras.example.com/door" }] },
  output: { dis: { streamName: "faces" } },
  sourceUsageEstimate: { cpu: 0.1, memory: 32 },
})`;

const PROGRAM = `import * as va from "pulumi-video-analysis";
export const taskId = ${TASK}.taskId;
`;

/** Runs the stack's life in its own process. Arguments: the workspace, and the stack's configuration. */
const AUTOMATION = `import { LocalWorkspace } from "@pulumi/pulumi/automation";
import * as va from "pulumi-video-analysis";
const [workDir, config] = process.argv.slice(2);
async function main() {
  const program = async () => ({ taskId: ${TASK}.taskId });
  const stack = await LocalWorkspace.createStack({ stackName: "dev", projectName: "bundled", program }, { workDir });
  await stack.setAllConfig(JSON.parse(config));
  const { outputs, stdout } = await stack.up();
  await stack.destroy();
  console.log(JSON.stringify({ taskId: outputs.taskId.value, stdout }));
}
main().catch((error) => {
  console.error(error);
  process.exit(1);
});
`;

const LOOKUP = `import * as va from "pulumi-video-analysis";
va.listServices({ region: process.argv[2] }).then((services) => console.log(services.length));
`;

/** The developer's own credentials and stacks stay out of it. */
const environment = (more: Readonly<Record<string, string>>): NodeJS.ProcessEnv => ({
  ...Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(?:(?:HW|OS|VIDEO_ANALYSIS|PULUMI)_|XDG_)/.test(name)),
  ),
  ...more,
});

describe("a program that esbuild bundles", function () {
  this.timeout(TIMEOUT);
  let installed: Installation;
  let emulator: Emulator;
  /** Far from every node_modules and every manifest. */
  let away = "";
  const settings = (): Record<string, string> => ({
    "video-analysis:region": emulator.region,
    "video-analysis:projectId": emulator.projectId,
    "video-analysis:endpoints": JSON.stringify(emulator.endpoints),
  });

  before(async () => {
    installed = new Installation();
    emulator = await startEmulator();
    away = mkdtempSync(path.join(tmpdir(), "video-analysis-bundled-"));
  });
  after(async () => {
    await emulator.close();
    installed.remove();
    rmSync(away, { recursive: true, force: true });
  });

  /** Bundles a program of the project. */
  async function bundle(
    contents: string,
    outfile: string,
    external: readonly string[] = [],
  ): Promise<string> {
    const stdin = { contents, resolveDir: installed.project, loader: "ts" as const };
    const { errors } = await build({
      ...{ stdin, outfile, external: [...external], bundle: true, platform: "node", logLevel: "silent" },
    });
    assert.deepEqual(errors, []);
    return outfile;
  }

  it("runs under an engine, beside another package's manifest and beside none", async () => {
    writeFileSync(path.join(installed.project, "package.json"), JSON.stringify({ version: "9.9.9" }));
    // What was two folders above the package's own code is two folders above the bundle now.
    for (const folder of ["apps/site", "apps/site/out/code"]) {
      const workDir = path.join(installed.project, folder);
      await bundle(PROGRAM, path.join(workDir, "main.js"), ["@pulumi/pulumi"]);
      const engine = new Engine({
        ...{ workDir, entry: "main.js", project: "bundled", stateFile: path.join(workDir, "state.json") },
        config: settings(),
        secretConfig: { "video-analysis:token": emulator.token },
      });
      const { ok, diagnostics, outputs } = await engine.up();
      const serious = diagnostics.filter(({ severity }) => severity === "error" || severity === "warning");
      assert.deepEqual([ok, serious], [true, []]);
      assert.equal(outputs["taskId"], emulator.tasks()[0]?.id);
      await engine.destroy();
    }
  });

  it("finds the YAML reader for clouds.yaml in the bundle", async () => {
    const file = await bundle(LOOKUP, path.join(away, "lookup.js"));
    const clouds = path.join(away, "clouds.yaml");
    const auth = { project_id: emulator.projectId, token: emulator.token };
    writeFileSync(clouds, JSON.stringify({ clouds: { site: { region_name: emulator.region, auth } } }));
    const { stdout } = await run(process.execPath, [file, emulator.region], {
      cwd: away,
      env: environment({
        OS_CLIENT_CONFIG_FILE: clouds,
        OS_CLOUD: "site",
        VIDEO_ANALYSIS_ENDPOINT_MODELARTS: emulator.endpoints.modelarts,
        VIDEO_ANALYSIS_ENDPOINT_IAM: emulator.endpoints.iam,
      }),
    });
    assert.ok(Number(stdout) > 0, stdout);
  });

  const cli = findCli();
  it(`runs inline, by the automation API${cli === undefined ? " (skipped: no `pulumi` on the PATH)" : ""}`, async function () {
    if (cli === undefined) this.skip();
    const file = await bundle(AUTOMATION, path.join(away, "app", "dist", "automation.js"));
    for (const folder of ["backend", "home"]) mkdirSync(path.join(away, folder));
    const config = Object.fromEntries(Object.entries(settings()).map(([key, value]) => [key, { value }]));
    const token = { value: emulator.token, secret: true };
    const args = [file, installed.project, JSON.stringify({ ...config, "video-analysis:token": token })];
    const { stdout } = await run(process.execPath, args, {
      cwd: installed.project,
      env: environment({
        PULUMI_BACKEND_URL: `file://${path.join(away, "backend")}`,
        PULUMI_HOME: path.join(away, "home"),
        PULUMI_CONFIG_PASSPHRASE: "bundled",
        PULUMI_SKIP_UPDATE_CHECK: "true",
        PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
      }),
    });
    const said = JSON.parse(stdout) as { taskId: string; stdout: string };
    const [deleted] = emulator.calls({ operation: "deleteServiceTask" }).slice(-1);
    assert.equal(said.taskId, deleted?.taskId);
    assert.doesNotMatch(said.stdout, /warning/);
    assert.deepEqual(emulator.tasks(), []);
  });
});
