/** Programs that are run to their end, with what they said at hand when they fail. */
import { spawnSync } from "node:child_process";
import * as path from "node:path";

/** The repository's root, from the compiled file in dist/tools/compat. */
export const ROOT = path.resolve(__dirname, "../../..");

export interface RunOptions {
  readonly cwd: string;
  /** In place of this process's own environment. */
  readonly env?: NodeJS.ProcessEnv;
}

/** Room for what an installer says. */
const MAX_OUTPUT = 64 * 1024 * 1024;

/** Longest for an installation, or a program's life, on a busy machine. */
const TIMEOUT_MS = 600_000;

/** @returns what it wrote to its standard output */
export function run(command: string, args: readonly string[], options: RunOptions): string {
  const { stdout, stderr, status, signal, error } = spawnSync(command, args, {
    cwd: options.cwd,
    env: options.env ?? outsideNpm(process.env),
    stdio: ["ignore", "pipe", "pipe"],
    encoding: "utf8",
    maxBuffer: MAX_OUTPUT,
    timeout: TIMEOUT_MS,
    killSignal: "SIGKILL",
  });
  if (status === 0) return stdout;
  const reason = error?.message ?? (signal === null ? `exit status ${status ?? "?"}` : `ended by ${signal}`);
  throw new Error(`${[command, ...args].join(" ")}: ${reason}\n${stdout}${stderr}`);
}

/** Runs the npm that runs this process, else the one on the PATH. */
export function runNpm(args: readonly string[], options: RunOptions): string {
  const own = process.env["npm_execpath"];
  return own !== undefined && /npm-cli\.c?js$/.test(own)
    ? run(process.execPath, [own, ...args], options)
    : run("npm", args, options);
}

/**
 * Without the variables of a surrounding npm command (`npm_package_json`, `npm_config_workspace`, …), all but the
 * registry to use.
 */
export function outsideNpm(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(env).filter(
      ([key]) =>
        !/^npm_/i.test(key) || /^npm_config_(registry|userconfig|globalconfig|cache|.*cafile)$/i.test(key),
    ),
  );
}
