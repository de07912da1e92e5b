/** A program as a user has it: a directory of its own, from which the package resolves by its name. */
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import type { Variant } from "./engine";

/** The repository, seen from the compiled bench. */
export const REPOSITORY = path.resolve(__dirname, "..", "..", "..", "..");
const PROGRAMS = path.resolve(__dirname, "..", "programs");

export const PROJECT = "bench";

const made = new Set<string>();

// A run that is interrupted leaves nothing behind either.
process.on("exit", () => {
  for (const scratch of made) removeScratch(scratch);
});

/** Makes the directory; the program, and for the CLI its project file, are in `program/`. */
export function makeScratch(variant: Variant): string {
  const scratch = mkdtempSync(path.join(tmpdir(), "video-analysis-bench-"));
  made.add(scratch);
  const program = programIn(scratch);
  mkdirSync(program);
  for (const name of readdirSync(PROGRAMS).filter((file) => file.endsWith(".js"))) {
    copyFileSync(path.join(PROGRAMS, name), path.join(program, name));
  }
  symlinkSync(path.join(REPOSITORY, "node_modules"), path.join(program, "node_modules"), "dir");
  writeFileSync(path.join(program, "package.json"), JSON.stringify({ name: PROJECT, main: `${variant}.js` }));
  const runtime = { name: "nodejs", options: { typescript: false } };
  const providers = [{ name: "video-analysis", path: path.join(REPOSITORY, "dist", "plugin") }];
  const project = { name: PROJECT, runtime, ...(variant === "plugin" ? { plugins: { providers } } : {}) };
  writeFileSync(path.join(program, "Pulumi.yaml"), JSON.stringify(project));
  return scratch;
}

export const programIn = (scratch: string): string => path.join(scratch, "program");

export function removeScratch(scratch: string): void {
  rmSync(scratch, { recursive: true, force: true });
  made.delete(scratch);
}
