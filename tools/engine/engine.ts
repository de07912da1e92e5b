/**
 * A small Pulumi engine for one stack. It runs a real Node program and the SDK's real dynamic provider without the
 * CLI, and keeps the state in a file that `pulumi stack import` accepts. Only dynamic resources are supported.
 *
 * A failed operation resolves with `ok: false`; only misuse throws, as `EngineError`. One engine runs one operation
 * at a time, and nothing else may write its state file meanwhile.
 */
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { checkExported, readExported, StateFile, writeExported } from "./state-file";
import { DEPLOYMENT_VERSION, type ExportedStack, manifest } from "./deployment";
import { EngineError } from "./errors";
import type { ImportFile } from "./import-file";
import { Operation, type OperationOptions } from "./operation";
import { type JsonMap, toPlain } from "./property-value";
import { loadSdk, type Sdk } from "./sdk";
import type {
  DestroyOptions,
  EngineOptions,
  ImportOptions,
  OperationResult,
  RefreshOptions,
  UpdateOptions,
} from "./types";
import { STACK_TYPE } from "./urn";

/** Enough for tests; the CLI's own default is four operations a processor, and 16 at least. */
const DEFAULT_PARALLEL = 16;

export class Engine {
  readonly #options: EngineOptions;
  readonly #sdk: Sdk;
  #running: Operation | undefined;
  #busy = false;

  constructor(options: EngineOptions) {
    const { project, parallel = DEFAULT_PARALLEL } = options;
    if (!/^[A-Za-z0-9._-]+$/.test(project)) {
      throw new EngineError(
        "OPTIONS_INVALID",
        `"${project}" is no project name: use letters, digits, ".", "_", "-"`,
      );
    }
    if (!Number.isInteger(parallel) || parallel < 1) {
      throw new EngineError("OPTIONS_INVALID", `parallel is ${parallel}: give a positive whole number`);
    }
    this.#options = { ...options, workDir: resolve(options.workDir), stateFile: resolve(options.stateFile) };
    this.#sdk = loadSdk(this.#options.workDir);
  }

  /** Shows what `up` would do; changes nothing. */
  preview(update: UpdateOptions = {}): Promise<OperationResult> {
    return this.#operate({ mode: "update", dryRun: true, update });
  }

  up(update: UpdateOptions = {}): Promise<OperationResult> {
    return this.#operate({ mode: "update", dryRun: false, update });
  }

  /** Takes the live state of every resource over into the recorded one, without the program. */
  refresh(options: RefreshOptions = {}): Promise<OperationResult> {
    const { previewOnly = false, clearPendingCreates = false, ...update } = options;
    return this.#operate({ mode: "refresh", dryRun: previewOnly, update }, clearPendingCreates);
  }

  /**
   * Brings existing resources into the stack as an import file describes them, without the program. As with the real
   * engine a dynamic resource needs inputs and outputs there, and is protected unless the options say otherwise.
   */
  import(
    file: ImportFile,
    { previewOnly = false, protect = true }: ImportOptions = {},
  ): Promise<OperationResult> {
    return this.#operate({ mode: "import", dryRun: previewOnly, update: {}, imports: { file, protect } });
  }

  /** Deletes every resource, or those that are asked for, from the recorded state alone. */
  destroy(update: DestroyOptions = {}): Promise<OperationResult> {
    return this.#operate({ mode: "destroy", dryRun: false, update });
  }

  /** The stack's recorded outputs; secrets are masked unless asked for. */
  async outputs({ showSecrets = false } = {}): Promise<JsonMap> {
    const { base } = await this.#open();
    const stack = base.resources.find(({ type, parent }) => type === STACK_TYPE && parent === "");
    return toPlain(stack?.outputs ?? {}, showSecrets);
  }

  /** The state, secrets encrypted. */
  exportStack(): ExportedStack {
    const { stateFile } = this.#options;
    if (existsSync(stateFile)) return readExported(stateFile);
    return { version: DEPLOYMENT_VERSION, deployment: { manifest: manifest(this.#version()), metadata: {} } };
  }

  /** Replaces the state. Its secrets have to open with this engine's passphrase. */
  async importStack(stack: unknown): Promise<void> {
    if (this.#busy) throw new EngineError("BUSY", "an operation runs: wait for its end");
    const previous = this.exportStack();
    writeExported(this.#options.stateFile, checkExported(stack, "the imported stack"));
    try {
      await this.#open();
    } catch (error) {
      writeExported(this.#options.stateFile, previous);
      throw error;
    }
  }

  /** Signals processes of the running operation, for tests of interruption; without one it does nothing. */
  kill(target: "program" | "provider" | "all", signal: NodeJS.Signals = "SIGKILL"): void {
    this.#running?.kill(target, signal);
  }

  async #operate(
    what: Pick<OperationOptions, "mode" | "dryRun" | "update" | "imports">,
    clearPendingCreates = false,
  ): Promise<OperationResult> {
    if (this.#busy) throw new EngineError("BUSY", "an operation runs: wait for its end");
    this.#busy = true;
    try {
      const state = await this.#open();
      if (clearPendingCreates) state.base.pendingOperations = [];
      const { stack = "dev", organization = "organization", parallel = DEFAULT_PARALLEL } = this.#options;
      const sdk = this.#sdk;
      const engine = this.#options;
      this.#running = new Operation({ engine, stack, organization, parallel, sdk, state, ...what });
      return await this.#running.run();
    } finally {
      this.#running = undefined;
      this.#busy = false;
    }
  }

  #open(): Promise<StateFile> {
    const { stateFile, passphrase = "" } = this.#options;
    return StateFile.open(stateFile, passphrase, this.#version());
  }

  /** The engine version written into states: that of the SDK, since both are released together. */
  #version(): string {
    return `v${this.#sdk.version}`;
  }
}
