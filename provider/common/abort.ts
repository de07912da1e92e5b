/** Work that is given up after a time, or with a signal. */
import type { Clock } from "./clock";

/**
 * Calls back when the signal is aborted, at once where it already is.
 *
 * @returns stops listening
 */
export function onAbort(signal: AbortSignal, callback: () => void): () => void {
  if (signal.aborted) callback();
  else signal.addEventListener("abort", callback, { once: true });
  return () => signal.removeEventListener("abort", callback);
}

export interface Limit {
  readonly clock: Pick<Clock, "after">;
  readonly ms: number;
  readonly signal: AbortSignal;
}

/** Runs work whose signal is aborted at the limit: after its time, or with its signal. */
export async function limited<T>(
  { clock, ms, signal }: Limit,
  work: (over: AbortSignal) => Promise<T>,
): Promise<T> {
  const over = new AbortController();
  const end = (): void => over.abort();
  const cancel = clock.after(ms, end);
  const release = onAbort(signal, end);
  try {
    return await work(over.signal);
  } finally {
    cancel();
    release();
  }
}
