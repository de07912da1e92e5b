/**
 * Every operation × each of its requests × every fault, through real provider processes. `FAULT_CELL="<name>"` with
 * a cell's name, or mocha's `--grep`, runs one cell alone.
 */
import assert from "node:assert/strict";
import { CELLS, type Cell, operationsOf } from "./cells";
import { trace, runCell, type Runs } from "./run-cell";
import { operationOf } from "./requests";
import { SharedRun } from "./shared-run";
import { SUBJECTS } from "./subjects";
import { endSpare } from "../../contract/provider-process";

/** Cells under way at a time: they mostly wait for pauses of the provider. */
const CONCURRENCY = Number(process.env.FAULT_CONCURRENCY ?? 40);

/** What mocha itself was asked to run; the others must not run either. */
function wanted(): (name: string) => boolean {
  const cell = process.env.FAULT_CELL;
  if (cell !== undefined) return (name) => name.includes(cell);
  const place = process.argv.findIndex((argument) => /^(?:-g|--grep|-f|--fgrep)$/.test(argument));
  const pattern = process.argv[place + 1];
  if (place < 0 || pattern === undefined) return () => true;
  const isText = (process.argv[place] ?? "").includes("f");
  return isText
    ? (name) => name.includes(pattern)
    : (name) => new RegExp(pattern).test(`fault matrix ${name}`);
}

const selected = CELLS.filter(({ name }) => wanted()(name));
const titles = (of: (cell: Cell) => string): number => new Set(selected.map(of)).size;
process.stdout.write(
  `fault matrix: ${selected.length} cells (${titles(({ subject }) => subject.title)} subjects, ` +
    `${titles(({ subject, operation }) => `${subject.title} ${operation.title}`)} operations, ` +
    `${titles(({ name, fault }) => name.slice(0, -fault.title.length))} requests, ` +
    `${titles(({ fault }) => fault.title)} faults)\n`,
);

describe("fault matrix", () => {
  let runs: Runs;
  const results = new Map<string, Promise<Error | undefined>>();
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

  before(async () => {
    // One after the other: while one is taken, the spare process for the next one starts.
    const [first, next, last] = [await SharedRun.start(), await SharedRun.start(), await SharedRun.start()];
    runs = { first, next, last };
    const waiting = [...selected];
    // The processes load the package with their first calls, which would use up the time of the first cells.
    if (waiting[0] !== undefined) await traced(waiting[0]);
    const done = new Map<string, (failure: Error | undefined) => void>();
    for (const { name } of selected) {
      results.set(name, new Promise((resolve) => done.set(name, resolve)));
    }
    const work = async (): Promise<void> => {
      for (let cell = waiting.shift(); cell !== undefined; cell = waiting.shift()) {
        done.get(cell.name)?.(await failureOf(cell));
      }
    };
    for (let worker = 0; worker < CONCURRENCY; worker += 1) void work();
  });
  after(async () => {
    await Promise.all(Object.values(runs).map((run: SharedRun) => run.provider.stop()));
    await endSpare();
  });

  for (const { name } of selected) {
    it(name, async () => {
      const failure = await results.get(name);
      if (failure === undefined) return;
      assert.fail(
        `${failure.message}\nAgain: FAULT_CELL=${JSON.stringify(name)} npx mocha dist/test/fault/matrix/matrix.test.js`,
      );
    });
  }

  if (selected.length < CELLS.length) return;
  it("has a row for every request that the operations make", async () => {
    for (const subject of SUBJECTS) {
      for (const [index, operation] of operationsOf(subject).entries()) {
        const made = new Set(await traced({ subject, operation, number: CELLS.length + index }));
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
