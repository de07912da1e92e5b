/**
 * Writes `dist/schemas/<type>.json`, and `dist/plugin/schema.json` for the provider plugin: the package carries them and
 * `video-analysis schema` prints them.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { catalog } from "../provider/services/catalog";
import { jsonSchemaOf } from "./docs/json-schema";
import { readManifest } from "./package-schema/manifest";
import { packageSchemaText } from "./package-schema/package-schema";

const dist = path.resolve(__dirname, "..");
const manifest = readManifest();
const folder = path.join(dist, "schemas");
const pluginFolder = path.join(dist, "plugin");

const INDENTATION = 2;

mkdirSync(folder, { recursive: true });
for (const entry of catalog) {
  const text = JSON.stringify(jsonSchemaOf(entry, manifest.version), null, INDENTATION);
  writeFileSync(path.join(folder, `${entry.type}.json`), `${text}\n`);
}

mkdirSync(pluginFolder, { recursive: true });
writeFileSync(path.join(pluginFolder, "schema.json"), packageSchemaText(manifest));
