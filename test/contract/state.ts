/** A resource in the engine's state, and the result of one step on it. */
import { InitFailed } from "./failures";
import { annotate, type Props } from "./values";

/** A resource in the engine's state; secrets are in envelopes. */
export interface State {
  readonly id: string;
  readonly inputs: Props;
  readonly outputs: Props;
  readonly initErrors: readonly string[];
}

export interface Diff {
  readonly changes: "some" | "none" | "unknown";
  readonly replaces: readonly string[];
  readonly deleteBeforeReplace: boolean;
  /** Properties that the provider itself shows as changed, where it does. */
  readonly paths?: readonly string[];
}

/** Whether the details of a change are shown: the provider names them, or leaves them to the engine to find. */
export const isDetailed = ({ changes, paths = [] }: Diff): boolean =>
  changes === "unknown" || (changes === "some" && paths.length > 0);

/** Result of an `up`, and the properties that it shows as changed. */
export interface Step {
  readonly op: "create" | "same" | "update" | "replace";
  readonly state: State;
  readonly changed: readonly string[];
  readonly diff?: Diff;
}

/** The state that the engine saves when a create fails with an initialization error. */
export async function unfinished(creation: Promise<unknown>, inputs: Props): Promise<State> {
  try {
    await creation;
  } catch (error) {
    if (!(error instanceof InitFailed)) throw error;
    const { id, properties, reasons } = error.details;
    return { id, inputs, outputs: annotate(properties, inputs), initErrors: reasons };
  }
  throw new Error("the create succeeded, but an initialization error was expected");
}
