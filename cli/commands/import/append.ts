/** The line by which a program declares the imported tasks too. */
import { existsSync } from "node:fs";
import path from "node:path";
import { readText } from "../../../provider/services/auth/files";
import { writeText } from "../../output/write";
import { findAbove } from "../../stack/configuration/project-file";

/** The module of the tasks, as another module names it. */
function specifier(program: string, from: string): string {
  const relative = path.relative(path.dirname(path.resolve(from)), path.resolve(program));
  const plain = relative
    .split(path.sep)
    .join("/")
    .replace(/\.([cm]?)[jt]s$/, isModule(from) ? ".$1js" : "");
  return plain.startsWith(".") ? plain : `./${plain}`;
}

/** ES modules name their files whole. */
function isModule(file: string): boolean {
  if (/\.m[jt]s$/.test(file)) return true;
  const manifest = findAbove(path.dirname(path.resolve(file)), ["package.json"]);
  if (manifest === undefined || /\.c[jt]s$/.test(file)) return false;
  // A manifest that is no JSON lets no program start: its own tools say so.
  return /"type"\s*:\s*"module"/.test(readText(manifest, "the manifest"));
}

/**
 * @param program the file that declares the tasks
 * @param entry the program's first file
 */
export function programLine(program: string, entry: string): string {
  const module = JSON.stringify(specifier(program, entry));
  return /\.c?js$/.test(entry) && !isModule(entry) ? `require(${module});` : `import ${module};`;
}

/** Adds the line at the end, once. */
export function appendTo(entry: string, program: string): void {
  const text = readText(entry, "the file of --append-to");
  const line = programLine(program, entry);
  if (text.split("\n").some((found) => found.trim().replace(/'/g, '"') === line)) return;
  const gap = text === "" || text.endsWith("\n") ? "" : "\n";
  writeText(entry, `${text}${gap}${line}\n`);
}

/**
 * The file that a program begins with.
 *
 * @param main a file, or the directory of one
 */
export function entryOf(main: string): string {
  if (/\.[cm]?[jt]s$/.test(main)) return main;
  const names = ["index.ts", "index.mts", "index.js", "index.mjs"];
  const files = names.map((name) => path.join(main, name));
  return files.find((file) => existsSync(file)) ?? path.join(main, "index.ts");
}
