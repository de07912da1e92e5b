/** Update, replacement or nothing: chosen for each field as the tables say (docs/reference). */
import assert from "node:assert/strict";
import { z } from "zod";
import { formatPath, getAt, type PropertyMap } from "../../provider/common/json";
import { check } from "../../provider/core/operations/check";
import { isUnknown } from "../../provider/fronts/engine/unknowns";
import { changed } from "../support/arguments";
import { batchTaskTable } from "./fields/batch-task";
import { Hooks } from "./fields/hooks";
import { serviceTaskTable } from "./fields/service-task";
import type { FieldTable, Outcome } from "./fields/table";
import { type Variant, variantsOf } from "./fields/variants";
import { videoAnalysisJobTable } from "./fields/video-analysis-job";
import { fieldsOf } from "./fields/walk";

const TABLES: readonly FieldTable[] = [serviceTaskTable, batchTaskTable, videoAnalysisJobTable];

/** Time for all fields of one argument on a busy machine, in milliseconds. */
const TIMEOUT = 60_000;

const accepted =
  ({ definition }: FieldTable) =>
  (args: PropertyMap): boolean =>
    check(definition, {}, args, { isUnknown, defaultName: "auto", warn: () => undefined }).failures.length ===
    0;

function expected(table: FieldTable, { pattern, kind, path, before, after }: Variant): Outcome {
  const means =
    (kind === "respelled" && table.caseless.includes(pattern)) ||
    (kind === "reordered" && table.sets.includes(pattern)) ||
    (table.meaningless[pattern] ?? []).includes(kind)
      ? "nothing"
      : table.outcomes[String(path[0])];
  assert.ok(means, `${pattern} has no row in the table`);
  return typeof means === "function" ? means(before, after) : means;
}

for (const table of TABLES) {
  const { definition, samples } = table;
  const variants = variantsOf(definition.arguments, samples, accepted(table));

  describe(`fields of ${definition.type}`, function () {
    this.timeout(TIMEOUT);
    let hooks: Hooks;
    let count = 0;

    before(async () => {
      hooks = await Hooks.open(table);
    });
    after(() => hooks.close());

    /** Names of tasks that exist are their own; the class always proposes one. */
    function named(args: PropertyMap): PropertyMap {
      const own = typeof args.name === "string" ? { name: `${args.name}-${count}` } : {};
      // All variants are resources of one run, in which two must not adopt the same task.
      const { adopt } = args;
      const apart = (id: string): string => `${id.slice(0, -1)}${count}${id.slice(-1)}`;
      const other = typeof adopt === "string" ? { adopt: apart(adopt) } : {};
      return { ...args, ...own, ...other, autoName: `auto-${count}` };
    }

    function putFor(before: PropertyMap, after: PropertyMap, top: string): PropertyMap {
      assert.ok(table.put, `${definition.type} has no update`);
      return table.put(before, after, top);
    }

    async function run(variant: Variant): Promise<void> {
      const top = String(variant.path[0]);
      const outcome = expected(table, variant);
      count += 1;
      const [before, after] = [named(variant.before), named(variant.after)];
      const touches = outcome === "put" || outcome === "record";
      const resource = touches ? await hooks.created(before) : await hooks.imagined(before);
      const plan = await hooks.plan(resource, after);
      const op = outcome === "replace" ? "replace" : outcome === "nothing" ? "same" : "update";
      assert.deepEqual([plan.op, plan.replaces], [op, op === "replace" ? [top] : []]);
      const isRecorded = outcome === "record" || outcome === "nothing";
      assert.equal(plan.deleteBeforeReplace, isRecorded || !table.uniqueBy.includes(top));
      if (!touches) return;
      const { outputs, puts } = await hooks.update(resource, plan.inputs);
      assert.deepEqual(
        puts,
        outcome === "put" ? [putFor(before, { ...after, name: plan.inputs.name }, top)] : [],
      );
      for (const key of Object.keys(definition.arguments.shape)) {
        if (key !== "name") assert.deepEqual(outputs[key], plan.inputs[key], `output ${key}`);
      }
      assert.deepEqual(await hooks.read(resource.id, outputs), plan.inputs, "a read shows no drift");
    }

    async function runAll(some: readonly Variant[]): Promise<void> {
      assert.ok(some.length > 0, "no change was generated");
      for (const variant of some) {
        const { pattern, kind, sample, path, before, after } = variant;
        try {
          await run(variant);
        } catch (error) {
          const change = [before, after].map((args) => JSON.stringify(getAt(args, path))).join(" to ");
          const where = `${pattern} ${kind} in "${sample}" (${formatPath(path)}: ${change})`;
          throw new Error(`${where}: ${error instanceof Error ? error.message : String(error)}`, {
            cause: error,
          });
        }
      }
    }

    it("are all in the table, and no others", () => {
      assert.deepEqual(Object.keys(table.outcomes).sort(), Object.keys(definition.arguments.shape).sort());
    });

    it("are all changed, and where they may be left out, removed and added", () => {
      const all = fieldsOf(definition.arguments);
      const seen = new Set(variants.map(({ pattern, kind }) => `${kind} ${pattern}`));
      const has = (pattern: string, ...kinds: string[]): boolean =>
        kinds.some((kind) => seen.has(`${kind} ${pattern}`));
      /** An object changes with what is in it. */
      const isChanged = (pattern: string): boolean =>
        all.some(
          (field) => field.pattern.startsWith(pattern) && has(field.pattern, "changed", "grown", "swapped"),
        );
      const missed = all.flatMap(({ pattern, schema }) => [
        ...(isChanged(pattern) ? [] : [`${pattern} is not changed`]),
        ...(!(schema instanceof z.ZodOptional) || table.inseparable.includes(pattern)
          ? []
          : ["removed", "added"]
              .filter((kind) => !has(pattern, kind))
              .map((kind) => `${pattern} is not ${kind}`)),
      ]);
      assert.deepEqual(missed, []);
      for (const pattern of table.inseparable) assert.ok(!has(pattern, "removed"), pattern);
      for (const pattern of table.caseless) assert.ok(has(pattern, "respelled"), pattern);
      for (const pattern of table.sets) assert.ok(has(pattern, "reordered"), pattern);
    });

    for (const top of Object.keys(table.outcomes)) {
      it(top, () => runAll(variants.filter(({ path }) => path[0] === top)));
    }

    for (const [sample, path, value] of table.equal) {
      it(`${path} of "${sample}" as ${JSON.stringify(value)} means the same`, async () => {
        const before = samples[sample]!;
        const { op } = await hooks.plan(await hooks.imagined(before), changed(before, path, value));
        assert.equal(op, "same");
      });
    }
  });
}

describe("fields of resources that are several tasks", function () {
  this.timeout(TIMEOUT);
  let hooks: Hooks;

  before(async () => {
    hooks = await Hooks.open(videoAnalysisJobTable);
  });
  after(() => hooks.close());

  it("each task of a VideoAnalysisJob gets the update", async () => {
    const before = videoAnalysisJobTable.samples.several!;
    const resource = await hooks.created(before);
    const { op, inputs } = await hooks.plan(resource, { ...before, description: "both" });
    assert.equal(op, "update");
    const { puts } = await hooks.update(resource, inputs);
    assert.deepEqual(puts, Array(2).fill({ name: "several", description: "both" }));
  });

  it("an input of one entry replaces a VideoAnalysisJob that is two tasks", async () => {
    const { several, plain } = videoAnalysisJobTable.samples;
    const resource = await hooks.imagined({ ...several, name: "one" });
    const recorded = { ...resource, outputs: { ...resource.outputs, input: plain!.input } };
    const input = { type: "url", data: [{ url: "rtsp://cameras.example.com/3" }] };
    const { replaces } = await hooks.plan(recorded, { ...several, name: "one", input });
    assert.deepEqual(replaces, ["input"]);
  });
});

describe("another spelling beside desiredState", function () {
  this.timeout(TIMEOUT);

  /** A drifted run state is known to the engine only, which therefore has to compare; the update then calls nothing. */
  it("is an update without any call of create or update", async () => {
    const hooks = await Hooks.open(batchTaskTable);
    try {
      const { managed, full } = batchTaskTable.samples;
      const before = { ...managed, schedule: full!.schedule };
      const resource = await hooks.created(before);
      const plan = await hooks.plan(resource, changed(before, "schedule.type", "WEEKLY"));
      assert.equal(plan.op, "update");
      assert.deepEqual((await hooks.update(resource, plan.inputs)).puts, []);
    } finally {
      await hooks.close();
    }
  });
});
