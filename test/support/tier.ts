/** Settings of a test run, which mocha's configuration files hand to its workers as environment variables. */
import fc from "fast-check";

/** Set to a number, random tests draw the same again. */
export const SEED_VARIABLE = "VIDEO_ANALYSIS_TEST_SEED";
export const SEED = Number(process.env[SEED_VARIABLE]);

/** Whether everything runs, see CONTRIBUTING.md. */
export const isFullTier = process.env.VIDEO_ANALYSIS_TEST_TIER === "full";

/** Draws of a property; the variable makes them more. */
export const RUNS = Number(process.env.VIDEO_ANALYSIS_TEST_RUNS ?? (isFullTier ? 100 : 25));

// A cause does not come along from a worker of mocha.
fc.configureGlobal({ seed: SEED, numRuns: RUNS, includeErrorInReport: true });
