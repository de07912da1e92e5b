/** An engine, as scenarios use it; the stand-in and the Pulumi CLI each serve it. */
import type { DetailedDiff, ExportedStack, ImportFile } from "../../../tools/engine";
import type { Json } from "../../../testkit/emulator";
import type { Program } from "../program";

type ImportSpec = NonNullable<ImportFile["resources"]>[number];

/** `import` is that of an import file; the CLI reports no steps of it. */
export type Command = "up" | "preview" | "refresh" | "destroy" | "import";

/** Options of commands, as far as the command has them. Resources are named by their URNs. */
export interface RunOptions {
  /** `--refresh`, of up, preview and destroy. */
  readonly refresh?: boolean;
  /** `--preview-only`, of refresh. */
  readonly previewOnly?: boolean;
  /** `--clear-pending-creates`, of refresh. */
  readonly clearPendingCreates?: boolean;
  /** The resources of the import file; they are not protected. */
  readonly imports?: readonly ImportSpec[];
  readonly target?: readonly string[];
  readonly replace?: readonly string[];
}

/** One step that ended. */
export interface RawOperation {
  /**
   * In the engine's words. Of the command refresh `refresh-same`, `refresh-update` or `refresh-delete`; where another
   * command refreshes first the CLI's events do not show what it found, and it is `refresh`.
   */
  readonly op: string;
  readonly urn: string;
  readonly failed: boolean;
  readonly detailedDiff: DetailedDiff;
}

export interface Outcome {
  readonly ok: boolean;
  /** In the order of their end; what fails in a preview is an error only. */
  readonly operations: readonly RawOperation[];
  readonly errors: readonly string[];
  /** Everything that the command, the program and the provider printed without `--debug`, and the engine's events. */
  readonly printed: string;
}

/** A run whose engine will be killed. */
export interface DoomedRun {
  kill(): void;
  /** Resolves when the engine has ended. */
  readonly ended: Promise<unknown>;
}

/** Where a stack lives. */
export interface StackPlace {
  /** Default: {@link STACK}. */
  readonly stack?: string;
  /** The program's directory: made for this stack, so that a scenario may take the program away. */
  readonly workDir: string;
  /** An empty directory for all else that the stack needs. */
  readonly scratch: string;
  readonly config: Readonly<Record<string, string>>;
  readonly secretConfig: Readonly<Record<string, string>>;
  /** For the program and the provider; undefined removes a variable. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Which provider serves the resources. */
export type Front = "dynamic" | "plugin";

export interface EngineDriver {
  /** Such as `Pulumi CLI v3.260.0`. */
  readonly title: string;
  readonly front: Front;
  run(command: Command, program: Program, options: RunOptions): Promise<Outcome>;
  /** Sets a variable for the program and the provider from now on; undefined takes it away. */
  setVariable(name: string, value: string | undefined): void;
  /** Begins an `up` in a process that can be killed. */
  begin(program: Program): DoomedRun;
  /** Makes the stack usable again after its engine was killed. */
  unlock(): Promise<void>;
  /** `pulumi state taint`. */
  taint(urn: string): Promise<void>;
  exported(): Promise<ExportedStack>;
  importState(state: ExportedStack): Promise<void>;
  /** The stack's outputs, secrets in plain text. */
  outputs(): Promise<Readonly<Record<string, Json>>>;
}

/** Opens a stack on an engine. */
export type OpenDriver = (place: StackPlace) => Promise<EngineDriver>;

/** The variable by which the program learns what to declare; the state keeps nothing of it. */
export const PROGRAM_VARIABLE = "SCENARIO_PROGRAM";
/** Passphrase of the state's secrets for both engines. */
export const PASSPHRASE = "scenario";
export const PROJECT = "scenario";
export const STACK = "dev";
