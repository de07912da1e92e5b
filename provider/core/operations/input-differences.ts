/** Differences of the inputs one by one, for a front to which the engine leaves the comparison. Pure. */
import type { Path, PropertyMap } from "../../common/json";
import { differences } from "../drift/compare";
import type { DiffResult } from "./diff";

export interface InputDifference {
  readonly path: Path;
  readonly kind: "add" | "delete" | "update";
  readonly replaces: boolean;
}

export interface InputComparison {
  readonly changes: boolean;
  readonly replaces: readonly string[];
  readonly deleteBeforeReplace: boolean;
  readonly differences: readonly InputDifference[];
}

/**
 * Decides as the engine does where `changes` is left to it: any difference of the inputs is a change, and what replaces
 * counts only beside one.
 *
 * @param recorded inputs of the state
 * @param inputs checked inputs
 * @param result the diff of the same resource
 */
export function compareInputs(
  recorded: PropertyMap,
  inputs: PropertyMap,
  { changes, replaces, deleteBeforeReplace }: DiffResult,
): InputComparison {
  const found = changes === false ? [] : differences(recorded, inputs);
  if (changes !== true && found.length === 0)
    return { changes: false, replaces: [], deleteBeforeReplace, differences: [] };
  const shown = found.map(({ path, recorded: before, live: after }): InputDifference => ({
    path,
    kind: before === undefined ? "add" : after === undefined ? "delete" : "update",
    replaces: replaces.includes(String(path[0])),
  }));
  // A difference from the outputs alone has no path in the inputs.
  const others = replaces
    .filter((key) => !shown.some(({ path }) => path[0] === key))
    .map((key): InputDifference => ({ path: [key], kind: "update", replaces: true }));
  return { changes: true, replaces, deleteBeforeReplace, differences: [...shown, ...others] };
}
