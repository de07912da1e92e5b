import assert from "node:assert/strict";
import { isVideoAnalysisError } from "../../provider/common/errors";
import { diff } from "../../provider/core/operations/diff";
import { batchTask } from "../../provider/services/batch-task/definition";
import { serviceTask } from "../../provider/services/service-task/definition";
import { videoAnalysisJob } from "../../provider/services/video-analysis-job/definition";
import { changed, fileOnIef, scheduledUrlToDis, UNKNOWN, without } from "../support/arguments";
import { checked, diffed } from "../support/checks";

const full = {
  ...fileOnIef,
  description: "d",
  region: "eu-de",
  triggers: [1],
  sourceUsageEstimate: { cpu: 1, memory: 1 },
  desiredState: "running",
  waitFor: "accepted",
  timeouts: { create: "1m" },
};
const olds = checked(full).inputs;
const scheduled = checked(scheduledUrlToDis).inputs;
const news = (path: string, value: unknown) => checked(changed(full, path, value), olds).inputs;

const codeOf = (call: () => unknown): string | undefined => {
  try {
    call();
  } catch (error) {
    return isVideoAnalysisError(error) ? error.code : "other";
  }
  return undefined;
};

describe("diff: what replaces", () => {
  const replacing: readonly [string, unknown][] = [
    ["serviceId", "other"],
    ["name", "other"],
    ["description", "other"],
    ["description", undefined],
    ["input.data[0].path", "other"],
    ["output.obs.path", "other"],
    ["config.image_compression_ratio", 91],
    ["config", undefined],
    ["sourceUsageEstimate.cpu", 2],
    ["region", "eu-nl"],
    ["triggers", [2]],
    ["schedule", scheduledUrlToDis.schedule],
  ];
  for (const [path, value] of replacing) {
    it(`${path}: ${value === undefined ? "removed" : JSON.stringify(value).slice(0, 30)}`, () => {
      const key = path.split(".", 1)[0] ?? "";
      assert.deepEqual(diffed(olds, news(path, value)), {
        replaces: [key],
        deleteBeforeReplace: !["name", "serviceId", "region"].includes(key),
      });
      assert.deepEqual(diffed(olds, news(key, UNKNOWN)).replaces, [key], "unknown");
    });
  }

  it("of a task that was taken over, refused where Edge might refuse the create after the delete", () => {
    const claim = { claim: "1700000000000-0a1b2c3d" };
    const codeFor = (taken: Record<string, unknown>, more: Record<string, unknown>): string | undefined => {
      const recorded = checked(without(full, "sourceUsageEstimate", "platform", "desiredState")).inputs;
      const wanted = { ...recorded, description: "other", ...more };
      return codeOf(() => diff(serviceTask, { ...recorded, ...taken }, wanted, undefined));
    };
    assert.equal(codeFor(claim, {}), "PLATFORM_UNKNOWN");
    assert.equal(codeFor({}, {}), undefined, "what created it is proved");
    assert.equal(codeFor(claim, { platform: "ief" }), undefined);
    assert.equal(codeFor(claim, { sourceUsageEstimate: { cpu: 1, memory: 1 } }), undefined);
    assert.equal(codeFor(claim, { name: "other" }), undefined, "the create comes first");
  });

  it("deletes first unless the name changes too, or what names are unique in", () => {
    for (const [key, value] of [
      ["name", "other"],
      ["serviceId", "other"],
      ["region", "eu-nl"],
    ] as const) {
      const both = checked({ ...full, [key]: value, description: "other" }, olds).inputs;
      const { replaces, deleteBeforeReplace } = diffed(olds, both);
      assert.deepEqual([[...replaces].sort(), deleteBeforeReplace], [[key, "description"].sort(), false]);
      const unknown = diffed(olds, news(key, UNKNOWN));
      assert.equal(unknown.deleteBeforeReplace, false, `${key} may change`);
    }
  });

  it("of a batch the service is no such thing, of a job it is, and so is a name that an update would change", () => {
    const place = {
      region: "cn-north-4",
      projectId: "p",
      endpoint: "e",
      regionFrom: "program",
      stateVersion: 1,
    };
    for (const [definition, key, first] of [
      [batchTask, "serviceName", true],
      [batchTask, "region", false],
      [videoAnalysisJob, "serviceName", false],
      [videoAnalysisJob, "serviceVersion", true],
      [videoAnalysisJob, "name", false],
    ] as const) {
      const recorded = { name: "n", serviceName: "a", serviceVersion: "1.0", triggers: [1], ...place };
      const wanted = { ...recorded, triggers: [2], [key]: "other" };
      assert.equal(
        diff(definition, recorded, wanted, undefined).deleteBeforeReplace,
        first,
        `${definition.type} ${key}`,
      );
    }
  });

  it("run state, waiting, timeouts, adopt and platform are updates, never without changes", () => {
    const updates: readonly [string, unknown][] = [
      ["desiredState", "stopped"],
      ["desiredState", undefined],
      ["waitFor", "running"],
      ["timeouts.create", "2m"],
      ["timeouts", undefined],
      ["adopt", "a/b"],
      ["platform", undefined],
      ["desiredState", UNKNOWN],
    ];
    for (const [path, value] of updates) {
      assert.deepEqual(diffed(olds, news(path, value)), { replaces: [], deleteBeforeReplace: true }, path);
    }
  });

  it("a default name and a region that nobody names never replace", () => {
    const recorded = { ...olds, name: "live", nameIsDefault: true };
    assert.deepEqual(diffed(recorded, { ...olds, name: "other", nameIsDefault: true }).replaces, []);
    const unnamed = without(olds, "region", "regionFrom");
    assert.deepEqual(diffed(olds, unnamed).replaces, []);
  });
});

describe("diff: changes", () => {
  it("is left to the engine where something differs or nothing does", () => {
    assert.ok(!("changes" in diffed(olds, olds)));
    assert.ok(!("changes" in diffed(olds, news("description", "other"))));
  });

  it("is false for proven equality of other spellings", () => {
    const respelled: readonly [string, unknown][] = [
      ["schedule.type", "daily"],
      ["schedule.executionMode", undefined],
      ["schedule.periods[0].beginAt", "08:00:00"],
      ["output.dis.dataCategory", []],
      ["config", {}],
      ["triggers", []],
    ];
    for (const [path, value] of respelled) {
      const result = diffed(scheduled, changed(scheduled, path, value));
      assert.deepEqual(result.replaces, [], path);
      assert.notEqual(result.changes, true, path);
    }
    assert.equal(diffed(scheduled, changed(scheduled, "schedule.type", "Daily")).changes, false);
    assert.equal(
      diffed(scheduled, { ...changed(scheduled, "schedule.type", "Daily"), waitFor: "running" }).changes,
      undefined,
    );
  });

  it("is true while something is unfinished", () => {
    assert.equal(diffed({ ...olds, unfinished: ["wait"] }, olds).changes, true);
    assert.equal(
      diffed({ ...scheduled, unfinished: ["start"] }, changed(scheduled, "schedule.type", "Daily")).changes,
      true,
    );
  });
});

describe("diff: refusals", () => {
  const machine = { ...olds, regionFrom: "machine" };
  const replaced = (regionFrom: string) => ({ ...olds, description: "other", regionFrom });

  it("REGION_MISMATCH for a replacement of what another machine's region holds", () => {
    assert.equal(
      codeOf(() => diffed(machine, replaced("machine"), "cn-2")),
      "REGION_MISMATCH",
    );
  });

  it("also where this machine names none, for the create could not even start", () => {
    assert.equal(
      codeOf(() => diffed(machine, replaced("machine"))),
      "REGION_MISMATCH",
    );
  });

  it("not where the region is named or the same, or nothing is replaced", () => {
    assert.equal(
      codeOf(() => diffed(machine, replaced("program"), "cn-2")),
      undefined,
    );
    assert.equal(
      codeOf(() => diffed(machine, replaced("config"), "cn-2")),
      undefined,
    );
    assert.equal(
      codeOf(() => diffed(machine, replaced("machine"), "eu-de")),
      undefined,
    );
    assert.equal(
      codeOf(() => diffed(machine, machine, "cn-2")),
      undefined,
    );
    assert.equal(
      codeOf(() => diffed({ ...olds, regionFrom: "config" }, replaced("machine"), "cn-2")),
      undefined,
    );
  });

  it("STATE_TOO_NEW, before anything is replaced", () => {
    assert.equal(
      codeOf(() => diff(serviceTask, { ...olds, stateVersion: 2 }, olds, undefined)),
      "STATE_TOO_NEW",
    );
  });
});
