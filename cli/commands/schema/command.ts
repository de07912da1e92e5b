/** `video-analysis schema`: the files that the build made. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { PLUGIN_FOLDER } from "../../common/plugin";

/**
 * @param type whose arguments are printed; left out, the package schema is
 * @returns the exit status
 */
export function schema(type: string | undefined): 0 {
  const file = type === undefined ? "schema.json" : `../schemas/${type}.json`;
  process.stdout.write(readFileSync(path.join(PLUGIN_FOLDER, file)));
  return 0;
}
