/** Mocha's own report, and its totals in a file for whoever started it. */
import { writeFileSync } from "node:fs";
import Mocha from "mocha";

/** Environment variable with the file's name. */
export const TOTALS_FILE = "VIDEO_ANALYSIS_TEST_TOTALS";

export interface Totals {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

class TotalsReporter extends Mocha.reporters.Spec {
  constructor(runner: Mocha.Runner, options?: Mocha.MochaOptions) {
    super(runner, options);
    runner.once("end", () => {
      const file = process.env[TOTALS_FILE];
      if (file === undefined) return;
      const { passes, failures, pending } = this.stats;
      const totals: Totals = { passed: passes, failed: failures, skipped: pending };
      writeFileSync(file, JSON.stringify(totals));
    });
  }
}

// Mocha takes what the module itself exports.
module.exports = Object.assign(TotalsReporter, { TOTALS_FILE });
