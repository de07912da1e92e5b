/** The options and results of the engine. */
import type { DetailedDiff } from "./diff";
import type { JsonMap } from "./property-value";

/** The kind of a step, in the words of the Pulumi engine. */
export type StepOp =
  | "same"
  | "create"
  | "update"
  | "delete"
  | "replace"
  | "create-replacement"
  | "delete-replaced"
  | "read"
  | "read-replacement"
  | "refresh"
  | "discard"
  | "discard-replaced"
  | "remove-pending-replace"
  | "import";

/** One step that was executed, in the order of its end. Secrets appear as `[secret]`, unknowns as `[unknown]`. */
export interface StepRecord {
  readonly op: StepOp;
  /** For a refresh: what it found. */
  readonly resultOp?: "same" | "update" | "delete";
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly id?: string;
  /** The changed paths. For a refresh: from the recorded to the live values. */
  readonly detailedDiff?: DetailedDiff;
  /** The changed top-level properties. */
  readonly diffs?: readonly string[];
  /** The top-level properties that force a replacement. */
  readonly replaceKeys?: readonly string[];
  readonly oldInputs?: JsonMap;
  readonly newInputs?: JsonMap;
  readonly oldOutputs?: JsonMap;
  readonly newOutputs?: JsonMap;
  /** Why the step failed. */
  readonly error?: string;
  /** Why the resource exists but is not ready. */
  readonly initErrors?: readonly string[];
}

export type Severity = "debug" | "info" | "warning" | "error";

/** A message of the program, the provider or the engine. */
export interface Diagnostic {
  readonly severity: Severity;
  readonly message: string;
  readonly urn?: string;
  /** Who said it; output of a process that went through no log call has the stream's name appended. */
  readonly source:
    "engine" | "program" | "provider" | "program:stdout" | "program:stderr" | "provider:output";
}

/** One call of a provider process. Secrets appear as `[secret]`. */
export interface ProviderCall {
  readonly method: "configure" | "check" | "diff" | "create" | "read" | "update" | "delete";
  readonly urn: string;
  readonly request: JsonMap;
  /** Absent when the call failed. */
  readonly response?: JsonMap;
  readonly error?: string;
  readonly durationMs: number;
}

/** How many resources each kind of step touched; a replacement counts once, as `replace`. */
export type Changes = Partial<Record<StepOp, number>>;

/** Result of an operation. */
export interface OperationResult {
  /** False when anything failed; then the diagnostics say what. */
  readonly ok: boolean;
  /** Exit status of the program; absent for operations without one. */
  readonly programExitCode?: number;
  readonly changes: Changes;
  readonly steps: readonly StepRecord[];
  readonly diagnostics: readonly Diagnostic[];
  /** The stack's outputs after the operation, secrets as `[secret]`. */
  readonly outputs: JsonMap;
  readonly providerCalls: readonly ProviderCall[];
}

/** Events of an operation, as they happen. */
export type EngineEvent =
  | { readonly type: "step-start"; readonly op: StepOp; readonly urn: string }
  | { readonly type: "step-end"; readonly step: StepRecord }
  | { readonly type: "diagnostic"; readonly diagnostic: Diagnostic }
  | {
      readonly type: "call-start";
      readonly method: ProviderCall["method"];
      readonly urn: string;
      readonly pid: number;
    }
  | { readonly type: "call-end"; readonly call: ProviderCall }
  | { readonly type: "process-start"; readonly process: "program" | "provider"; readonly pid: number };

/** Everything an engine needs to know about a stack. */
export interface EngineOptions {
  /** The program's directory. */
  readonly workDir: string;
  /** The program's file, relative to `workDir`; by default what its package.json names as `main`. */
  readonly entry?: string;
  readonly project: string;
  /** Defaults to `dev`. */
  readonly stack?: string;
  /** Defaults to `organization`, as for stacks without a service. */
  readonly organization?: string;
  /** Configuration by full key, e.g. `aws:region`. */
  readonly config?: Readonly<Record<string, string>>;
  readonly secretConfig?: Readonly<Record<string, string>>;
  /** Where the state is kept, in the format of `pulumi stack export`. */
  readonly stateFile: string;
  /** Encrypts the secrets in the state; defaults to the empty passphrase. */
  readonly passphrase?: string;
  /** Added to this process's environment; undefined removes a variable. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** How many operations run at a time; defaults to 16. */
  readonly parallel?: number;
  readonly onEvent?: (event: EngineEvent) => void;
  readonly onOutput?: (source: "program" | "provider", line: string) => void;
  /** Kills a program that runs longer; by default it may run for ever. */
  readonly programTimeoutMs?: number;
}

/** Options of `up` and `preview`. */
export interface UpdateOptions {
  /** Read the live state first. */
  readonly refresh?: boolean;
  /** URNs to update; all others are left as they are. */
  readonly target?: readonly string[];
  /** URNs to replace, whatever their difference. */
  readonly replace?: readonly string[];
}

/** Options of `import`. */
export interface ImportOptions {
  /** Only show what would be imported; the state stays as it is. */
  readonly previewOnly?: boolean;
  /** Whether the imported resources may not be deleted; defaults to true. */
  readonly protect?: boolean;
}

/** Options of `refresh`. */
export interface RefreshOptions {
  /** Only show what changed; the state stays as it is. */
  readonly previewOnly?: boolean;
  /** Forget creations that an interrupted run left pending. */
  readonly clearPendingCreates?: boolean;
  /** URNs to read; all others are left as they are. */
  readonly target?: readonly string[];
}

/** Options of `destroy`. */
export interface DestroyOptions {
  /** Read the live state first. */
  readonly refresh?: boolean;
  /** URNs to delete; fails where something that is not among them depends on one. */
  readonly target?: readonly string[];
}
