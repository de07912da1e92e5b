/**
 * Defines a test for each cell of some subjects, through real provider processes. `FAULT_CELL="<name>"` with a cell's
 * name runs one alone.
 */
import assert from "node:assert/strict";
import { ALL, CELLS, type Cell, operationsOf } from "./cells";
import { operationOf } from "./requests";
import { runCell, type Runs, trace } from "./run-cell";
import { SharedRun } from "./shared-run";
import type { Subject } from "./subjects";

/** Cells under way at a time: some wait for an answer that does not come. */
const CONCURRENCY = 20;

export function faultMatrix(title: string, subjects: readonly Subject[]): void {
  const wanted = process.env.FAULT_CELL ?? "";
  const cells = CELLS.filter(({ subject, name }) => subjects.includes(subject) && name.includes(wanted));

  describe(`fault matrix of ${title}`, () => {
    let runs: Runs;
    const outcomes = new Map<Cell, Promise<Error | undefined>>();
    const traces = new Map<string, Promise<string[]>>();

    function traced(cell: Pick<Cell, "subject" | "operation" | "number">): Promise<string[]> {
      const key = `${cell.subject.title}: ${cell.operation.title}`;
      const known = traces.get(key) ?? trace(cell, runs);
      traces.set(key, known);
      return known;
    }

    async function failureOf(cell: Cell): Promise<Error | undefined> {
      try {
        const refused = cell.fault.fault.kind === "refused";
        await runCell(cell, runs, refused ? await traced(cell) : []);
        return undefined;
      } catch (error) {
        return error instanceof Error ? error : new Error(String(error));
      }
    }

    function begin(cell: Cell): Promise<Error | undefined> {
      const outcome = outcomes.get(cell) ?? failureOf(cell);
      outcomes.set(cell, outcome);
      return outcome;
    }

    before(async () => {
      const [first, next, last] = await Promise.all([
        SharedRun.start(),
        // The one that follows an interrupted run asks for what that left behind.
        SharedRun.start({ VIDEO_ANALYSIS_RESUME: "1" }),
        SharedRun.start(),
      ]);
      runs = { first, next, last };
      // The processes load the package with their first calls, which would use up the time of the first cells.
      if (cells[0] !== undefined) await traced(cells[0]);
    });
    after(async () => {
      await Promise.all(outcomes.values());
      await Promise.all(Object.values(runs).map((run: SharedRun) => run.provider.stop()));
    });

    for (const [index, cell] of cells.entries()) {
      it(cell.name, async () => {
        const [outcome] = cells.slice(index, index + CONCURRENCY).map(begin);
        const failure = await outcome;
        if (failure === undefined) return;
        // Another try has to run the cell again.
        outcomes.delete(cell);
        const again = `FAULT_CELL=${JSON.stringify(cell.name)} npm run test:full -- dist/test/fault/matrix`;
        assert.fail(`${failure.message}\nAgain: ${again}`);
      });
    }

    if (wanted !== "") return;
    it("has a row for every request that the operations make", async () => {
      let number = 0;
      for (const subject of subjects) {
        for (const operation of operationsOf(subject)) {
          const made = new Set(await traced({ subject, operation, number: ALL.length + (number += 1) }));
          const known = new Set(
            operationsOf(subject)
              .flatMap((other) => other.requests(subject))
              .map(({ kind }) => operationOf(subject.kind, kind)),
          );
          for (const request of made)
            assert.ok(known.has(request), `${subject.title}: ${operation.title}: ${request}`);
        }
      }
    });
  });
}
