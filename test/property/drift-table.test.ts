/**
 * The drift table: every field of every resource is changed at the emulator, and what a read shows has to be what the
 * table, and with it the reference page, says. Ends with the table as it was observed.
 */
import assert from "node:assert/strict";
import { deepEqual, getAt, type PropertyMap, type Path } from "../../provider/common/json";
import { isEmpty } from "../../provider/core/schema/equivalence";
import { differences } from "../../provider/core/drift/compare";
import { type DriftRow, driftRows } from "../../tools/docs/drift-table";
import { sourcesOfBatch } from "../support/echo";
import { batchTaskTable } from "./fields/batch-task";
import { type Change, changesOf, drifts, isPossible, shownAt } from "./fields/changes";
import { Hooks } from "./fields/hooks";
import { changeElsewhere } from "./fields/elsewhere";
import { serviceTaskTable } from "./fields/service-task";
import { type FieldTable, spelled } from "./fields/table";
import { videoAnalysisJobTable } from "./fields/video-analysis-job";
import { fieldsOf } from "./fields/walk";

const TABLES: readonly FieldTable[] = [serviceTaskTable, batchTaskTable, videoAnalysisJobTable];

/** Time for all changes of one field on a busy machine, in milliseconds. */
const TIMEOUT = 30_000;

/** Asserts that a read shows at the place what was changed. What is taken away may show as the default. */
function assertShown(
  { definition }: FieldTable,
  change: Change,
  where: Path,
  live: PropertyMap,
  after: PropertyMap,
): void {
  const [top] = where;
  if (change.kind === "swapped" || top === "desiredState") return;
  if (top === "batchInput") {
    // A source that two groups have is one sub-task.
    const [is, wanted] = [live, after].map((args) => [...new Set(sourcesOfBatch(args))].sort());
    assert.deepEqual(is, wanted);
    return;
  }
  const is = getAt(live, where);
  const isSet = where.length < change.path.length || Array.isArray(is);
  const wanted = [after, definition.withDefaults(after)].map((args) => getAt(args, where));
  const isWanted = (value: unknown): boolean =>
    (isEmpty(is) && isEmpty(value)) || deepEqual(isSet ? settled(is) : is, isSet ? settled(value) : value);
  assert.ok(wanted.some(isWanted), `it shows as ${JSON.stringify(is)}, not as ${JSON.stringify(wanted[0])}`);
}

/** As a set where it is one: order shows nothing. */
const settled = (value: unknown): unknown =>
  Array.isArray(value) ? value.map((item) => JSON.stringify(item)).sort() : value;

const wirePath = (path: Path): Path =>
  path.map((part) =>
    typeof part === "string" ? Object.keys(spelled({ [part]: 0 }) as PropertyMap)[0]! : part,
  );

const isFound = (body: unknown, path: Path): boolean => getAt(body, wirePath(path)) !== undefined;

/** Fields of a schema that have none inside, by another walk than the table's. */
function leavesOf({ definition }: FieldTable): string[] {
  const all = fieldsOf(definition.arguments).map(({ pattern }) => pattern);
  const isAround = (outer: string, inner: string): boolean =>
    inner.startsWith(outer) && /^(?:\[\])*[.<]/.test(inner.slice(outer.length));
  return all.filter((pattern) => !pattern.endsWith("[]") && !all.some((other) => isAround(pattern, other)));
}

/** The table as observed, for the end of the run. */
const observed: string[][] = [];

for (const table of TABLES) {
  const { definition } = table;
  const rows = driftRows(definition);
  const changes = changesOf(table);

  describe(`drift table of ${definition.type}`, function () {
    this.timeout(TIMEOUT);
    let hooks: Hooks;
    let count = 0;

    before(async () => {
      hooks = await Hooks.open(table, {
        emulator: { seed: `drift of ${definition.type}`, passwordEcho: "echo" },
        config: { batchDetail: "all" },
      });
    });
    after(() => hooks.close());

    /** Names of tasks that exist are their own; the class always proposes one. */
    function named(args: PropertyMap): PropertyMap {
      const own = typeof args.name === "string" ? { name: `${args.name}-${count}` } : {};
      return { ...args, ...own, autoName: `auto-${count}` };
    }

    /** Whether the change showed; what it shows must be exactly itself. */
    async function observe(
      change: Change,
    ): Promise<{ sent: boolean; drift: boolean; recorded: PropertyMap }> {
      count += 1;
      const [before, after] = [named(change.before), named(change.after)];
      const resource = await hooks.created(before);
      const recorded = resource.inputs;
      const sent = isFound(hooks.createBody, change.path);
      assert.deepEqual(await hooks.read(resource.id, resource.outputs), recorded, "before any change");
      const name = `auto-${count}`;
      changeElsewhere(hooks.emulator, resource, { name, ...before }, after);
      const live = await hooks.read(resource.id, resource.outputs);
      const found = differences(recorded, live);
      const where = shownAt(table, change);
      for (const { path } of found) {
        assert.deepEqual(path.slice(0, where.length), where, "another property shows");
      }
      if (found.length > 0) assertShown(table, change, where, live, after);
      return { sent, drift: found.length > 0, recorded };
    }

    function classOf(seen: readonly { sent: boolean; drift: boolean }[]): DriftRow["class"] {
      if (seen.some(({ drift }) => drift)) return "drift-checked";
      return seen.some(({ sent }) => sent) ? "write-only" : "never drifts";
    }

    it("has a row for every field, and no two for one", () => {
      const fields = rows.map(({ field }) => field);
      assert.deepEqual(
        leavesOf(table).filter((leaf) => !fields.includes(leaf)),
        [],
      );
      assert.equal(new Set(fields).size, fields.length);
    });

    for (const row of rows) {
      it(`${row.field}: ${row.class}`, async () => {
        const all = changes.filter((change) => change.pattern === row.field && isPossible(change));
        // What is not sent is not changed either: one look at a body is enough.
        const own = row.class === "never drifts" ? all.slice(0, 1) : all;
        assert.ok(own.length > 0, "no change was generated");
        const seen: { sent: boolean; drift: boolean }[] = [];
        for (const change of own) {
          const { kind, sample, path } = change;
          const values = [change.before, change.after].map((args) => JSON.stringify(getAt(args, path)));
          const what = `${kind} in "${sample}" (${values.join(" to ")})`;
          try {
            const { recorded, ...result } = await observe(change);
            assert.equal(result.drift, drifts(row, change, recorded), "whether it shows");
            seen.push(result);
          } catch (error) {
            throw new Error(`${what}: ${error instanceof Error ? error.message : String(error)}`, {
              cause: error,
            });
          }
        }
        assert.equal(classOf(seen), row.class);
        observed.push([definition.type, row.field, classOf(seen), row.why]);
      });
    }
  });
}

describe("drift table as observed", () => {
  it("is printed", () => {
    const widths = [0, 1, 2].map((column) => Math.max(...observed.map((row) => row[column]!.length)));
    const lines = observed.map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    );
    process.stdout.write(`${lines.join("\n")}\n`);
  });
});
