/**
 * Arguments that an import could not record, since no call returns them. The values that the program supplies afterwards are
 * trusted: the update that brings one records it, and they are neither sent nor a reason to replace.
 */
import { getAt, setAt, type PropertyMap, type Path } from "../../common/json";

/** Key in recorded outputs; absent once updates have recorded all of the values. */
const KEY = "unreadable";

/** The output that lists their paths. */
export const unreadableOutput = (paths: readonly Path[]): PropertyMap =>
  paths.length === 0 ? {} : { [KEY]: paths };

const isPath = (value: unknown): value is Path =>
  Array.isArray(value) &&
  value.length > 0 &&
  value.every((part) => typeof part === "string" || typeof part === "number");

/** Paths of the arguments that recorded outputs lack. */
export function unreadableIn(outputs: PropertyMap): readonly Path[] {
  const paths = outputs[KEY];
  return Array.isArray(paths) ? paths.filter(isPath) : [];
}

/** Those that an update still leaves without a value, so that a later one can bring it. */
export const stillUnreadable = (recorded: PropertyMap, inputs: PropertyMap): PropertyMap =>
  unreadableOutput(unreadableIn(recorded).filter((path) => getAt(inputs, path) === undefined));

/** Recorded outputs with the supplied values where nothing could be recorded. */
export function withSupplied(recorded: PropertyMap, inputs: PropertyMap): PropertyMap {
  return unreadableIn(recorded).reduce<PropertyMap>((outputs, path) => {
    const value = getAt(inputs, path);
    return value === undefined ? outputs : (setAt(outputs, path, value) as PropertyMap);
  }, recorded);
}
