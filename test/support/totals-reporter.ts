/** Mocha's own report, and the totals in its last line. */
import Mocha from "mocha";
import { findCli } from "../../tools/stack/cli";
import { SEED, SEED_VARIABLE } from "./tier";

/** A test that failed once and passed the second time: the machine was busy, or the test has a race to be mended. */
interface Unsteady {
  readonly title: string;
  readonly message: string;
}

class TotalsReporter extends Mocha.reporters.Spec {
  readonly #unsteady: Unsteady[] = [];

  constructor(runner: Mocha.Runner, options?: Mocha.MochaOptions) {
    super(runner, options);
    runner.on(Mocha.Runner.constants.EVENT_TEST_RETRY, (test: Mocha.Test, error: Error) => {
      this.#unsteady.push({ title: test.fullTitle(), message: error.message });
    });
  }

  override epilogue(): void {
    super.epilogue();
    const { tests, passes, failures, pending } = this.stats;
    const print = (line: string): unknown => process.stdout.write(`${line}\n`);
    if (pending > 0 && findCli() === undefined) print("Skipped: what needs a Pulumi CLI on the PATH.");
    // Mocha's `failZero` counts every file of a parallel run in which `--grep` finds nothing.
    if (tests === 0) this.runner.failures += 1;
    for (const { title, message } of this.#unsteady) print(`Failed at first: ${title}: ${message}`);
    print(`Random tests began at ${SEED_VARIABLE}=${SEED}.`);
    print(`\n${passes} passed, ${failures} failed, ${pending} skipped`);
  }
}

export = TotalsReporter;
