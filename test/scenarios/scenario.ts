/** A scenario as data: what is done to a stack and its world, and what is to be seen on every engine. */
import type { Emulator, EmulatorOptions } from "../../testkit/emulator";
import type { ExportedStack, ResourceV3 } from "../../tools/engine";
import type { JsonMap } from "../../tools/engine/property-value";
import type { Program } from "./program";
import type { Command, Front, RunOptions } from "./drivers/driver";

/** Options of a command, with resources by their names. */
export interface NamedOptions extends Omit<RunOptions, "target" | "replace" | "imports"> {
  readonly target?: readonly string[];
  readonly replace?: readonly string[];
  /** `--target-replace`: targets that are replaced whatever their difference. */
  readonly targetReplace?: readonly string[];
}

/** Expected result of a step, for this package's resources; absent members are not compared. */
export interface Expectation {
  /** Steps such as `create cam`, sorted; one that failed has `!` after it. */
  readonly operations: readonly string[];
  /** Text of one of the errors; without it the command has to succeed. */
  readonly error?: RegExp;
  /** Output of the command, the program or the provider. */
  readonly prints?: RegExp;
  /** Hook calls such as `check cam`, those of `configure` left out. */
  readonly calls?: readonly string[];
  /**
   * Hook calls by resource, in their order. A check is `check(olds)` or `check({})` by whether it got recorded inputs,
   * a diff with a value that is not known is `diff(unknown)`.
   */
  readonly order?: Readonly<Record<string, readonly string[]>>;
  /** Paths of the detailed diff by resource. */
  readonly diffs?: Readonly<Record<string, readonly string[]>>;
  /** Names of the resources in the state afterwards, sorted. */
  readonly recorded?: readonly string[];
  /** Operations at the services that change something, sorted. */
  readonly writes?: readonly string[];
  readonly state?: (look: Look) => void;
}

/** The world of a scenario between steps. */
export interface Look {
  readonly front: Front;
  readonly emulator: Emulator;
  /** Of another account, where the scenario has one. */
  readonly second: Emulator;
  /** The state after the last step. */
  readonly exported: ExportedStack;
  readonly resource: (name: string) => ResourceV3;
  /** Ids at the service of a resource in the state. */
  readonly ids: (name: string) => string[];
  /** Recorded outputs of the stack, secrets encrypted. */
  readonly outputs: () => JsonMap;
  /** `pulumi state taint`. */
  readonly taint: (name: string) => Promise<void>;
}

export interface RunStep {
  readonly run: Command;
  /** The program from here on. */
  readonly program?: Program | ((look: Look) => Program);
  readonly options?: NamedOptions;
  /** Of the command import. */
  readonly imports?: (look: Look) => NonNullable<RunOptions["imports"]>;
  /** The process to kill when the service has made every task and has answered for none. */
  readonly kill?: "engine" | "provider";
  /** Why the step is left out where the plugin serves the resources. */
  readonly notOnPlugin?: string;
  readonly expect: Expectation;
}

/** Something that happens outside the stack. */
export interface ActStep {
  readonly act: string;
  readonly change: (look: Look) => void | Promise<void>;
}

/** A variable of the program's and provider's environment changes. */
export interface VariableStep {
  readonly variable: string;
  readonly value: string | undefined | ((look: Look) => string);
}

/** The program's files are taken away; only what needs no program can follow. */
export interface RemoveProgramStep {
  readonly removeProgram: true;
}

export type ScenarioStep = RunStep | ActStep | VariableStep | RemoveProgramStep;

export interface Scenario {
  readonly title: string;
  /** Tests that prove the same to the fast tier, in which the stand-in then does not play it; a CLI always does. */
  readonly provedBy?: string;
  /** Why the scenario is left out where the plugin serves the resources. */
  readonly notOnPlugin?: string;
  readonly emulator?: EmulatorOptions;
  /** Starts a second emulator. */
  readonly second?: EmulatorOptions;
  /** Added to the configuration; undefined takes away. */
  readonly config?: Readonly<Record<string, string | undefined>>;
  /** In place of the emulator's token. */
  readonly secretConfig?: Readonly<Record<string, string>>;
  /** Texts that no command may print and no state may hold in plain text. */
  readonly canaries?: readonly string[];
  readonly steps: readonly ScenarioStep[];
}
