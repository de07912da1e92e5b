/**
 * Signals of the provider process. The engine ends every normal run with a SIGINT: with no hook running the
 * process leaves at once. With one running, polling stops, the hook reports what is known, and then it leaves.
 */

/** Time for the last answer to reach the engine before the process leaves, in milliseconds. */
const FLUSH_TIME = 500;

let running = 0;
let installed = false;
const stop = new AbortController();

/** Aborted once the process was told to stop. */
export const stopSignal: AbortSignal = stop.signal;

function leave(): void {
  process.exit(0);
}

function onSignal(): void {
  if (running === 0 || stop.signal.aborted) leave();
  else stop.abort();
}

/** Runs a hook; signals that arrive meanwhile abort its waiting instead of killing the process. */
export async function whileRunning<T>(hook: () => Promise<T>): Promise<T> {
  if (!installed) {
    installed = true;
    process.on("SIGINT", onSignal);
    process.on("SIGTERM", onSignal);
  }
  running += 1;
  try {
    return await hook();
  } finally {
    running -= 1;
    if (running === 0 && stop.signal.aborted) setTimeout(leave, FLUSH_TIME).unref();
  }
}
