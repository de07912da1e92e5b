/** Makes `dist/package`, the code that npm publishes, from the sources and their declarations. */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { bundle, ROOT } from "./bundle";
import { compress } from "./compress";
import { declarations } from "./declarations";

const FOLDER = path.join(ROOT, "dist", "package");

/** Whoever may run the command may run the file. */
const EXECUTABLE = 0o755;

async function main(): Promise<void> {
  const [code, types] = await Promise.all([bundle(), declarations()]);
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  for (const [name, content] of compress(code)) {
    writeFileSync(path.join(FOLDER, name), content, name === "cli.js" ? { mode: EXECUTABLE } : {});
  }
  for (const file of types) writeFileSync(path.join(FOLDER, file.fileName), file.code);
}

void main();
