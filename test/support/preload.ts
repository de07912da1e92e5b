/** Modules that the processes of the package under test load before it. */
import * as path from "node:path";

/**
 * Pauses are so many times shorter: of the ten minutes that an operation has, a test that is slow to act has twelve
 * seconds.
 */
export const SPEED = 50;

const FAST_CLOCK = path.join(__dirname, "fast-clock.js");

/** For the environment of a process; those below it load the same. */
export function preloaded(...more: readonly string[]): { readonly NODE_OPTIONS: string } {
  // The short form: the SDK takes a "--require" for a loader of its own.
  const options = [FAST_CLOCK, ...more].map((file) => `-r ${JSON.stringify(file)}`);
  return { NODE_OPTIONS: options.join(" ") };
}
