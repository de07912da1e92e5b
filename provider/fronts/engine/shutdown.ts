/**
 * Signals of the provider process. The engine ends every normal run with a SIGINT: with no hook running the
 * process leaves at once. With one running, polling stops, the hook reports what is known, and then it leaves. A
 * process whose engine was killed leaves when it next has something to say.
 */
import { processClock } from "../../common/clock";

/** Time for the last answer to reach the engine before the process leaves, in milliseconds. */
const FLUSH_TIME = 500;

let running = 0;
let installed = false;
const stop = new AbortController();

/** Aborted once the process has got a signal to stop. */
export const stopSignal: AbortSignal = stop.signal;

function leave(): void {
  process.exit(0);
}

function onSignal(): void {
  if (running === 0 || stop.signal.aborted) leave();
  else stop.abort();
}

/**
 * The output has no reader any more, so the engine was killed. Unhandled, the error would reach the SDK's handler,
 * which prints it, which fails again: an orphan that never stops and grows.
 */
function onBrokenOutput(error: NodeJS.ErrnoException): void {
  if (error.code !== "EPIPE") throw error;
  process.exit(1);
}

/** Runs a hook; signals that arrive meanwhile abort its waiting instead of killing the process. */
export async function whileRunning<T>(hook: () => Promise<T>): Promise<T> {
  if (!installed) {
    installed = true;
    process.on("SIGINT", onSignal);
    process.on("SIGTERM", onSignal);
    process.stdout.on("error", onBrokenOutput);
    process.stderr.on("error", onBrokenOutput);
  }
  running += 1;
  try {
    return await hook();
  } finally {
    running -= 1;
    if (running === 0 && stop.signal.aborted) processClock().after(FLUSH_TIME, leave);
  }
}
