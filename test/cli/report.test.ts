/** The report as a pure function: its verdict, and no secrets in any format. */
import assert from "node:assert/strict";
import type { Reading } from "../../cli/commands/drift/report/readings";
import type { RecordedResource } from "../../cli/stack/recorded-resources";
import { formats, live, report, resource, URN } from "./reports";

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
    const accepting = report([[{ ...echoed, ignoreChanges: ["description"] }, other]]);
    assert.deepEqual([accepting.exitStatus, accepting.summary.ignored], [0, 1]);
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

  it("says in every format what failed, without secrets, and counts it as no drift", () => {
    const failed = [
      { id: "task-7", state: "FAILED", code: "VIDEO.2", message: "no answer from header-canary" },
      { id: "task-8", state: "START_FAILED" },
    ];
    const args = {
      output: { webhook: { url: "https://a.example.com", headers: { "X-Key": "header-canary" } } },
    };
    const found = report([
      [resource(), same],
      [resource(), { outcome: "live", recorded: args, live: args, failed, notRunning: [] }],
    ]);
    assert.deepEqual([found.exitStatus, found.summary.inSync, found.summary.failed], [0, 2, 1]);
    for (const text of formats(found)) {
      assert.ok(!text.includes("canary"), text);
      for (const told of [/task.{1,6}7/, /VIDEO.{1,6}2/, /START.{1,6}FAILED/]) assert.match(text, told);
    }
    const [, table = "", , markdown = ""] = formats(found);
    assert.match(table, /2 resources: 1 in sync, 1 failed/);
    const row = markdown.split("\n").find((line) => line.includes("VIDEO"));
    assert.equal(row?.split("|").length, 7);
    const [header, first = ""] = table.split("\n");
    assert.match(header ?? "", /STATUS/);
    assert.equal(table.split("\n")[2], "  task-7 FAILED: VIDEO.2 no answer from [secret]", first);
  });

  it("says what a repair would replace", () => {
    const [task, job] = [resource(), resource({}, "VideoAnalysisJob")].map((entry) =>
      report([[entry, other]]),
    );
    assert.equal(task?.resources[0]?.changes[0]?.replaces, true);
    assert.equal(job?.resources[0]?.changes[0]?.replaces, false);
  });
});
