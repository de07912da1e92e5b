/** How long to wait before the next attempt. */

/** First ceiling after a fault: the base that the vendors' and other clouds' SDKs share. */
export const FAULT_BASE_MS = 100;
/** First ceiling after a throttling answer, which says that the usual pace is too fast. */
export const THROTTLED_BASE_MS = 500;
/** Longest ceiling: longer waits find a recovered service late without sparing a broken one. */
export const CAP_MS = 20_000;

/**
 * Full jitter: anything from zero up to a ceiling that doubles with each attempt, so that clients that failed
 * together do not return together.
 * @param retry number of the coming retry, 0 for the first
 * @param random from 0 up to 1
 */
export function backoff(retry: number, baseMs: number, random: number): number {
  return random * Math.min(CAP_MS, baseMs * 2 ** retry);
}
