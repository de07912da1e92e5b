/** A create that has an id but did not finish, as an error that can carry it. */
import { printable } from "../../common/printable";
import type { PropertyMap } from "../../common/json";
import type { ResourceDefinition } from "../../core/contract";
import type { InitializationError } from "../../core/state/initialization-error";
import { unreadableOutput } from "../../core/state/unreadable-inputs";
import { explain } from "./remedies";
import { wireSize } from "./values";

/** Most reasons that travel with it; the first one is nearly always the cause of the rest. */
const MAX_REASONS = 20;

export interface UnfinishedCreate {
  readonly id: string;
  readonly message: string;
  readonly properties: Record<string, unknown>;
  readonly reasons: readonly string[];
}

/**
 * @param outs sealed outputs of the error
 * @param maxSize bytes that outputs and reasons may take together
 */
export function unfinishedCreate(
  error: InitializationError,
  outs: Record<string, unknown>,
  definition: ResourceDefinition,
  maxSize: number,
): UnfinishedCreate {
  const reasons = error.reasons.slice(0, MAX_REASONS).map((reason) => printable(explain(reason)));
  const message = printable(explain(error.cause));
  const room = maxSize - wireSize([message, ...reasons]);
  return { id: error.id, message, properties: fitting(outs, definition, room), reasons };
}

/** Reports that the next update writes anew: the first to be left out of an error that is too large. */
const UNREPORTED = { tasks: [], taskIds: [], states: [], errorList: [], tasksTruncated: true };

/** Outputs that are not larger than there is room for. The program has its arguments, and diff takes its word for them. */
function fitting(outs: PropertyMap, definition: ResourceDefinition, room: number): Record<string, unknown> {
  if (wireSize(outs) <= room) return { ...outs };
  const left: Record<string, unknown> = { ...outs, ...UNREPORTED };
  const bySize = Object.keys(definition.arguments.shape)
    .filter((key) => left[key] !== undefined)
    .sort((one, other) => wireSize(left[other]) - wireSize(left[one]));
  const unreadable: string[] = [];
  for (const key of bySize) {
    if (wireSize(left) <= room) break;
    Reflect.deleteProperty(left, key);
    unreadable.push(key);
  }
  return { ...left, ...unreadableOutput(unreadable.map((key) => [key])) };
}
