/** The Pulumi project that a directory belongs to, and what its provider process will find there. */
import { existsSync, readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { messageOf, VideoAnalysisError } from "../../provider/common/errors";
import { isObject } from "../../provider/common/json";

export interface Program {
  /** The project file. */
  readonly file: string;
  /** Where the program, and so its provider process, starts. */
  readonly directory: string;
  /** `nodejs`, where it says so. */
  readonly runtime: string | undefined;
}

const PROJECT_FILES = ["Pulumi.yaml", "Pulumi.yml", "Pulumi.json"] as const;

/** The directory and all above it. */
export function ancestors(directory: string): string[] {
  const parent = path.dirname(directory);
  return parent === directory ? [directory] : [directory, ...ancestors(parent)];
}

/** The nearest of some files, as the Pulumi CLI looks for its project. */
export function findAbove(directory: string, names: readonly string[]): string | undefined {
  return ancestors(directory)
    .flatMap((folder) => names.map((name) => path.join(folder, name)))
    .find((file) => existsSync(file));
}

/**
 * @returns undefined where there is no project
 * @throws `CONFIGURATION` for a project file that cannot be read
 */
export async function findProgram(cwd: string): Promise<Program | undefined> {
  const file = findAbove(path.resolve(cwd), PROJECT_FILES);
  if (file === undefined) return undefined;
  const { parse } = await import("yaml");
  let content: unknown;
  try {
    content = parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new VideoAnalysisError("CONFIGURATION", `${file} cannot be read: ${messageOf(error)}. Correct it.`);
  }
  const { main, runtime } = isObject(content) ? content : {};
  const name = isObject(runtime) ? runtime.name : runtime;
  return {
    file,
    directory: programDirectory(path.dirname(file), typeof main === "string" ? main : ""),
    runtime: typeof name === "string" ? name : undefined,
  };
}

/** `main` is a directory or a file in it. */
function programDirectory(root: string, main: string): string {
  const target = path.resolve(root, main);
  const isFile = statSync(target, { throwIfNoEntry: false })?.isFile() === true;
  return isFile ? path.dirname(target) : target;
}

/** Codes of Node's module loader for a missing package and for one without the subpath. */
const RESOLUTION_ERRORS: readonly unknown[] = ["MODULE_NOT_FOUND", "ERR_PACKAGE_PATH_NOT_EXPORTED"];

/** A module's file, as a process that was started in the directory finds it. */
export function resolveFrom(directory: string, request: string): string | undefined {
  // The file need not exist: module resolution uses its directory only.
  const { resolve } = createRequire(path.join(directory, "x.js"));
  try {
    return resolve(request);
  } catch (error) {
    if (error instanceof Error && "code" in error && RESOLUTION_ERRORS.includes(error.code)) return undefined;
    throw error;
  }
}

export interface Installed {
  /** Its directory. */
  readonly place: string;
  /** Undefined where its manifest says none. */
  readonly version: string | undefined;
}

/** A package as the directory sees it. */
export function installedAt(directory: string, name: string): Installed | undefined {
  const manifest = resolveFrom(directory, `${name}/package.json`);
  if (manifest === undefined) return undefined;
  return { place: path.dirname(manifest), version: versionIn(manifest) };
}

function versionIn(manifest: string): string | undefined {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(manifest, "utf8"));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  return isObject(content) && typeof content.version === "string" ? content.version : undefined;
}
