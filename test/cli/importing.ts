/** A project to import tasks into, and its program. */
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, statSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import ts from "typescript";
import type { Emulator } from "../../testkit/emulator";
import type { ImportFile } from "../../tools/engine";
import { programDirectory } from "../contract/program-directory";
import { configurationFor, TestStack } from "../scenarios/support";
import { run, type Run } from "./support";

export const PROJECT = "existing";

/** The program's file; it is also the project's main. */
export const PROGRAM = "imported-tasks.ts";

/** A Pulumi project without resources. */
export function projectFolder(): string {
  const folder = mkdtempSync(path.join(programDirectory(), "project-"));
  writeFileSync(path.join(folder, "Pulumi.yaml"), `name: ${PROJECT}\nruntime: nodejs\nmain: ${PROGRAM}\n`);
  writeFileSync(path.join(folder, "package.json"), JSON.stringify({ name: PROJECT, private: true }));
  const compilerOptions = { target: "es2022", module: "nodenext", strict: true, skipLibCheck: true };
  writeFileSync(path.join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions }));
  return folder;
}

/** A stack of the project, on the engine stand-in. */
export function stackIn(folder: string, emulator: Emulator): TestStack {
  const stack = new TestStack(emulator, { workDir: folder, entry: PROGRAM, project: PROJECT });
  // The compiler has its own test below; here it would only take time.
  stack.env = { PULUMI_NODEJS_TRANSPILE_ONLY: "true" };
  return stack;
}

export const read = (folder: string, file: string): string => readFileSync(path.join(folder, file), "utf8");

export const importFileIn = (folder: string): ImportFile =>
  JSON.parse(read(folder, "import.json")) as ImportFile;

export const modeOf = (folder: string, file: string): number =>
  statSync(path.join(folder, file)).mode & 0o777;

/** Runs the command with the emulator's configuration. */
export function runImport(
  folder: string,
  emulator: Emulator,
  args: readonly string[],
  token = emulator.token,
): Promise<Run> {
  const config = Object.entries({ ...configurationFor(emulator), "video-analysis:token": token });
  const given = config.flatMap(([key, value]) => ["--config", `${key}=${value}`]);
  return run(["import", ...given, ...args], { cwd: folder });
}

/** Replaces the marks of the program and what they call, as a user would; each text names its property. */
export function fillIn(folder: string, values: Readonly<Record<string, string>>, file = PROGRAM): void {
  const marked = read(folder, file).replace(/\n\/\/ Stands for.*?\n}\n/s, "");
  const filled = marked.replaceAll(/\bfillIn\("([\w.[\]]+) of .*"\)/g, (_, property) => {
    const value = values[String(property)];
    assert.ok(value !== undefined, `${String(property)} has a value`);
    return JSON.stringify(value);
  });
  const unused = filled.includes("pulumi.") ? "" : 'import * as pulumi from "@pulumi/pulumi";\n';
  writeFileSync(path.join(folder, file), filled.replace(unused, ""));
}

/** The keys that the command asks to set. */
export const secretKeysIn = (stdout: string): string[] =>
  [...stdout.matchAll(/config set --secret (\S+)/g)].map(([, key = ""]) => key);

const COMPILER: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.Node16,
  moduleResolution: ts.ModuleResolutionKind.Node16,
  strict: true,
  exactOptionalPropertyTypes: true,
  noUnusedLocals: true,
  noUnusedParameters: true,
  allowUnreachableCode: false,
  skipLibCheck: true,
  noEmit: true,
  types: [],
};

/** Declarations are read once. */
const declarations = new Map<string, ts.SourceFile | undefined>();

/** Errors of a strict compiler in the program. */
export function complaintsOf(folder: string): string[] {
  const host = ts.createCompilerHost(COMPILER);
  const parse = host.getSourceFile.bind(host);
  host.getSourceFile = (name, ...rest) => {
    if (name.startsWith(folder)) return parse(name, ...rest);
    const known = declarations.get(name) ?? parse(name, ...rest);
    declarations.set(name, known);
    return known;
  };
  const program = ts.createProgram([path.join(folder, PROGRAM)], COMPILER, host);
  return ts
    .getPreEmitDiagnostics(program)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
}
