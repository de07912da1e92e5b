import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import * as path from "node:path";
import { startFrom } from "../../testkit/emulator";
import type { ExportedStack, ResourceV3 } from "../../tools/engine";
import {
  opsOf,
  REPOSITORY,
  SCENARIO_TIMEOUT,
  succeeded,
  taskIdsOf,
  TestStack,
  writesOf,
} from "../scenarios/support";
import { ADOPTED, CASES, UNFINISHED } from "./cases";
import { allGolden, PASSPHRASE, refuseReleased, stackAt } from "./golden";

/** Values that the recorded programs, or the package itself, mark as secret. */
const SECRETS = /golden-(?:header|url|password)/;

const states = allGolden();
const { version: today } = JSON.parse(readFileSync(path.join(REPOSITORY, "package.json"), "utf8")) as {
  version: string;
};

describe("golden states", () => {
  it("are there for every resource of this version, in every way that its state can look", () => {
    const own = states.filter(({ version }) => version === today);
    assert.deepEqual(own.map(({ file }) => file).sort(), CASES.map(({ file }) => file).sort());
    for (const { file, stack } of own) {
      const names = ["plain", "full", "kept", "several", "secrets", "byDefault", ADOPTED, UNFINISHED];
      const urns = managedIn(JSON.parse(stack) as ExportedStack).map(({ urn }) => urn.split("::").at(-1)!);
      assert.deepEqual(
        names.filter((name) => !urns.includes(name)),
        [],
        file,
      );
      assert.doesNotMatch(stack, SECRETS);
    }
  });

  it("of a released version are never recorded again", () => {
    assert.throws(() => refuseReleased(today, `\n## [Unreleased]\n\n## [${today}] - 2030-01-01\n`));
    assert.doesNotThrow(() => refuseReleased(today, "\n## [Unreleased]\n"));
    assert.doesNotThrow(() => refuseReleased("999.0.0", "\n## [999.0.0]\n"));
  });

  for (const golden of states) {
    describe(`${golden.file} of ${golden.version}`, function () {
      this.timeout(SCENARIO_TIMEOUT);
      let stack: TestStack;
      let ids: string[];
      const names = Object.keys(golden.program.tasks ?? {});
      /** The same for all, another for what is left to do: diff reports that as a change until it is done. */
      const each = (op: string, ofUnfinished = op): string[] =>
        names.map((name) => `${name === UNFINISHED ? ofUnfinished : op} ${name}`).sort();

      before(async () => {
        stack = new TestStack(await startFrom(golden.startup), { passphrase: PASSPHRASE });
        const recorded = stackAt(golden, stack.emulator.url);
        await stack.importStack(recorded);
        stack.program = golden.program;
        ids = managedIn(recorded).flatMap(taskIdsOf).sort();
      });
      after(() => stack.close());

      it("its tasks are there", () => {
        assert.deepEqual(stack.liveIds().sort(), ids);
        assert.equal(stack.recorded().length, names.length);
      });

      it("a refresh finds them as they were recorded", async () => {
        const result = succeeded(await stack.refresh());
        assert.deepEqual(opsOf(result).sort(), each("refresh-same", "refresh-update"));
        assert.deepEqual(writesOf(stack.emulator), []);
      });

      it("the same program changes nothing, and finishes what was left to do", async () => {
        const result = succeeded(await stack.up());
        assert.deepEqual(opsOf(result).sort(), each("same", "update"));
        assert.deepEqual(writesOf(stack.emulator), []);
        for (const { outputs } of stack.recorded()) assert.deepEqual(outputs?.["unfinished"], []);
      });

      it("every resource is updated in place", async () => {
        stack.program = golden.changed;
        const result = succeeded(await stack.up());
        assert.deepEqual(opsOf(result).sort(), each("update"));
        assert.deepEqual(stack.recorded().flatMap(taskIdsOf).sort(), ids);
      });

      it("destroy deletes them all", async () => {
        succeeded(await stack.destroy());
        assert.deepEqual(stack.liveIds(), []);
      });
    });
  }
});

function managedIn({ deployment }: ExportedStack): ResourceV3[] {
  return (deployment.resources ?? []).filter(({ type }) =>
    type.startsWith("pulumi-nodejs:dynamic/video-analysis:"),
  );
}
