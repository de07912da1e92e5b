/** What a nightly drift check stands on: several stacks, accepted differences, test reports, exit statuses. */
import assert from "node:assert/strict";
import { junitOf } from "../../cli/commands/drift/formats/junit";
import { markdownOf } from "../../cli/commands/drift/formats/markdown";
import { tableOf } from "../../cli/commands/drift/formats/table";
import { clustersOf, groupOf } from "../../cli/commands/drift/formats/words";
import { parseIgnoreFile } from "../../cli/commands/drift/report/ignore-file";
import { merged } from "../../cli/commands/drift/report/merge";
import type { Reading } from "../../cli/commands/drift/report/readings";
import { driftReport as schema } from "../../cli/commands/drift/report/schema";
import { ignoreFileOf } from "../../cli/commands/drift/report/write-ignore";
import { ownedTasks } from "../../cli/stack/tasks";
import { failing, formats, live, lost, named, other, report, resource, same, stopped } from "./reports";

describe("drift: every night", () => {
  it("has the exit status of drift for what --fail-on names, and for nothing else", () => {
    const cases: [Reading, ("failed" | "stopped")[], number][] = [
      [failing, [], 0],
      [failing, ["failed"], 2],
      [failing, ["stopped"], 0],
      [stopped, [], 0],
      [stopped, ["stopped"], 2],
      [same, ["failed", "stopped"], 0],
      [lost, ["failed"], 1],
    ];
    for (const [reading, failOn, status] of cases) {
      const found = report([[resource(), reading]], { failOn });
      assert.deepEqual([found.exitStatus, found.status === "drift"], [status, false]);
    }
  });

  it('does not head a report with a plain "In sync" where the command fails for --fail-on', () => {
    const headed = (reading: Reading, failOn: ("failed" | "stopped")[]): string[] =>
      formats(report([[resource(), reading]], { failOn })).slice(1);
    for (const [reading, what] of [
      [failing, "failed"],
      [stopped, "stopped"],
    ] as const) {
      const [table = "", , markdown = "", html = ""] = headed(reading, [what]);
      assert.match(table, /^In sync, but not every task runs\. /m);
      assert.match(markdown, /^## ⚠️ In sync, but not every task runs: /);
      assert.match(html, /<h1 class="drift">/);
      const [calm = "", , summary = ""] = headed(reading, []);
      assert.match(calm, /^In sync\. /m);
      assert.match(summary, /^## ✅ In sync: /);
    }
  });

  it("names the project once", () => {
    const headed = (name: string): string => {
      const found = merged([report([[resource(), same]])], name, {
        now: new Date(),
        failOn: [],
        problems: [],
        owned: new Set(),
      });
      return markdownOf(found).split("\n")[0] ?? "";
    };
    assert.equal(headed("all stacks of shop"), "## ✅ In sync: all stacks of shop");
    assert.equal(headed("dev, prod"), "## ✅ In sync: dev, prod &#40;shop&#41;");
  });

  it("accepts what it found by the ignore file that it writes, and keeps what was accepted before", async () => {
    const given = await parseIgnoreFile(
      JSON.stringify({
        version: 1,
        ignore: [{ urn: "*::a", property: "description", reason: "a trial", expires: "2099-01-01" }],
      }),
      "given",
    );
    const odd = live({ config: { 'a "key"': 1 } }, { config: { 'a "key"': 2 } });
    const entries = [
      [named("a"), other],
      [named("b"), other],
      [named("c"), odd],
    ] as const;
    const before = report(entries, { ignore: given });
    assert.equal(before.exitStatus, 2);
    const rules = await parseIgnoreFile(ignoreFileOf(before), "written");
    const after = report(entries, { ignore: rules });
    assert.deepEqual([after.exitStatus, after.summary.ignored, after.warnings], [0, 3, []]);
    const kept = after.resources[0]?.ignored[0];
    assert.deepEqual([kept?.reason, kept?.expires], ["a trial", "2099-01-01"]);
    assert.deepEqual(await parseIgnoreFile(ignoreFileOf(report([])), "empty"), []);
  });

  it("has all stacks in one report, in which none of their tasks is a stranger", () => {
    const task = (name: string) => ({ type: "ServiceTask" as const, id: `service/${name}`, name });
    const resources = [
      { ...named("a"), id: "service/a,A2" },
      { ...named("b", "prod"), id: "service/b" },
      { ...named("old", "prod"), id: "service/old", leaving: true },
    ] as const;
    const one = report([[resources[0], other]], {
      unmanaged: { tasks: [task("b"), task("c"), task("old")], problems: [] },
    });
    const two = report([[resources[1], same]], {
      unmanaged: { tasks: [task("a"), task("a2"), task("c")], problems: [] },
    });
    const how = { now: new Date(), failOn: [], owned: ownedTasks(resources) };
    const all = merged([one, two], "all", { ...how, problems: [] });
    schema.parse(JSON.parse(JSON.stringify(all)));
    assert.deepEqual([all.exitStatus, all.summary.total, all.scope.stacks], [2, 2, ["dev", "prod"]]);
    assert.deepEqual(
      all.unmanaged?.tasks.map(({ name }) => name),
      ["c"],
    );
    const open = merged([two], "all", { ...how, problems: ["stack x could not be compared"] });
    assert.deepEqual([open.status, open.exitStatus], ["unknown", 1]);
  });

  it("gives a test tab one test for each resource", () => {
    const found = report([
      [named("a"), other],
      [named("b"), lost],
      [named("c"), failing],
      [named("d<&"), same],
    ]);
    assert.match(junitOf(found, []), /tests="4" failures="1" errors="1" skipped="0"/);
    assert.match(junitOf(found, ["failed"]), /failures="2" errors="1"/);
    assert.match(junitOf(found, []), /name="d&lt;&amp;"/);
  });

  it("puts first what no longer runs, and says once what many have in common", () => {
    const found = report([
      [named("in-sync"), same],
      [named("b-10"), lost],
      [named("changed"), other],
      [named("b-9"), lost],
      [named("stopped"), stopped],
      [named("failed"), failing],
      [named("gone"), { outcome: "gone" }],
    ]);
    assert.deepEqual(
      clustersOf(found).map(({ group, resources }) => [group, resources.map(({ name }) => name).join()]),
      [
        ["gone", "gone"],
        ["failed", "failed"],
        ["not-running", "stopped"],
        ["changed", "changed"],
        ["unreachable", "b-9,b-10"],
        ["in-sync", "in-sync"],
      ],
    );
    assert.deepEqual(new Set(found.resources.map(groupOf)).size, 6);
    const paint = (_: unknown, text: string): string => text;
    const brief = tableOf(found, { paint, width: Infinity, all: false });
    assert.equal(brief.match(/no answer/g)?.length, 1);
    assert.ok(!/in-sync/.test(brief.split("\n").slice(0, -2).join("\n")));
    assert.match(tableOf(found, { paint, width: Infinity, all: true }), /in sync +ServiceTask in-sync/);
    const narrow = tableOf(found, { paint, width: 40, all: true });
    assert.ok(
      narrow.split("\n").every((line) => line.length <= 40),
      narrow,
    );
  });

  it("shows host and path of an address, and only that its secret part differs", () => {
    const url = (text: string) => ({ input: { type: "url", data: [{ url: text }] } });
    const changeOf = (before: string, after: string) =>
      report([[resource(), live(url(before), url(after))]]).resources[0]?.changes[0];
    const moved = changeOf("rtsp://u:canary@a.example.com/1?token=canary", "rtsp://u:canary@b.example.com/1");
    assert.deepEqual(
      [moved?.recorded, moved?.live],
      ["rtsp://[secret]@a.example.com/1?token=[secret]", "rtsp://[secret]@b.example.com/1"],
    );
    const path = changeOf("rtsp://a.example.com/user=admin&password=canary", "rtsp://a.example.com/1");
    assert.equal(path?.recorded, "[secret]");
    assert.deepEqual([moved?.secret, path.secret], [true, true]);
  });
});
