/** Writes the generated types of `sdk/types`, from the folder of the repository. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { catalog } from "../../provider/services/catalog";
import { CONFIGURATION } from "../../provider/services/configuration";
import { LOOKUPS } from "../../provider/services/lookups/registry";
import { renderInputTypes } from "./input-types";
import { renderLookupTypes } from "./lookup-types";
import { renderOutputTypes, renderResourceTypes } from "./output-types";

const FOLDER = path.resolve("sdk", "types");

const FILES = {
  "input.ts": renderInputTypes(catalog, CONFIGURATION),
  "output.ts": renderOutputTypes(catalog, LOOKUPS),
  "lookups.ts": renderLookupTypes(catalog, LOOKUPS),
  "resources.ts": renderResourceTypes(catalog),
};

mkdirSync(FOLDER, { recursive: true });
for (const [name, text] of Object.entries(FILES)) {
  const file = path.join(FOLDER, name);
  // An unchanged file keeps its time, so that nothing that depends on it is compiled again.
  if (!existsSync(file) || readFileSync(file, "utf8") !== text) writeFileSync(file, text);
}
