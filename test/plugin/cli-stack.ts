/** A stack on the Pulumi CLI whose resources are those of the plugin, in a folder of its own. */
import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { EngineEvent } from "@pulumi/pulumi/automation";
import { type Emulator, type EmulatorOptions, startEmulator } from "../../testkit/emulator";
import { isAlive } from "../../provider/fronts/engine/is-alive";
import type { ExportedStack, ResourceV3 } from "../../tools/engine";
import { cleanEnvironment, configurationFor, REPOSITORY } from "../scenarios/support";

const PLUGIN = path.join(REPOSITORY, "dist", "provider", "fronts", "plugin", "main.js");
/** Process ids of the plugins that ran, a line each. */
const STARTED = "plugins";
const PROGRAM = `
const pulumi = require("@pulumi/pulumi");
const va = require("pulumi-video-analysis");
const { resources = {}, provider } = JSON.parse(require("node:fs").readFileSync("program.json", "utf8"));
const own = provider && new (class extends pulumi.ProviderResource {})("video-analysis", "own", provider);
for (const [name, { dynamic = false, type = "ServiceTask", args, opts = {} }] of Object.entries(resources)) {
  const options = own === undefined ? opts : { ...opts, provider: own };
  if (dynamic) new va[type](name, args, opts);
  else exports[name] = new pulumi.CustomResource(
    "video-analysis:index:" + type, name, { ...args, taskIds: undefined, state: undefined }, options,
  ).taskIds;
}
`;

export interface Program {
  /** Arguments of an explicit provider of all resources. */
  readonly provider?: Readonly<Record<string, unknown>>;
  readonly resources?: Readonly<Record<string, Declared>>;
}

export interface Declared {
  /** By the package's own class. */
  readonly dynamic?: boolean;
  readonly type?: string;
  readonly args: Readonly<Record<string, unknown>>;
  readonly opts?: Readonly<Record<string, unknown>>;
}

export interface Run {
  readonly status: number | null;
  readonly output: string;
  readonly events: readonly EngineEvent[];
  /** Steps on resources of the plugin, such as `create entrance`. */
  readonly steps: readonly string[];
}

export class CliStack {
  #runs = 0;

  private constructor(
    readonly emulator: Emulator,
    readonly folder: string,
    private readonly env: NodeJS.ProcessEnv,
  ) {}

  static async open(
    options: EmulatorOptions = {},
    config: Readonly<Record<string, string>> = {},
  ): Promise<CliStack> {
    const emulator = await startEmulator({ undeclaredVideoSources: "accept", ...options });
    const folder = mkdtempSync(path.join(tmpdir(), "video-analysis-plugin-"));
    for (const name of ["plugin", "backend", "home"]) mkdirSync(path.join(folder, name));
    const launcher = path.join(folder, "plugin", "pulumi-resource-video-analysis");
    // The plugin keeps the process id of its launcher.
    const started = path.join(folder, STARTED);
    writeFileSync(
      launcher,
      `#!/bin/sh\necho $$ >>"${started}"\nexec "${process.execPath}" "${PLUGIN}" "$@"\n`,
    );
    chmodSync(launcher, 0o755);
    symlinkSync(path.join(REPOSITORY, "node_modules"), path.join(folder, "node_modules"), "dir");
    writeFileSync(path.join(folder, "index.cjs"), PROGRAM);
    writeFileSync(path.join(folder, "package.json"), JSON.stringify({ name: "cameras", main: "index.cjs" }));
    const runtime = { name: "nodejs", options: { typescript: false } };
    const plugins = { providers: [{ name: "video-analysis", path: "./plugin" }] };
    writeFileSync(path.join(folder, "Pulumi.yaml"), JSON.stringify({ name: "cameras", runtime, plugins }));
    const stack = new CliStack(emulator, folder, {
      ...process.env,
      ...cleanEnvironment(),
      HOME: folder,
      PULUMI_BACKEND_URL: `file://${path.join(folder, "backend")}`,
      PULUMI_HOME: path.join(folder, "home"),
      PULUMI_CONFIG_PASSPHRASE: "plugin",
      PULUMI_SKIP_UPDATE_CHECK: "true",
      // For the option --event-log, by which the automation API follows a run.
      PULUMI_DEBUG_COMMANDS: "true",
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    });
    await stack.done(["stack", "init", "dev"]);
    for (const [key, value] of Object.entries({ ...configurationFor(emulator), ...config }))
      await stack.done(["config", "set", key, value]);
    await stack.done(["config", "set", "--secret", "video-analysis:token", emulator.token]);
    return stack;
  }

  async close(): Promise<void> {
    await this.emulator.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  up = (program: Program, ...more: readonly string[]): Promise<Run> =>
    this.#command(["up", "--yes", "--skip-preview", ...more], program);

  preview = (program: Program, ...more: readonly string[]): Promise<Run> =>
    this.#command(["preview", "--diff", ...more], program);

  refresh = (): Promise<Run> => this.#command(["refresh", "--yes", "--skip-preview"], {});

  destroy = (): Promise<Run> => this.#command(["destroy", "--yes", "--skip-preview"], {});

  /** Starts a command that the test acts on. */
  begin(
    args: readonly string[],
    program: Program,
    env: NodeJS.ProcessEnv = {},
  ): { child: ChildProcess; ended: Promise<Run> } {
    const events = path.join(this.folder, `events-${(this.#runs += 1)}.json`);
    const log = ["up", "preview", "refresh", "destroy"].includes(args[0] ?? "")
      ? ["--event-log", events]
      : [];
    writeFileSync(path.join(this.folder, "program.json"), JSON.stringify(program));
    const child = spawn("pulumi", [...args, ...log, "--non-interactive"], {
      cwd: this.folder,
      env: { ...this.env, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
    const ended = once(child, "close").then(([status]) => {
      const found = log.length === 0 ? [] : eventsIn(events);
      return { status: status as number | null, output, events: found, steps: stepsIn(found) };
    });
    return { child, ended };
  }

  run = (args: readonly string[], program: Program = {}, env: NodeJS.ProcessEnv = {}): Promise<Run> =>
    this.begin(args, program, env).ended;

  /** Runs what has to succeed. */
  async done(args: readonly string[]): Promise<void> {
    const { status, output } = await this.run(args);
    assert.equal(status, 0, output);
  }

  #command(args: readonly string[], program: Program): Promise<Run> {
    return this.run([...args, "--stack", "dev"], program);
  }

  /** Whether a plugin of any run is still there. */
  hasPlugin(): boolean {
    const started = readFileSync(path.join(this.folder, STARTED), "utf8").trim().split("\n");
    return started.some((pid) => isAlive(Number(pid)));
  }

  async exported(): Promise<ExportedStack> {
    const file = path.join(this.folder, "state.json");
    await this.run(["stack", "export", "--file", file]);
    return JSON.parse(readFileSync(file, "utf8")) as ExportedStack;
  }

  async resource(name: string): Promise<ResourceV3 | undefined> {
    const { deployment } = await this.exported();
    return deployment.resources?.find(({ urn }) => urn.endsWith(`::${name}`));
  }
}

function eventsIn(file: string): EngineEvent[] {
  try {
    const lines = readFileSync(file, "utf8")
      .split("\n")
      .filter((line) => line !== "");
    const events = lines.map((line) => JSON.parse(line) as EngineEvent);
    // The SDK logs the registrations, for `--debug`, as they are sent; the types do not know that severity.
    const isDebug = ({ diagnosticEvent }: EngineEvent): boolean =>
      String(diagnosticEvent?.severity) === "debug";
    return events.filter((event) => !isDebug(event));
  } catch {
    return [];
  }
}

const stepsIn = (events: readonly EngineEvent[]): string[] =>
  events.flatMap(({ resourcePreEvent }) => {
    const { op = "", urn = "" } = resourcePreEvent?.metadata ?? {};
    const isOurs = /video-analysis(?::index|):\w+::[^:]+$/.test(urn) && !urn.includes("pulumi:providers");
    return isOurs ? [`${op} ${urn.split("::").at(-1) ?? ""}`] : [];
  });
