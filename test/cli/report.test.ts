/** The report and its formats as pure functions: total, and without secrets. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { resourceTypeOf } from "../../cli/stack/resource-types";
import type { Reading } from "../../cli/commands/drift/report/readings";
import type { RecordedResource } from "../../cli/stack/recorded-resources";
import { driftReport as build, type ReportOptions } from "../../cli/commands/drift/report/build";
import { driftReport as schema, type DriftReport } from "../../cli/commands/drift/report/schema";
import { htmlOf } from "../../cli/commands/drift/formats/html";
import { markdownOf } from "../../cli/commands/drift/formats/markdown";
import { tableOf } from "../../cli/commands/drift/formats/table";
import { painter } from "../../cli/output/terminal";
import { progressBar } from "../../cli/output/progress";
import { mapBounded } from "../../cli/common/map-bounded";
import type { PropertyMap } from "../../provider/common/json";

const TYPES = ["ServiceTask", "BatchTask", "VideoAnalysisJob"] as const;
const URN = "urn:pulumi:dev::shop::pulumi-nodejs:dynamic/video-analysis:ServiceTask::lobby";
const NOW = new Date("2026-03-01T12:00:00Z");

function resource(more: Partial<RecordedResource> = {}, type: string = TYPES[0]): RecordedResource {
  const resourceType = resourceTypeOf(`pulumi-nodejs:dynamic/video-analysis:${type}`)!;
  const empty = { outputs: {}, secrets: [], sealed: [], ignoreChanges: [] };
  return {
    resourceType,
    urn: URN,
    id: "service/task",
    ...empty,
    provider: "",
    external: false,
    leaving: false,
    ...more,
  };
}

const live = (recorded: PropertyMap, now: PropertyMap): Reading => ({
  outcome: "live",
  recorded,
  live: now,
  failed: [],
});

function report(
  entries: readonly (readonly [RecordedResource, Reading])[],
  more: Partial<ReportOptions> = {},
): DriftReport {
  const options = {
    source: { kind: "state", name: "state.json" },
    now: NOW,
    ignore: [],
    secrets: [],
    warnings: [],
  };
  return build(
    entries.map(([entry]) => entry),
    entries.map(([, reading]) => reading),
    { ...(options as ReportOptions), ...more },
  );
}

const formats = (found: DriftReport): string[] => [
  JSON.stringify(found),
  tableOf(found, painter(false, process.stdout)),
  tableOf(found, painter(true, process.stdout)),
  markdownOf(found),
  htmlOf(found),
];

describe("drift: the report", () => {
  const same = live({ description: "a" }, { description: "a" });
  const other = live({ description: "a" }, { description: "b" });
  const gone: Reading = { outcome: "gone" };
  const lost: Reading = { outcome: "unreachable", code: "TIMEOUT", reason: "no answer" };
  const sealed = resource({ sealed: [["input", "data"]], secrets: [["input", "data"]] });

  it("answers 0 in sync, 2 drift, 1 where something could not be told; drift that was found stays drift", () => {
    const cases: [readonly (readonly [RecordedResource, Reading])[], number][] = [
      [[], 0],
      [[[resource(), same]], 0],
      [[[resource(), other]], 2],
      [[[resource(), gone]], 2],
      [[[resource(), lost]], 1],
      [[[sealed, same]], 1],
      [
        [
          [resource(), lost],
          [sealed, same],
          [resource(), gone],
        ],
        2,
      ],
    ];
    for (const [entries, status] of cases) assert.equal(report(entries).exitStatus, status);
    const problems = { tasks: [], problems: ["the list failed"] };
    assert.equal(report([[resource(), same]], { unmanaged: problems }).exitStatus, 1);
  });

  it("never calls in sync what is encrypted, and does not compare it", () => {
    const found = report([
      [sealed, live({ input: { type: "url" } }, { input: { type: "url", data: [{ url: "x" }] } })],
    ]);
    const [only] = found.resources;
    assert.deepEqual(
      [only?.status, only?.changes, only?.notCompared[0]?.path],
      ["not-compared", [], "input.data"],
    );
    const drifted = report([[sealed, other]]).resources[0];
    assert.deepEqual([drifted?.status, drifted?.notCompared.length], ["changed", 1]);
  });

  it("does not compare what the service may show in a form whose record is encrypted", () => {
    const echoed = resource({ sealed: [["echo"]], secrets: [["echo"]] });
    const [only] = report([[echoed, other]]).resources;
    assert.deepEqual(
      [only?.status, only?.changes, only?.notCompared.map(({ path }) => path)],
      ["not-compared", [], ["description"]],
    );
    assert.equal(report([[echoed, same]]).resources[0]?.status, "in-sync");
  });

  it("hides secrets by the state's marks and by the schema, also inside of larger values and elsewhere", () => {
    const recorded = {
      description: "marked-canary",
      output: { webhook: { url: "https://a.example.com", headers: { "X-Key": "header-canary" } } },
    };
    const now = {
      description: "new-canary",
      output: undefined,
      config: { echoed: "see header-canary and https%3A%2F%2Fmarked-canary" },
    };
    const found = report(
      [
        [resource({ secrets: [["description"]] }), live(recorded, now)],
        [resource(), { ...lost, reason: "refused token-canary" }],
      ],
      {
        secrets: ["token-canary"],
        warnings: ["slow: token-canary"],
      },
    );
    for (const text of formats(found)) assert.ok(!text.includes("canary"), text);
    const output = found.resources[0]?.changes.find(({ path }) => path === "output");
    assert.deepEqual(output?.recorded, {
      webhook: { url: "https://a.example.com", headers: { "X-Key": "[secret]" } },
    });
    assert.equal(output.secret, true);
    assert.equal(found.resources[0]?.urn, URN);
  });

  it("tells in every format what failed, without secrets, and counts it as no drift", () => {
    const failed = [
      { id: "task-7", state: "FAILED", code: "VIDEO.2", message: "no answer from header-canary" },
      { id: "task-8", state: "START_FAILED" },
    ];
    const args = {
      output: { webhook: { url: "https://a.example.com", headers: { "X-Key": "header-canary" } } },
    };
    const found = report([
      [resource(), same],
      [resource(), { outcome: "live", recorded: args, live: args, failed }],
    ]);
    assert.deepEqual([found.exitStatus, found.summary.inSync, found.summary.failed], [0, 2, 1]);
    for (const text of formats(found)) {
      assert.ok(!text.includes("canary"), text);
      for (const told of [/task.{1,6}7/, /VIDEO.{1,5}2/, /START.{1,5}FAILED/]) assert.match(text, told);
    }
    const [, table = "", , markdown = ""] = formats(found);
    assert.match(table, /2 resources: 2 in sync, 1 with failed tasks/);
    const row = markdown.split("\n").find((line) => line.includes("VIDEO"));
    assert.equal(row?.split("|").length, 7);
    const [header, first = ""] = table.split("\n");
    assert.match(header ?? "", /STATUS/);
    assert.equal(table.split("\n")[2], "  task-7 FAILED: VIDEO.2 no answer from [secret]", first);
  });

  it("tells what a repair would replace", () => {
    const [task, job] = [resource(), resource({}, "VideoAnalysisJob")].map((entry) =>
      report([[entry, other]]),
    );
    assert.equal(task?.resources[0]?.changes[0]?.replaces, true);
    assert.equal(job?.resources[0]?.changes[0]?.replaces, false);
  });

  const bag = fc.dictionary(
    fc.constantFrom("description", "input", "output", "name", "x|y<`"),
    fc.jsonValue(),
  );
  const path = fc.array(fc.oneof(fc.constantFrom("input", "output", "data"), fc.nat(3)), {
    minLength: 1,
    maxLength: 3,
  });
  const reading: fc.Arbitrary<Reading> = fc.oneof(
    fc.record({
      outcome: fc.constant("live" as const),
      recorded: bag,
      live: bag,
      failed: fc.array(
        fc.record({
          id: fc.string({ unit: "binary" }),
          state: fc.constant("FAILED"),
          message: fc.string({ unit: "binary" }),
        }),
        { maxLength: 2 },
      ),
    }),
    fc.constant(gone),
    fc.record({ outcome: fc.constant("unreachable" as const), reason: fc.string({ unit: "binary" }) }),
  );
  const anyResource = fc
    .tuple(
      fc.record({
        urn: fc.string({ unit: "binary" }),
        id: fc.string({ unit: "binary" }),
        secrets: fc.array(path),
        sealed: fc.array(path),
        ignoreChanges: fc.array(fc.string()),
      }),
      fc.constantFrom(...TYPES),
    )
    .map(([more, type]) => resource(more, type));

  it("is total, fits its schema, and every format of it is made", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(anyResource, reading), { maxLength: 4 }), (entries) => {
        const found = report(entries, {
          unmanaged: {
            tasks: [{ type: "ServiceTask", id: "</script>", name: "|`<b>\u202e" }],
            problems: ["\n::error::x"],
          },
        });
        schema.parse(JSON.parse(JSON.stringify(found)));
        assert.equal(found.resources.length, entries.length);
        const [, table = "", , markdown = "", html = ""] = formats(found);
        // eslint-disable-next-line no-control-regex -- nothing that could play with a terminal
        assert.doesNotMatch(table, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
        assert.equal(html.split("<script").length, 2);
        assert.equal(html.split("</script>").length, 2);
        assert.ok(markdown.length < 65_536);
      }),
      { numRuns: 150 },
    );
  });

  it("keeps a comment on a pull request below the length that is accepted, and counts what it leaves out", () => {
    const many = Array.from({ length: 2000 }, () => [resource(), other] as const);
    const markdown = markdownOf(report(many));
    assert.ok(markdown.length < 65_536);
    assert.match(markdown, /\d+ more lines/);
    assert.match(markdown, /2000 resources: 2000 changed/);
  });

  it("keeps its columns whatever a value has in it", () => {
    const odd = live({ description: "a|b`c\n| d" }, { description: "<img src=x onerror=alert(1)> @team" });
    const row = markdownOf(report([[resource(), odd]]))
      .split("\n")
      .find((line) => line.includes("changed") && line.startsWith("|"));
    assert.equal(row?.split("|").length, 7);
    assert.doesNotMatch(row, /[<]img|@team|`/);
  });
});

describe("drift: at work", () => {
  it("draws a bar for any numbers", () => {
    assert.equal(progressBar(15, 30), `[${"#".repeat(15)}${"-".repeat(15)}] 15/30`);
    fc.assert(
      fc.property(fc.integer(), fc.integer(), (done, total) => progressBar(done, total).indexOf("]") === 31),
    );
  });

  it("runs at most as many reads at a time as allowed, and keeps their order", async () => {
    let running = 0;
    let most = 0;
    const results = await mapBounded([5, 4, 3, 2, 1], 2, async (item) => {
      running += 1;
      most = Math.max(most, running);
      for (let turn = 0; turn < item; turn += 1) await Promise.resolve();
      running -= 1;
      return item * 10;
    });
    assert.deepEqual([results, most], [[50, 40, 30, 20, 10], 2]);
  });
});
