/** Installed packages as a program, and so its provider process, finds them. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { decodeText } from "../../../../provider/services/auth/files";
import { isObject } from "../../../../provider/common/json";

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
    content = JSON.parse(decodeText(readFileSync(manifest)));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  return isObject(content) && typeof content.version === "string" ? content.version : undefined;
}
