/** Scenarios on the engine stand-in. */
import { fork } from "node:child_process";
import { once } from "node:events";
import * as path from "node:path";
import {
  Engine,
  type EngineOptions,
  type OperationResult,
  type StepRecord,
  type UpdateOptions,
} from "../../../tools/engine";
import type { Program } from "../program";
import {
  type Command,
  type DoomedRun,
  type EngineDriver,
  type Outcome,
  PASSPHRASE,
  PROGRAM_VARIABLE,
  PROJECT,
  type RawOperation,
  type RunOptions,
  STACK,
  type StackPlace,
} from "./driver";

/** A program that hangs is ended before mocha gives up, so that its output is seen, in milliseconds. */
const PROGRAM_TIMEOUT = 120_000;

const ENGINE_PROCESS = path.join(__dirname, "engine-process.js");

function operationOf(record: StepRecord, command: Command): RawOperation {
  const { op, resultOp, urn, error, detailedDiff = {} } = record;
  const named = resultOp === undefined || command !== "refresh" ? op : `refresh-${resultOp}`;
  return { op: named, urn, failed: error !== undefined, detailedDiff };
}

function outcomeOf(
  result: OperationResult,
  lines: readonly string[],
  command: Command,
  isPreview: boolean,
): Outcome {
  const { ok, steps, diagnostics, providerCalls } = result;
  // What a program passes to its check is not a secret yet.
  const calls = providerCalls.map((call) => (call.method === "check" ? { ...call, request: {} } : call));
  const printed = [...lines, JSON.stringify({ ...result, providerCalls: calls })].join("\n");
  const errors = diagnostics.filter(({ severity }) => severity === "error").map(({ message }) => message);
  const operations = command === "import" ? [] : steps.map((step) => operationOf(step, command));
  const shown = isPreview ? operations.filter(({ failed }) => !failed) : operations;
  return { ok, operations: shown, errors, printed };
}

function start(engine: Engine, command: Command, options: RunOptions): Promise<OperationResult> {
  const { refresh, previewOnly, clearPendingCreates, imports = [], target, replace } = options;
  const update: UpdateOptions = {
    ...(refresh === undefined ? {} : { refresh }),
    ...(target === undefined ? {} : { target }),
    ...(replace === undefined ? {} : { replace }),
  };
  switch (command) {
    case "up":
      return engine.up(update);
    case "preview":
      return engine.preview(update);
    case "refresh":
      return engine.refresh({
        ...(previewOnly === undefined ? {} : { previewOnly }),
        ...(clearPendingCreates === undefined ? {} : { clearPendingCreates }),
        ...(target === undefined ? {} : { target }),
      });
    case "destroy":
      return engine.destroy(update);
    case "import":
      return engine.import({ resources: imports }, { protect: false });
  }
}

class StandInDriver implements EngineDriver {
  readonly title = "the engine stand-in";
  readonly front = "dynamic";

  private readonly env: Record<string, string | undefined>;

  constructor(private readonly place: StackPlace) {
    this.env = { ...place.env };
  }

  setVariable(name: string, value: string | undefined): void {
    this.env[name] = value;
  }

  async run(command: Command, program: Program, options: RunOptions): Promise<Outcome> {
    const isPreview = command === "preview" || options.previewOnly === true;
    const lines: string[] = [];
    const engine = this.engine(program, (line) => lines.push(line));
    return outcomeOf(await start(engine, command, options), lines, command, isPreview);
  }

  begin(program: Program): DoomedRun {
    const engine = fork(ENGINE_PROCESS);
    const ended = once(engine, "exit");
    engine.send(this.options(program));
    return { kill: () => engine.kill("SIGKILL"), ended };
  }

  unlock(): Promise<void> {
    return Promise.resolve();
  }

  async taint(urn: string): Promise<void> {
    const state = await this.exported();
    for (const resource of state.deployment.resources ?? []) if (resource.urn === urn) resource.taint = true;
    await this.importState(state);
  }

  exported(): ReturnType<EngineDriver["exported"]> {
    return Promise.resolve(this.engine().exportStack());
  }

  importState(state: Awaited<ReturnType<EngineDriver["exported"]>>): Promise<void> {
    return this.engine().importStack(state);
  }

  outputs(): ReturnType<EngineDriver["outputs"]> {
    return this.engine().outputs({ showSecrets: true });
  }

  private engine(program: Program = {}, onLine: (line: string) => void = () => undefined): Engine {
    return new Engine({ ...this.options(program), onOutput: (_, line) => onLine(line) });
  }

  private options(program: Program): EngineOptions {
    const { workDir, stack = STACK, scratch, config, secretConfig } = this.place;
    return {
      workDir,
      project: PROJECT,
      stack,
      config,
      secretConfig,
      stateFile: path.join(scratch, "state.json"),
      passphrase: PASSPHRASE,
      env: { ...this.env, [PROGRAM_VARIABLE]: JSON.stringify(program) },
      programTimeoutMs: PROGRAM_TIMEOUT,
    };
  }
}

export const openStandIn = (place: StackPlace): Promise<EngineDriver> =>
  Promise.resolve(new StandInDriver(place));
