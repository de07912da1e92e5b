/** Programs that are run to their end, with what they said at hand when they fail. */
import { spawnSync } from "node:child_process";

export interface RunOptions {
  readonly cwd: string;
  /** In place of this process's own environment. */
  readonly env?: NodeJS.ProcessEnv;
  readonly timeoutMs?: number;
}

/** Room for what an installer says. */
const MAX_OUTPUT = 64 * 1024 * 1024;

/** Longest time that an installation may take: it downloads an SDK of 30 MB at the most. */
const TIMEOUT_MS = 300_000;

/** A program that ended with anything but 0. */
export class RunError extends Error {
  constructor(
    readonly command: string,
    readonly output: string,
    reason: string,
  ) {
    super(`${command}: ${reason}\n${output}`);
  }
}

/** @returns what it wrote to its standard output */
export function run(command: string, args: readonly string[], options: RunOptions): string {
  const { stdout, stderr, status, signal, error } = spawnSync(command, args, {
    cwd: options.cwd,
    env: options.env ?? outsideNpm(process.env),
    stdio: ["ignore", "pipe", "pipe"],
    encoding: "utf8",
    maxBuffer: MAX_OUTPUT,
    timeout: options.timeoutMs ?? TIMEOUT_MS,
    killSignal: "SIGKILL",
  });
  if (status === 0) return stdout;
  const reason = error?.message ?? (signal === null ? `exit status ${status ?? "?"}` : `ended by ${signal}`);
  throw new RunError([command, ...args].join(" "), `${stdout}${stderr}`, reason);
}

/**
 * Runs the npm that runs this process, else the one on the PATH.
 *
 * @param node that runs it: npm prefers versions of packages that fit its own Node
 */
export function runNpm(args: readonly string[], options: RunOptions, node = process.execPath): string {
  const own = process.env["npm_execpath"];
  return own !== undefined && /npm-cli\.c?js$/.test(own)
    ? run(node, [own, ...args], options)
    : run("npm", args, options);
}

/**
 * Without what a surrounding npm command says of itself (`npm_package_json`, `npm_config_workspace`, …), all but the
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
