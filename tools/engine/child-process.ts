/** A child process whose output comes line by line. */
import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { errorMessage } from "./errors";

export interface SpawnOptions {
  readonly script: string;
  readonly args: readonly string[];
  readonly nodeArgs?: readonly string[];
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** Called for every line the process prints. */
  readonly onLine: (stream: "stdout" | "stderr", line: string) => void;
}

/** How a process ended: one of the two is set. */
export interface ExitStatus {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

const running = new Set<Child>();

// Whatever ends this process in an orderly way takes its children along; the preload covers a SIGKILL.
process.on("exit", () => {
  running.forEach((child) => child.kill("SIGKILL"));
});

/** A Node process that cannot outlive this one. */
export class Child {
  readonly pid: number | undefined;
  /** Resolves when the process has ended and all its output was delivered. */
  readonly closed: Promise<ExitStatus>;
  /** Resolves as soon as the process has ended. */
  readonly exited: Promise<ExitStatus>;
  readonly #process: ChildProcess;
  #over = false;

  constructor(options: SpawnOptions) {
    // The short form: the SDK takes a "--require" among the arguments for a loader and gives up on ES modules.
    const preload = ["-r", require.resolve("./child-preload")];
    const args = [...preload, ...(options.nodeArgs ?? []), options.script, ...options.args];
    this.#process = spawn(process.execPath, args, {
      cwd: options.cwd,
      env: options.env,
      stdio: ["ignore", "pipe", "pipe", "pipe"],
      // A group of its own: an interrupt at the terminal does not reach it, and it can be killed as a whole.
      detached: true,
    });
    this.pid = this.#process.pid;
    running.add(this);
    this.exited = this.#ending("exit");
    const drained = [
      readLines(this.#process.stdout, (line) => options.onLine("stdout", line)),
      readLines(this.#process.stderr, (line) => options.onLine("stderr", line)),
    ];
    this.closed = this.#ending("close").then(async (status) => {
      await Promise.all(drained);
      return status;
    });
    void this.exited.then(() => {
      this.#over = true;
      running.delete(this);
    });
  }

  get ended(): boolean {
    return this.#over;
  }

  /** Signals the process group; a process that is gone is no error. */
  kill(signal: NodeJS.Signals): void {
    if (this.pid === undefined) return;
    try {
      process.kill(-this.pid, signal);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
    }
  }

  #ending(event: "exit" | "close"): Promise<ExitStatus> {
    return new Promise((resolve) => {
      this.#process.once(event, (code: number | null, signal: NodeJS.Signals | null) => {
        resolve({ code, signal });
      });
      this.#process.once("error", (error) => {
        // Node emits no exit for a process that could not be started.
        if (this.pid === undefined) resolve({ code: -1, signal: null });
        else process.emitWarning(errorMessage(error));
      });
    });
  }
}

/** Delivers a stream line by line, a last line without newline included; resolves at its end. */
function readLines(stream: Readable | null, onLine: (line: string) => void): Promise<void> {
  if (stream === null) return Promise.resolve();
  return new Promise((resolve) => {
    createInterface({ input: stream, crlfDelay: Infinity }).on("line", onLine).once("close", resolve);
  });
}
