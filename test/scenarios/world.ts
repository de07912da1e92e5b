/** One run of a scenario: its service, its program's directory, its stack. */
import assert from "node:assert/strict";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { type Emulator, type EmulatorOptions, startEmulator } from "../../testkit/emulator";
import type { ExportedStack, ResourceV3 } from "../../tools/engine";
import type { JsonMap } from "../../tools/engine/property-value";
import { STACK_TYPE } from "../../tools/engine/urn";
import { pluginToken } from "../../provider/services/configuration";
import { RESOURCE_NAMES } from "../../provider/services/resource-names";
import { Gate } from "./gate";
import { PLAIN_TYPE, type Program } from "./program";
import { cleanEnvironment, configurationFor, PROGRAMS, REPOSITORY, taskIdsOf, TASK_TYPES } from "./support";
import {
  type EngineDriver,
  type Front,
  type OpenDriver,
  type Outcome,
  PROJECT,
  type RunOptions,
} from "./drivers/driver";
import { CallLog } from "./recording/hook-calls";
import type { Look, NamedOptions, Scenario } from "./scenario";

/** Types of the resources that a program's `tasks` declare. */
export const DECLARED_TYPES: readonly string[] = [
  ...TASK_TYPES,
  ...RESOURCE_NAMES.map(pluginToken),
  PLAIN_TYPE,
];

/** States change at once and time stands still, so that no answer depends on the time of the question. */
const AT_ONCE: EmulatorOptions = {
  clock: { mode: "manual" },
  transitions: { pendingMs: 0, startingMs: 0, stoppingMs: 0, deletingMs: 0 },
};

const settings = (all: Readonly<Record<string, string | undefined>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(all).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  );

/** The program of the scenarios, in a directory as a user has it. */
export function makeProgram(scratch: string): string {
  const workDir = path.join(scratch, "program");
  mkdirSync(workDir);
  for (const file of ["tasks.mjs", "plain.cjs"])
    copyFileSync(path.join(PROGRAMS, file), path.join(workDir, file));
  symlinkSync(path.join(REPOSITORY, "node_modules"), path.join(workDir, "node_modules"), "dir");
  writeFileSync(path.join(workDir, "package.json"), JSON.stringify({ name: PROJECT, main: "tasks.mjs" }));
  const runtime = { name: "nodejs", options: { typescript: false } };
  writeFileSync(path.join(workDir, "Pulumi.yaml"), JSON.stringify({ name: PROJECT, runtime }));
  return workDir;
}

interface Parts {
  readonly other: Emulator | undefined;
  readonly gate: Gate | undefined;
  readonly scratch: string;
  readonly workDir: string;
}

export class World implements Look {
  exported: ExportedStack = { version: 3, deployment: { manifest: { time: "", magic: "", version: "" } } };
  private constructor(
    readonly emulator: Emulator,
    readonly driver: EngineDriver,
    readonly calls: CallLog,
    private readonly parts: Parts,
  ) {}

  static async open(scenario: Scenario, openDriver: OpenDriver): Promise<World> {
    const scratch = mkdtempSync(path.join(tmpdir(), "video-analysis-scenario-"));
    const emulator = await startEmulator({ ...AT_ONCE, ...scenario.emulator });
    const other = scenario.second && (await startEmulator({ ...AT_ONCE, ...scenario.second }));
    const killed = scenario.steps.some((step) => "kill" in step);
    const gate = killed ? await Gate.open(emulator.url) : undefined;
    const workDir = makeProgram(scratch);
    const stackFolder = path.join(scratch, "stack");
    mkdirSync(stackFolder);
    const calls = new CallLog(path.join(scratch, "calls.jsonl"));
    const config = settings({ ...configurationFor(emulator), ...scenario.config });
    if (gate !== undefined) {
      const endpoints = config["video-analysis:endpoints"] ?? "";
      config["video-analysis:endpoints"] = endpoints.replaceAll(emulator.url, gate.url);
    }
    const driver = await openDriver({
      workDir,
      scratch: stackFolder,
      config,
      secretConfig: scenario.secretConfig ?? { "video-analysis:token": emulator.token },
      env: { ...cleanEnvironment(), HOME: scratch, ...calls.env },
    });
    return new World(emulator, driver, calls, { other, gate, scratch, workDir });
  }

  async close(): Promise<void> {
    await this.parts.gate?.close();
    // Only a run that was killed can leave processes behind.
    if (this.parts.gate !== undefined) this.calls.killAll();
    await this.emulator.close();
    await this.parts.other?.close();
    rmSync(this.parts.scratch, { recursive: true, force: true });
  }

  get front(): Front {
    return this.driver.front;
  }

  get second(): Emulator {
    assert.ok(this.parts.other, "the scenario has a second emulator");
    return this.parts.other;
  }

  readonly outputs = (): JsonMap => this.all().find(({ type }) => type === STACK_TYPE)?.outputs ?? {};

  /** A new directory that goes with the world. */
  folder(name: string): string {
    const folder = path.join(this.parts.scratch, name);
    mkdirSync(folder);
    return folder;
  }

  removeProgram(): void {
    rmSync(path.join(this.parts.workDir, "tasks.mjs"));
  }

  /** The resources in the state that a program declares as tasks. */
  recorded(): ResourceV3[] {
    return this.all().filter(({ type }) => DECLARED_TYPES.includes(type));
  }

  /** Of any type, such as an explicit provider. */
  readonly resource = (name: string): ResourceV3 => {
    const found = this.all().find(({ urn }) => urn.endsWith(`::${name}`));
    assert.ok(found, `${name} is in the state`);
    return found;
  };

  readonly ids = (name: string): string[] => taskIdsOf(this.resource(name));

  readonly taint = (name: string): Promise<void> => this.driver.taint(this.resource(name).urn);

  private all(): ResourceV3[] {
    return this.exported.deployment.resources ?? [];
  }

  options({ target, replace, targetReplace, ...others }: NamedOptions = {}): RunOptions {
    const urns = (names: readonly string[]): string[] => names.map((name) => this.resource(name).urn);
    const targets = [...(target ?? []), ...(targetReplace ?? [])];
    const replaced = [...(replace ?? []), ...(targetReplace ?? [])];
    return {
      ...others,
      ...(targets.length === 0 ? {} : { target: urns(targets) }),
      ...(replaced.length === 0 ? {} : { replace: urns(replaced) }),
    };
  }

  /** Runs `up` and kills when the service has made every task, and every answer is on its way. */
  async runKilled(victim: "engine" | "provider", program: Program): Promise<Outcome> {
    const { driver, calls } = this;
    const { gate } = this.parts;
    assert.ok(gate);
    let strike: () => void = () => undefined;
    let left = Object.keys(program.tasks ?? {}).length;
    gate.act = async ({ method, path: url, moment, callerGone }) => {
      if (method !== "POST" || !/\/(?:batch-)?tasks$/.test(url) || moment !== "after") return "pass";
      left -= 1;
      if (left === 0) strike();
      await callerGone;
      return "drop";
    };
    try {
      if (victim === "provider") {
        strike = () => calls.killProviders();
        return await driver.run("up", program, {});
      }
      const run = driver.begin(program);
      strike = () => {
        run.kill();
        calls.killProviders();
      };
      await run.ended;
      await driver.unlock();
      return { ok: false, operations: [], errors: ["the engine was killed"], printed: "" };
    } finally {
      gate.act = () => "pass";
    }
  }
}
