import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Harness, failsWith, iefArgs, until } from "./harness";
import { CheckFailed } from "./failures";
import type { Provider } from "./provider";
import type { State } from "./state";
import { type Kind, KINDS, serviceTaskKind } from "./kinds";
import type { Props } from "./values";
import { contract } from "./part";

/** A resource with a name and its place in the program. */
const resource = (kind: Kind, name: string, logicalName: string, more: Props = {}): Props => ({
  ...kind.program(name, more),
  autoName: `${logicalName}-0123456789ab`,
});

const refused =
  (pattern: RegExp) =>
  (error: unknown): boolean =>
    error instanceof CheckFailed && error.properties.includes("adopt") && pattern.test(error.message);

export const part = contract("who owns a task", () => {
  let harness: Harness;
  let directory: string;
  before(async () => {
    directory = mkdtempSync(path.join(tmpdir(), "video-analysis-owners-"));
    harness = await Harness.open();
    await harness.start();
  });
  after(async () => {
    await harness.close();
    rmSync(directory, { recursive: true, force: true });
  });

  for (const kind of KINDS) {
    describe(kind.title, () => {
      const made = (name: string): string[] => kind.made(harness.emulator, name);
      const up = async (run: Provider, args: Props, state?: State): Promise<State> =>
        (await run.up(args, state)).state;
      /** A task, the entry that made it, and the one that adopted it in a run that did not reach its deletes. */
      async function moved(name: string): Promise<{ a: State; b: State; adopting: Props }> {
        const a = await up(harness.provider, resource(kind, name, "a"));
        const adopting = resource(kind, name, "b", { adopt: a.id });
        const b = await up(await harness.newRun(), adopting);
        return { a, b, adopting };
      }

      it("a later run leaves the task to the one that adopted it, and the last owner deletes it", async () => {
        const { a, b, adopting } = await moved("later");
        const run = await harness.newRun();
        assert.equal((await run.up(adopting, b)).op, "same");
        await run.delete(a);
        await until(() =>
          /another resource has taken .* over, so it is not deleted/.test(run.process.output),
        );
        assert.equal(made("later").length, 1);
        await run.delete(b);
        assert.deepEqual(made("later"), []);
      });

      it("an explicit provider's process shares what the run has seen", async () => {
        const a = await up(harness.provider, resource(kind, "shared", "a"));
        const run = await harness.newProcess();
        const other = await harness.join(run);
        await up(other, resource(kind, "shared", "b", { adopt: a.id }));
        await run.delete(a);
        assert.equal(made("shared").length, 1);
      });

      it("refuses two owners in check, in whichever process of the run the first one is", async () => {
        const a = await up(harness.provider, resource(kind, "both", "a"));
        const run = await harness.newProcess();
        const other = await harness.join(run);
        assert.equal((await run.preview(resource(kind, "both", "a"), a)).op, "same");
        const adopting = resource(kind, "both", "b", { adopt: a.id });
        for (const process of [run, other]) {
          await assert.rejects(process.check(adopting), refused(/ALREADY_OWNED: .*"a"/));
        }
        const second = await harness.newRun();
        await second.check(adopting);
        await assert.rejects(
          (await harness.join(second)).preview(resource(kind, "both", "a"), a),
          failsWith("ALREADY_OWNED", /"b"/),
        );
      });

      it("does not mix two runs at the same time", async () => {
        const { a, b, adopting } = await moved("apart");
        const [here, there] = [await harness.newRun(), await harness.newRun()];
        assert.equal((await here.up(adopting, b)).op, "same");
        await there.delete(a);
        assert.deepEqual(made("apart"), [], "what no hook of the run has seen spares nothing");
      });
    });
  }

  describe("the file of a run", () => {
    const kind = serviceTaskKind;
    const filesIn = (temporary: string): string[] => {
      const [folder = ""] = readdirSync(temporary);
      const inside = path.join(temporary, folder);
      assert.equal(statSync(inside).mode & 0o777, 0o700);
      return readdirSync(inside).map((name) => path.join(inside, name));
    };

    it("is the user's alone, holds no argument, and goes with its process", async () => {
      const temporary = mkdtempSync(path.join(directory, "tmp-"));
      const run = await harness.newRun(undefined, { TMPDIR: temporary });
      const args = { ...iefArgs("filed"), description: "canary-description", autoName: "filed-0123456789ab" };
      const { state } = await run.up(args);
      await run.up(args, state);
      const [file = ""] = filesIn(temporary);
      assert.equal(statSync(file).mode & 0o777, 0o600);
      const text = readFileSync(file, "utf8");
      assert.ok(text.includes(state.id) && !text.includes("canary"));
      await run.stop();
      assert.deepEqual(filesIn(temporary), []);
    });

    it("is done without, after one warning, where it cannot be written", async () => {
      const temporary = path.join(directory, "file");
      writeFileSync(temporary, "");
      const run = await harness.newRun(undefined, { TMPDIR: temporary });
      const args = resource(kind, "alone", "a");
      const { state } = await run.up(args);
      assert.equal((await run.up(args, state)).op, "same");
      await run.delete(state);
      assert.deepEqual(kind.made(harness.emulator, "alone"), []);
      await until(() => /warning: .*cannot share/.test(run.process.output));
      assert.equal(run.process.output.match(/cannot share/g)?.length, 1);
    });
  });
});
