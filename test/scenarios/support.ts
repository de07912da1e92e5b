/** Stacks on the engine stand-in against an emulator of their own, and what tests ask of them. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { type Emulator, type EmulatorOptions, startEmulator } from "../../testkit/emulator";
import {
  Engine,
  type EngineOptions,
  type ImportFile,
  type ImportOptions,
  type OperationResult,
  type ResourceV3,
  type StepRecord,
  type UpdateOptions,
} from "../../tools/engine";
import { preloaded } from "../support/preload";
import { KINDS } from "./kinds";
import { type Program, typeOf } from "./program";

/** The repository, seen from the compiled test. */
export const REPOSITORY = path.join(__dirname, "..", "..", "..");

export const PROGRAMS = path.join(REPOSITORY, "test", "scenarios", "programs");

/** Time for one scenario on a machine that has other things to do as well, in milliseconds. */
export const SCENARIO_TIMEOUT = 240_000;

/** A program that hangs is ended before mocha gives up, so that its output is seen, in milliseconds. */
const PROGRAM_TIMEOUT = 120_000;

/** The types of this package's resources, as states and steps name them. */
export const TASK_TYPES: readonly string[] = KINDS.map(({ type }) => typeOf(type));

/** The developer's own credentials, endpoints and files of other tools must neither help nor disturb. */
const FOREIGN_VARIABLE = /^(?:(?:HW|OS|VIDEO_ANALYSIS)_|XDG_CONFIG_HOME$)/;

export function cleanEnvironment(): Record<string, string | undefined> {
  const names = Object.keys(process.env).filter((name) => FOREIGN_VARIABLE.test(name));
  return { ...Object.fromEntries(names.map((name) => [name, undefined])), ...preloaded() };
}

/** Configuration for an emulator: where it is, and as whom to call. */
export function configurationFor(emulator: Emulator): Record<string, string> {
  return {
    "video-analysis:region": emulator.region,
    "video-analysis:projectId": emulator.projectId,
    "video-analysis:endpoints": JSON.stringify(emulator.endpoints),
  };
}

/** One stack. Its program, configuration and environment may change between operations. */
export class TestStack {
  program: Program = {};
  config: Record<string, string>;
  secretConfig: Record<string, string>;
  env: Record<string, string | undefined> = {};
  /** The engine of the running, or last, operation. */
  engine: Engine | undefined;
  private readonly scratch = mkdtempSync(path.join(tmpdir(), "video-analysis-engine-"));

  constructor(
    readonly emulator: Emulator,
    private readonly fixed: Partial<EngineOptions> = {},
  ) {
    this.config = configurationFor(emulator);
    this.secretConfig = { "video-analysis:token": emulator.token };
  }

  static async open(options: EmulatorOptions = {}, fixed: Partial<EngineOptions> = {}): Promise<TestStack> {
    return new TestStack(await startEmulator(options), fixed);
  }

  async close(): Promise<void> {
    await this.emulator.close();
    rmSync(this.scratch, { recursive: true, force: true });
  }

  /** Options of an engine for the next operation; plain data. */
  engineOptions(): EngineOptions {
    return {
      workDir: PROGRAMS,
      entry: "tasks.mjs",
      project: "scenario",
      config: this.config,
      secretConfig: { ...this.secretConfig, "scenario:program": JSON.stringify(this.program) },
      stateFile: path.join(this.scratch, "state.json"),
      env: { ...cleanEnvironment(), HOME: this.scratch, ...this.env },
      programTimeoutMs: PROGRAM_TIMEOUT,
      ...this.fixed,
    };
  }

  preview(options?: UpdateOptions): Promise<OperationResult> {
    return this.start().preview(options);
  }

  up(options?: UpdateOptions): Promise<OperationResult> {
    return this.start().up(options);
  }

  refresh(options?: { previewOnly?: boolean; clearPendingCreates?: boolean }): Promise<OperationResult> {
    return this.start().refresh(options);
  }

  destroy(): Promise<OperationResult> {
    return this.start().destroy();
  }

  import(file: ImportFile, options?: ImportOptions): Promise<OperationResult> {
    return this.start().import(file, options);
  }

  /** `up` with another program, which has to succeed. */
  async deploy(program: Program, options?: UpdateOptions): Promise<OperationResult> {
    this.program = program;
    return succeeded(await this.up(options));
  }

  /** Replaces the state; its secrets have to open with the stack's passphrase. */
  importStack(stack: unknown): Promise<void> {
    return new Engine(this.engineOptions()).importStack(stack);
  }

  exported(): ReturnType<Engine["exportStack"]> {
    return new Engine(this.engineOptions()).exportStack();
  }

  /** The resources of this package in the state, whichever type they are. */
  managed(): ResourceV3[] {
    const all = this.exported().deployment.resources ?? [];
    return all.filter(({ type }) => type.startsWith("pulumi-nodejs:dynamic/video-analysis:"));
  }

  /** The tasks in the state. */
  recorded(): ResourceV3[] {
    return (this.exported().deployment.resources ?? []).filter(({ type }) => TASK_TYPES.includes(type));
  }

  /** The task of that logical name in the state. */
  resource(name: string): ResourceV3 {
    const found = this.recorded().find(({ urn }) => urn.endsWith(`::${name}`));
    assert.ok(found, `${name} is in the state`);
    return found;
  }

  /** Ids at the service of one resource in the state. */
  taskIds(name: string): string[] {
    return taskIdsOf(this.resource(name));
  }

  /** Ids of all tasks and batches at the services; sub-tasks are part of their batch. */
  liveIds(): string[] {
    const { emulator } = this;
    const tasks = emulator.tasks().filter((task) => task["batch_id"] === undefined);
    return [...tasks, ...emulator.batches()].map(({ id }) => id);
  }

  private start(): Engine {
    this.engine = new Engine(this.engineOptions());
    return this.engine;
  }
}

/** Ids at the service that a resource id carries; that of a batch is the batch's own. */
export function taskIdsOf({ id = "" }: Pick<ResourceV3, "id">): string[] {
  return id.slice(id.indexOf("/") + 1).split(",");
}

/** All errors of an operation in one text. */
export function errorsOf(result: OperationResult): string {
  return result.diagnostics
    .filter(({ severity }) => severity === "error")
    .map(({ message }) => message)
    .join("\n");
}

/** All warnings, and what the processes printed, in one text. */
export function remarksOf(result: OperationResult): string {
  return result.diagnostics
    .filter(({ severity }) => severity !== "error" && severity !== "debug")
    .map(({ message }) => message)
    .join("\n");
}

export function succeeded(result: OperationResult): OperationResult {
  assert.ok(result.ok, `the operation succeeds; it said:\n${errorsOf(result)}\n${remarksOf(result)}`);
  return result;
}

/** The errors of an operation that has to fail. */
export function failed(result: OperationResult): string {
  assert.equal(result.ok, false, "the operation fails");
  return errorsOf(result);
}

/** Steps of tasks only, in the order of their end. */
function taskSteps(result: OperationResult): StepRecord[] {
  return result.steps.filter(({ type }) => TASK_TYPES.includes(type));
}

/** `create cam`, or for a refresh `refresh-update cam`; sorted by name where several resources are involved. */
export function opsOf(result: OperationResult): string[] {
  return taskSteps(result).map(({ op, resultOp, name }) => `${op}${resultOp ? `-${resultOp}` : ""} ${name}`);
}

export function stepOf(result: OperationResult, name: string, op?: StepRecord["op"]): StepRecord {
  const found = taskSteps(result).find((step) => step.name === name && (op === undefined || step.op === op));
  assert.ok(found, `${name} has a step ${op ?? ""}; steps: ${opsOf(result).join(", ")}`);
  return found;
}

/** Requests that change something at the service, as `POST`/`DELETE` and the operation's name. */
export function writesOf(emulator: Emulator): string[] {
  return emulator.requests
    .filter(({ method, service }) => method !== "GET" && service !== "iam")
    .map(({ operation }) => operation);
}
