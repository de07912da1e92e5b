/** Reads what the preload of a run's processes wrote down. */
import { existsSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { preloaded } from "../../support/preload";

/** A line of the file: a process began, a hook was called, or it ended. */
export type CallLine =
  | { readonly pid: number; readonly process: "program" | "provider" }
  | {
      readonly pid: number;
      readonly call: number;
      readonly kind: string;
      readonly hook: string;
      readonly args: readonly unknown[];
    }
  | { readonly pid: number; readonly call: number; readonly outcome: string };

export interface HookCall {
  readonly kind: string;
  readonly hook: string;
  readonly args: readonly unknown[];
  /** `ok`, the code of the error, `error` for one without, or `unanswered` where the process died first. */
  readonly outcome: string;
}

const PRELOAD = path.join(__dirname, "hook-preload.js");

/** The calls of a stack's runs, in a file of their own. */
export class CallLog {
  private taken = 0;
  private readonly pids = new Set<number>();
  private readonly providers = new Set<number>();

  constructor(private readonly file: string) {}

  /** Environment variables for the processes of the run. */
  get env(): Record<string, string> {
    return { SCENARIO_CALLS: this.file, ...preloaded(PRELOAD) };
  }

  /** The calls since the last time, in the order of their beginning. */
  take(): HookCall[] {
    const lines = this.lines().slice(this.taken);
    this.taken += lines.length;
    const outcomes = new Map<string, string>();
    for (const line of lines) if ("outcome" in line) outcomes.set(`${line.pid} ${line.call}`, line.outcome);
    return lines.flatMap((line) => {
      if (!("hook" in line)) return [];
      const { pid, call, kind, hook, args } = line;
      return [{ kind, hook, args, outcome: outcomes.get(`${pid} ${call}`) ?? "unanswered" }];
    });
  }

  /** Kills whatever provider is still alive. */
  killProviders(): void {
    this.lines();
    this.providers.forEach((pid) => signal(pid, "SIGKILL"));
  }

  /** Whether a provider is still alive. */
  hasProvider(): boolean {
    this.lines();
    return [...this.providers].some((pid) => signal(pid, 0));
  }

  /** The processes of the runs that are still there. */
  alive(): number[] {
    this.lines();
    return [...this.pids].filter((pid) => signal(pid, 0));
  }

  /** Ends every process of the runs that is still there, so that none outlives its test. */
  killAll(): void {
    this.lines();
    this.pids.forEach((pid) => signal(pid, "SIGKILL"));
  }

  private lines(): CallLine[] {
    if (!existsSync(this.file)) return [];
    // A process that dies while it writes leaves a last line without its end.
    const whole = readFileSync(this.file, "utf8").split("\n").slice(0, -1);
    const lines = whole.map((line) => JSON.parse(line) as CallLine);
    for (const line of lines) {
      if (!("process" in line)) continue;
      this.pids.add(line.pid);
      if (line.process === "provider") this.providers.add(line.pid);
    }
    return lines;
  }
}

/** Whether the process was there. */
function signal(pid: number, name: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
    return false;
  }
}
