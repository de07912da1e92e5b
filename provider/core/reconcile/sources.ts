/** The sources of an input, each of which is a task of its own. */
import { getAt, type PropertyMap } from "../../common/json";

/** The sources of the arguments, whatever is wrong with them. */
export function sourcesIn(args: PropertyMap): readonly unknown[] {
  const sources = getAt(args, ["input", "data"]);
  return Array.isArray(sources) ? sources : [];
}
