/** A stack that scripts drive the same way on the Pulumi CLI and on the engine stand-in. */
import type { Path } from "../../provider/common/json";
import { formatPath } from "../../provider/common/json";
import { differences } from "../../provider/core/drift/compare";

export interface StackOptions {
  /** Directory of the program. */
  readonly program: string;
  readonly project: string;
  /** An empty directory for everything that a run leaves behind. */
  readonly scratch: string;
  readonly config: Readonly<Record<string, string>>;
  readonly secretConfig: Readonly<Record<string, string>>;
  readonly env: Readonly<Record<string, string>>;
  /** One line for each step that ends. */
  readonly onStep: (step: Step) => void;
}

export interface PropertyChange {
  readonly path: string;
  readonly before: unknown;
  readonly after: unknown;
}

export interface Step {
  readonly op: string;
  readonly type: string;
  readonly name: string;
  /** Changed inputs; for a refresh from recorded to live. */
  readonly changes: readonly PropertyChange[];
}

export interface RunResult {
  readonly ok: boolean;
  readonly steps: readonly Step[];
  /** Errors of a run that failed. */
  readonly errors: readonly string[];
}

export interface Stack {
  /** "Pulumi CLI v3.260.0" or "the engine stand-in". */
  readonly engine: string;
  preview(): Promise<RunResult>;
  up(): Promise<RunResult>;
  refresh(): Promise<RunResult>;
  destroy(): Promise<RunResult>;
  outputs(): Promise<Readonly<Record<string, unknown>>>;
}

/** Type of the stack itself, whose steps are of no interest here. */
const STACK_TYPE = "pulumi:pulumi:Stack";
const isOwn = (path: Path): boolean => !String(path[0]).startsWith("__");

export const isTask = (step: Step): boolean =>
  step.type !== STACK_TYPE && !step.type.startsWith("pulumi:providers:");

export function changesOf(before: unknown, after: unknown): PropertyChange[] {
  return differences(before ?? {}, after ?? {})
    .filter(({ path }) => isOwn(path))
    .map(({ path, recorded, live }) => ({ path: formatPath(path), before: recorded, after: live }));
}
