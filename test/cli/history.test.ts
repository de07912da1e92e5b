/** Since when findings last, over the reports of several nights. */
import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { withHistory } from "../../cli/commands/drift/report/history";
import { merged } from "../../cli/commands/drift/report/merge";
import type { Reading } from "../../cli/commands/drift/report/readings";
import { driftReport as schema, type DriftReport } from "../../cli/commands/drift/report/schema";
import { formats, live, lost, named, other, report, same, stopped } from "./reports";

describe("drift: ages of findings", () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), "video-analysis-history-"))));
  afterEach(() => rmSync(folder, { recursive: true }));

  const run = (day: number, entries: Parameters<typeof report>[0]): DriftReport =>
    withHistory(report(entries, { now: new Date(Date.UTC(2026, 0, day)) }), path.join(folder, "kept"));
  const dayOf = (found: DriftReport): (string | undefined)[] =>
    found.resources.map(({ since }) => since?.slice(8, 10));

  it("last as long as a difference does, also over a night in which nothing could be read", () => {
    const night = (day: number, a: Reading, b: Reading): DriftReport =>
      run(day, [
        [named("a"), a],
        [named("b"), b],
      ]);
    const gone: Reading = { outcome: "gone" };
    assert.deepEqual(dayOf(night(1, other, same)), ["01", undefined]);
    assert.deepEqual(dayOf(night(2, other, gone)), ["01", "02"]);
    assert.deepEqual(dayOf(night(3, lost, gone)), ["03", "02"]);
    const fourth = night(4, other, same);
    assert.deepEqual(dayOf(fourth), ["01", undefined]);
    assert.equal(fourth.resources[0]?.changes[0]?.since?.slice(8, 10), "01");
    schema.parse(JSON.parse(JSON.stringify(fourth)));
    assert.deepEqual(dayOf(night(5, same, same)), [undefined, undefined]);
    assert.deepEqual(dayOf(night(6, other, same)), ["06", undefined]);
  });

  it("last over a night in which one of several stacks could not be read", () => {
    const how = { failOn: [], problems: [], owned: new Set<string>() };
    const seen = (day: number, ...stacks: string[]): (string | undefined)[] => {
      const now = new Date(Date.UTC(2026, 0, day));
      const reports = stacks.map((stack) => report([[named("a", stack), other]], { now }));
      return dayOf(withHistory(merged(reports, "all", { ...how, now }), path.join(folder, "kept")));
    };
    assert.deepEqual(seen(1, "dev", "prod"), ["01", "01"]);
    assert.deepEqual(seen(2, "dev"), ["01"]);
    assert.deepEqual(seen(3, "dev", "prod"), ["01", "01"]);
  });

  it("are in the table and in Markdown, of each property that differs and of what is gone or stands still", () => {
    const [, table = "", , markdown = ""] = formats(
      run(1, [
        [named("a"), other],
        [named("b"), { outcome: "gone" }],
        [named("c"), stopped],
      ]),
    );
    assert.match(table, /^changed +ServiceTask a +\S+ \(.*since 2026-01-01\)/m);
    assert.match(table, /^gone +ServiceTask b +since 2026-01-01$/m);
    assert.match(table, /^not running +ServiceTask c +since 2026-01-01$/m);
    assert.match(markdown, /^\| changed \| ServiceTask <code>a<\/code> \| .*\(since 2026-01-01\)/m);
    assert.match(markdown, /^\| gone \| ServiceTask <code>b<\/code> since 2026-01-01 \|/m);
    assert.match(markdown, /^\| not running \| ServiceTask <code>c<\/code> since 2026-01-01 \|/m);
  });

  it("keep no values, and refuse a file that is no history", () => {
    const canary = live({ description: "canary-a" }, { description: "canary-b" });
    run(1, [[named("a"), canary]]);
    const [file = ""] = readdirSync(path.join(folder, "kept"));
    const kept = path.join(folder, "kept", file);
    assert.ok(!readFileSync(kept, "utf8").includes("canary"));
    writeFileSync(kept, "{}");
    assert.throws(() => run(2, [[named("a"), canary]]), /CONFIGURATION/);
  });
});
