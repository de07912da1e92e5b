/**
 * What an import could not record, since no call returns it. The program tells it afterwards, and its word is taken:
 * such a value is recorded by the next update, and neither sent nor a reason to replace.
 */
import { getAt, setAt, type PropertyMap, type Path } from "../../common/json";

/** Key in recorded outputs; absent once an update has recorded what the program says. */
const KEY = "untold";

/** The output that says so. */
export const untoldOutput = (paths: readonly Path[]): PropertyMap =>
  paths.length === 0 ? {} : { [KEY]: paths };

const isPath = (value: unknown): value is Path =>
  Array.isArray(value) &&
  value.length > 0 &&
  value.every((part) => typeof part === "string" || typeof part === "number");

/** Paths of the arguments that recorded outputs lack for that reason. */
export function untoldIn(outputs: PropertyMap): readonly Path[] {
  const paths = outputs[KEY];
  return Array.isArray(paths) ? paths.filter(isPath) : [];
}

/** Recorded outputs with the program's values where nothing could be recorded. */
export function withTold(olds: PropertyMap, news: PropertyMap): PropertyMap {
  return untoldIn(olds).reduce<PropertyMap>((bag, path) => {
    const value = getAt(news, path);
    return value === undefined ? bag : (setAt(bag, path, value) as PropertyMap);
  }, olds);
}
