/**
 * Looks for the runtime where the provider process will: that process starts in the program's directory and
 * loads the runtime from there by name, also where the program imported the classes from another place.
 */
import { createRequire } from "node:module";
import path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { ProgramError } from "./errors";
import { PACKAGE, RUNTIME, VERSION, versionOf } from "./package-info";

/** The runtime, as it resolves from a directory. */
export type RuntimeSight =
  { readonly found: true; readonly version: string | undefined } | { readonly found: false };

/** Resolves the runtime as a process that was started in `directory` does. */
export function findRuntime(directory: string): RuntimeSight {
  // The file need not exist: module resolution uses its directory only.
  const { resolve } = createRequire(path.join(directory, "x.js"));
  try {
    resolve(RUNTIME);
    return { found: true, version: versionOf(resolve(`${PACKAGE}/package.json`)) };
  } catch (error) {
    if (isResolutionError(error)) return { found: false };
    throw error;
  }
}

/** Codes of Node's module loader for a missing package and for one without the subpath. */
const RESOLUTION_ERRORS: readonly unknown[] = ["MODULE_NOT_FOUND", "ERR_PACKAGE_PATH_NOT_EXPORTED"];

function isResolutionError(error: unknown): boolean {
  return error instanceof Error && "code" in error && RESOLUTION_ERRORS.includes(error.code);
}

let checked = false;

/**
 * Refuses a program whose provider process could not load the runtime, before anything is created: it is not there, or
 * the program runs under yarn's Plug'n'Play. A version other than the program's own is a warning. A passed check is not
 * repeated in the process.
 */
export function checkRuntime(): void {
  if (checked || runsWithMocks()) return;
  if (process.versions.pnp !== undefined) throw new ProgramError("RUNTIME_UNSUPPORTED", PLUG_AND_PLAY);
  const directory = process.cwd();
  const sight = findRuntime(directory);
  if (!sight.found) {
    const message = notFound(directory);
    if (!runsInline()) throw new ProgramError("RUNTIME_NOT_FOUND", message);
    warn(`${message} (The program runs inline: what counts is the directory of its workspace.)`);
  } else if (sight.version !== VERSION) {
    warn(
      `The program uses ${PACKAGE} ${VERSION}, but the provider process will load ` +
        `${sight.version ?? "another version"} from ${directory}. Run \`npm install ${PACKAGE}@${VERSION}\` there.`,
    );
  }
  checked = true;
}

const notFound = (directory: string): string =>
  `"${RUNTIME}" cannot be loaded from ${directory}, where the provider process starts. ` +
  `Run \`npm install ${PACKAGE}\` in that directory. With strict pnpm, and where a component library brings ` +
  `the package along, it has to be a direct dependency of the program: \`pnpm add ${PACKAGE}\`.`;

/** Found here, the runtime would still not be found there: the script that starts that process knows plain Node only. */
const PLUG_AND_PLAY =
  "the program runs under yarn's Plug'n'Play, and the provider process of dynamic resources cannot: Pulumi starts it by plain " +
  "Node, which finds packages in node_modules only (pulumi/pulumi#3586). Set `nodeLinker: node-modules` in .yarnrc.yml and run " +
  "`yarn install`.";

/** Unit tests replace the engine by mocks: no provider process will start. */
export function runsWithMocks(): boolean {
  const monitor: unknown = pulumi.runtime.getMonitor();
  return typeof monitor === "object" && monitor !== null && "mocks" in monitor;
}

/**
 * An inline program of the automation API shares the process of its caller, whose directory says nothing of
 * the workspace. Only the SDK's program runner sets this variable.
 */
function runsInline(): boolean {
  return pulumi.runtime.hasMonitor() && process.env["PULUMI_NODEJS_MONITOR"] === undefined;
}

function warn(message: string): void {
  void pulumi.log.warn(message);
}
