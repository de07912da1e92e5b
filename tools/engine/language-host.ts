/** The user's program and its environment. */
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { Child, type ExitStatus } from "./child-process";
import type { Sdk } from "./sdk";
import type { EngineOptions } from "./types";

/** The exit code of a program that has reported its problem itself (SDK `cmd/run`). */
const USER_ERROR_EXIT_CODE = 32;

/** How long a program may take to notice that its engine has given up. */
const END_GRACE_MS = 10_000;

export interface ProgramOptions {
  readonly sdk: Sdk;
  readonly engine: EngineOptions;
  readonly stack: string;
  readonly organization: string;
  readonly address: string;
  readonly dryRun: boolean;
  readonly parallel: number;
  readonly onLine: (stream: "stdout" | "stderr", line: string) => void;
}

/** The environment that the program and the providers share: this process's, without a former engine's leftovers. */
export function baseEnvironment(options: EngineOptions): NodeJS.ProcessEnv {
  const result: NodeJS.ProcessEnv = {};
  for (const [key, value] of Object.entries({ ...process.env, ...options.env })) {
    const leftover = key.startsWith("PULUMI_NODEJS_") || key.startsWith("PULUMI_CONFIG_SECRET_KEYS");
    if (value !== undefined && !leftover && key !== "PULUMI_CONFIG") result[key] = value;
  }
  return result;
}

/** All configuration, secrets included, in the form that SDKs read it. */
export function configEnvironment(options: EngineOptions): NodeJS.ProcessEnv {
  return {
    PULUMI_CONFIG: JSON.stringify({ ...options.config, ...options.secretConfig }),
    PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(Object.keys(options.secretConfig ?? {})),
  };
}

/** The user's program, running under the SDK's own `cmd/run`. */
export class Program {
  /** Resolves when the program has ended and its output was delivered. */
  readonly ended: Promise<ExitStatus>;
  /** Set when it ran longer than it may. */
  timedOut = false;
  readonly #child: Child;
  readonly #timeoutMs: number;
  #endTimer: NodeJS.Timeout | undefined;

  constructor(options: ProgramOptions) {
    const { sdk, engine, address } = options;
    const workDir = resolve(engine.workDir);
    const entry = engine.entry ?? ".";
    this.#child = new Child({
      script: sdk.runScript,
      args: [
        ...["--monitor", address, "--engine", address],
        ...["--organization", options.organization, "--project", engine.project, "--stack", options.stack],
        ...["--root-directory", workDir, "--pwd", workDir, "--parallel", String(options.parallel)],
        ...(options.dryRun ? ["--dry-run"] : []),
        entry,
      ],
      cwd: workDir,
      env: {
        ...baseEnvironment(engine),
        ...configEnvironment(engine),
        ...(usesTypeScript(workDir, entry) ? TYPESCRIPT_ENVIRONMENT : {}),
      },
      onLine: options.onLine,
    });
    this.#timeoutMs = engine.programTimeoutMs ?? 0;
    const timer = this.#limit(engine.programTimeoutMs);
    this.ended = this.#child.closed.finally(() => {
      clearTimeout(timer);
      clearTimeout(this.#endTimer);
    });
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** Expects the program to end by itself soon, and kills it if it does not. */
  endSoon(): void {
    this.#endTimer ??= setTimeout(() => this.kill("SIGKILL"), END_GRACE_MS);
  }

  kill(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  /** The report on a program that has failed; nothing where the program has reported it. */
  problem({ code, signal }: ExitStatus, hasReported: boolean): string | undefined {
    if (this.timedOut) return `the program ran longer than ${this.#timeoutMs} ms and was killed`;
    if (code === null) return `the program was ended by ${signal ?? "a signal"}`;
    if (code === USER_ERROR_EXIT_CODE && hasReported) return undefined;
    return `an unhandled error occurred: Program exited with non-zero exit code: ${code}`;
  }

  #limit(milliseconds: number | undefined): NodeJS.Timeout | undefined {
    if (milliseconds === undefined) return undefined;
    return setTimeout(() => {
      this.timedOut = true;
      this.kill("SIGKILL");
    }, milliseconds);
  }
}

/** Types are the business of the project's own build: transpiling alone saves seconds a run. */
const TYPESCRIPT_ENVIRONMENT = { PULUMI_NODEJS_TYPESCRIPT: "true", PULUMI_NODEJS_TRANSPILE_ONLY: "true" };

function usesTypeScript(workDir: string, entry: string): boolean {
  if (entry.endsWith(".ts")) return true;
  return !entry.endsWith("js") && existsSync(join(workDir, "tsconfig.json"));
}
