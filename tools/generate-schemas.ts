/** Writes `dist/schemas/<type>.json`, which the package carries and `video-analysis schema` prints. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { catalog } from "../provider/services/catalog";
import { jsonSchemaOf } from "./docs/json-schema";

const root = path.resolve(__dirname, "../..");
const { version } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8")) as { version: string };
const folder = path.join(root, "dist", "schemas");

const INDENTATION = 2;

mkdirSync(folder, { recursive: true });
for (const entry of catalog) {
  const text = JSON.stringify(jsonSchemaOf(entry, version), null, INDENTATION);
  writeFileSync(path.join(folder, `${entry.type}.json`), `${text}\n`);
}
