/** Mocha's own report, and the totals in its last line. */
import Mocha from "mocha";
import { findCli } from "../../scripts/stack/cli";
import { SEED, SEED_VARIABLE } from "./tier";

class TotalsReporter extends Mocha.reporters.Spec {
  override epilogue(): void {
    super.epilogue();
    const { tests, passes, failures, pending } = this.stats;
    const print = (line: string): unknown => process.stdout.write(`${line}\n`);
    if (pending > 0 && findCli() === undefined) print("Skipped: what needs a Pulumi CLI on the PATH.");
    // Mocha's `failZero` counts every file of a parallel run in which `--grep` finds nothing.
    if (tests === 0) this.runner.failures += 1;
    print(`Random tests began at ${SEED_VARIABLE}=${SEED}.`);
    print(`\n${passes} passed, ${failures} failed, ${pending} skipped`);
  }
}

export = TotalsReporter;
