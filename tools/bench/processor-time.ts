/** Processor time of all processes that an operation starts: on a busy machine it means more than a clock. */
import { readdirSync, readFileSync } from "node:fs";

const INTERVAL_MS = 50;
/** Clock ticks of Linux in a second (`getconf CLK_TCK`), which its process file system counts in. */
const TICKS_PER_SECOND = 100;

interface Sample {
  readonly parent: number;
  /** User and system time, in milliseconds. */
  readonly ms: number;
}

/**
 * Milliseconds that an action takes of this process and of those that begin under it meanwhile: those that run already,
 * such as the emulator's, are another matter. What a process takes after its last look, at most 50 ms of time, is missing.
 * NaN where the system has no process file system.
 */
export async function withProcessorTime<T>(
  action: () => Promise<T>,
): Promise<{ readonly result: T; readonly processorMs: number }> {
  const before = processes();
  const own = process.cpuUsage();
  const known = new Map<number, Sample>();
  const look = (): void => {
    for (const [pid, sample] of processes() ?? []) if (before?.has(pid) !== true) known.set(pid, sample);
  };
  const timer = setInterval(look, INTERVAL_MS);
  try {
    const result = await action();
    look();
    const { user, system } = process.cpuUsage(own);
    const started = [...known].filter(([pid]) => isUnder(pid, known)).map(([, { ms }]) => ms);
    const sum = started.reduce((total, ms) => total + ms, (user + system) / 1000);
    return { result, processorMs: before === undefined ? Number.NaN : sum };
  } finally {
    clearInterval(timer);
  }
}

/** Whether a process descends from this one; where its parent was not seen any more, it does not. */
function isUnder(pid: number, known: ReadonlyMap<number, Sample>): boolean {
  const parent = known.get(pid)?.parent;
  return parent === process.pid || (parent !== undefined && known.has(parent) && isUnder(parent, known));
}

/** From Linux's process file system; undefined on other systems. */
function processes(): Map<number, Sample> | undefined {
  const found = new Map<number, Sample>();
  for (const entry of entriesOfProc()) {
    const sample = sampleOf(entry);
    if (sample !== undefined) found.set(Number(entry), sample);
  }
  return found.size === 0 ? undefined : found;
}

function entriesOfProc(): string[] {
  try {
    return readdirSync("/proc").filter((entry) => /^\d+$/.test(entry));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}

function sampleOf(pid: string): Sample | undefined {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  } catch {
    // It ended between the listing and the look.
    return undefined;
  }
  // The name in parentheses may hold spaces; state and parent follow it, user and system time are ten further on.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const ticks = Number(fields[11]) + Number(fields[12]);
  return { parent: Number(fields[1]), ms: (ticks / TICKS_PER_SECOND) * 1000 };
}
