import assert from "node:assert/strict";
import type { PropertyMap } from "../../provider/common/json";
import {
  changed,
  fileOnIef,
  restfulToWebhook,
  scheduledUrlToDis,
  UNKNOWN,
  without,
} from "../support/arguments";
import { checked, diffed } from "../support/checks";

const nameless = without(fileOnIef, "name");
const AUTO = "task-0123456789ab";

describe("check: names", () => {
  it("a given name wins over the default and the recorded one", () => {
    const { inputs } = checked({ ...fileOnIef, autoName: AUTO }, { name: "old", nameIsDefault: true });
    assert.equal(inputs.name, "task-file");
    assert.equal(inputs.nameIsDefault, false);
    assert.ok(!("autoName" in inputs));
  });

  it("the default name becomes the name", () => {
    const { inputs, failures } = checked({ ...nameless, autoName: AUTO });
    assert.deepEqual(failures, []);
    assert.equal(inputs.name, AUTO);
    assert.equal(inputs.nameIsDefault, true);
  });

  it("a recorded default name is kept when the class proposes another", () => {
    const { inputs } = checked(
      { ...nameless, autoName: "renamed-0123456789ab" },
      { name: AUTO, nameIsDefault: true },
    );
    assert.equal(inputs.name, AUTO);
  });

  it("a given name that is taken away gives way to the default, which replaces", () => {
    const olds = checked(fileOnIef).inputs;
    const { inputs } = checked({ ...nameless, autoName: AUTO }, olds);
    assert.equal(inputs.name, AUTO);
    assert.deepEqual(diffed(olds, inputs), { replaces: ["name"], deleteBeforeReplace: false });
  });

  it("no name at all is refused, but not where one is adopted or recorded", () => {
    assert.deepEqual(checked(nameless).refused, ["name"]);
    assert.deepEqual(checked({ ...nameless, adopt: "a/b" }).refused, []);
    assert.deepEqual(checked({ ...nameless, adopt: UNKNOWN }).refused, []);
    assert.deepEqual(checked(nameless, { name: AUTO, nameIsDefault: true }).refused, []);
  });

  it("an adopted task keeps its live name: none is made up, before and after adopt is removed", () => {
    const first = checked({ ...nameless, autoName: AUTO, adopt: "a/b" }).inputs;
    assert.ok(!("name" in first));
    const second = checked({ ...nameless, autoName: AUTO, adopt: "a/b" }, first).inputs;
    assert.deepEqual(second, first);
    const after = checked({ ...nameless, autoName: AUTO }, first).inputs;
    assert.ok(!("name" in after));
    assert.deepEqual(diffed({ ...first, name: "live" }, after).replaces, []);
  });

  it("an unknown name is a given one", () => {
    const { inputs, failures } = checked({ ...nameless, name: UNKNOWN, autoName: AUTO });
    assert.deepEqual(failures, []);
    assert.equal(inputs.name, UNKNOWN);
    assert.equal(inputs.nameIsDefault, false);
  });
});

describe("check: region", () => {
  const olds = (regionFrom: string) => ({ ...fileOnIef, nameIsDefault: false, region: "eu-de", regionFrom });
  type Row = readonly [
    string,
    string | undefined,
    string | undefined,
    string | undefined,
    string | undefined,
    unknown,
  ];
  // program, configuration, machine, recorded from → region and regionFrom
  const rows: readonly Row[] = [
    ["the program's", "eu-nl", "cn-1", "cn-2", undefined, ["eu-nl", "program"]],
    ["the program's over the recorded", "eu-nl", undefined, undefined, "machine", ["eu-nl", "program"]],
    ["the configured", undefined, "cn-1", "cn-2", undefined, ["cn-1", "config"]],
    [
      "the configured over the recorded, deliberately",
      undefined,
      "cn-1",
      "cn-2",
      "machine",
      ["cn-1", "config"],
    ],
    ["the machine's, first", undefined, undefined, "cn-2", undefined, ["cn-2", "machine"]],
    ["none where none is known", undefined, undefined, undefined, undefined, [undefined, undefined]],
    ["the recorded over the machine's", undefined, undefined, "cn-2", "machine", ["eu-de", "machine"]],
    ["the recorded without the machine's", undefined, undefined, undefined, "machine", ["eu-de", "machine"]],
    ["the recorded of the configuration", undefined, undefined, "cn-2", "config", ["eu-de", "config"]],
    ["the recorded of the program", undefined, undefined, "cn-2", "program", ["eu-de", "program"]],
  ];
  for (const [title, region, configuredRegion, machineRegion, from, expected] of rows) {
    it(title, () => {
      const context = {
        ...(configuredRegion === undefined ? {} : { configuredRegion }),
        ...(machineRegion === undefined ? {} : { machineRegion }),
      };
      const news = region === undefined ? fileOnIef : { ...fileOnIef, region };
      const { inputs } = checked(news, from === undefined ? {} : olds(from), context);
      assert.deepEqual([inputs.region, inputs.regionFrom], expected);
    });
  }

  it("warns where another machine's region is recorded, and names both", () => {
    const { warnings } = checked(fileOnIef, olds("machine"), { machineRegion: "cn-2" });
    assert.equal(warnings.length, 1);
    assert.match(warnings[0] ?? "", /cn-2.*eu-de/);
    for (const from of ["program", "config"]) {
      assert.deepEqual(checked(fileOnIef, olds(from), { machineRegion: "cn-2" }).warnings, []);
    }
    assert.deepEqual(checked(fileOnIef, olds("machine"), { machineRegion: "eu-de" }).warnings, []);
  });

  it("stays out of inputs that had none, whatever the machine says later", () => {
    const recorded = { ...fileOnIef, nameIsDefault: false };
    const { inputs } = checked(fileOnIef, recorded, { machineRegion: "cn-2" });
    assert.ok(!("region" in inputs) && !("regionFrom" in inputs));
    assert.deepEqual(diffed({ ...recorded, region: "eu-de" }, inputs).replaces, []);
  });

  it("that was checked before keeps where it came from", () => {
    for (const context of [{ machineRegion: "eu-de" }, { configuredRegion: "eu-de" }]) {
      const { inputs } = checked(fileOnIef, {}, context);
      assert.deepEqual(checked(inputs, inputs, context).inputs, inputs);
    }
  });
});

describe("check: adopt and replacement", () => {
  const adopting = { ...fileOnIef, adopt: "a/b" };
  const olds = checked(adopting).inputs;

  it("a change that replaces is refused while adopt stays", () => {
    const { failures, refused } = checked({ ...adopting, description: "new" }, olds);
    assert.deepEqual(refused, ["adopt"]);
    assert.match(failures[0]?.reason ?? "", /remove `adopt` first.*`description`/);
    assert.deepEqual(checked({ ...adopting, triggers: [1] }, olds).refused, ["adopt"]);
    assert.deepEqual(
      checked({ ...adopting, region: "eu-nl" }, checked({ ...adopting, region: "eu-de" }).inputs).refused,
      ["adopt"],
    );
  });

  it("it is not once adopt is removed or changed, nor for what does not replace", () => {
    assert.deepEqual(checked({ ...fileOnIef, description: "new" }, olds).refused, []);
    assert.deepEqual(checked({ ...adopting, adopt: "a/c", description: "new" }, olds).refused, []);
    assert.deepEqual(
      checked({ ...adopting, waitFor: "running", timeouts: { create: "1m" } }, olds).refused,
      [],
    );
    assert.deepEqual(checked({ ...adopting, description: "" }, olds).refused, []);
  });

  it("a value that is not known yet does not count", () => {
    assert.deepEqual(checked({ ...adopting, description: UNKNOWN }, olds).refused, []);
  });

  it("the second check of the replacement, which sees no olds, is not refused", () => {
    assert.deepEqual(checked({ ...adopting, description: "new" }).refused, []);
  });
});

describe("check: default wait", () => {
  const succeeded = { defaultWaitFor: "succeeded" };

  it("of the configuration is refused where the task can never meet it", () => {
    assert.deepEqual(checked(restfulToWebhook, {}, succeeded).refused, ["waitFor"]);
    assert.deepEqual(checked(scheduledUrlToDis, {}, succeeded).refused, ["waitFor"]);
    assert.deepEqual(checked(fileOnIef, {}, succeeded).refused, []);
  });

  it("is not refused in a preview that does not know yet whether the task has a schedule, or is to be stopped", () => {
    assert.deepEqual(checked({ ...fileOnIef, schedule: UNKNOWN }, {}, succeeded).refused, []);
    const maybeStopped = { ...restfulToWebhook, platform: "ief", desiredState: UNKNOWN };
    assert.deepEqual(checked(maybeStopped, {}, succeeded).refused, []);
  });

  it("does not apply where the program says another, or the task is to be stopped", () => {
    assert.deepEqual(checked({ ...restfulToWebhook, waitFor: "running" }, {}, succeeded).refused, []);
    const stopped = {
      ...fileOnIef,
      input: { type: "vis", data: [{ streamName: "s" }] },
      desiredState: "stopped",
    };
    assert.deepEqual(checked(stopped, {}, succeeded).refused, []);
  });
});

describe("check: inputs", () => {
  it("are as the program wrote them: no defaults, no normal forms", () => {
    const schedule = without(scheduledUrlToDis.schedule as PropertyMap, "executionMode");
    const news = { ...scheduledUrlToDis, schedule };
    assert.deepEqual(checked(news).inputs, { ...news, nameIsDefault: false });
  });

  it("come back also when something is refused", () => {
    const news = changed(fileOnIef, "output", {});
    assert.deepEqual(checked(news).inputs, { ...news, nameIsDefault: false });
  });
});
