/** Makes `dist/package` and `dist/plugin`, the code that npm publishes, from the sources and their declarations. */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { bundle, FOLDER } from "./bundle";
import { declarations } from "./declarations";
import { PLUGIN_FOLDER, pluginFiles } from "./plugin";

/** Executable, as a command has to be. */
const EXECUTABLE = 0o755;

async function main(): Promise<void> {
  const files = [...(await bundle()), ...(await declarations())];
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  for (const file of files) {
    const content = file.type === "chunk" ? file.code : file.source;
    const options = file.fileName === "cli.js" ? { mode: EXECUTABLE } : {};
    writeFileSync(path.join(FOLDER, file.fileName), content, options);
  }
  mkdirSync(PLUGIN_FOLDER, { recursive: true });
  for (const { fileName, text, isExecutable } of await pluginFiles()) {
    writeFileSync(path.join(PLUGIN_FOLDER, fileName), text, isExecutable ? { mode: EXECUTABLE } : {});
  }
}

void main();
