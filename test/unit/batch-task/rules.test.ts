import assert from "node:assert/strict";
import type { PropertyMap } from "../../../provider/common/json";
import { formatPath } from "../../../provider/common/json";
import { validate } from "../../../provider/core/schema/validate";
import { batchTask } from "../../../provider/services/batch-task/definition";
import { batchArgs, WEEKEND } from "./support";

const UNKNOWN = "(unknown)";

const refused = (more: PropertyMap): string[] =>
  validate(batchTask, batchArgs(more), (value) => value === UNKNOWN).map(({ path }) => formatPath(path));

describe("rules of a batch", () => {
  it("accept the documented weekly schedule, Chinese names and every output", () => {
    assert.deepEqual(refused({ schedule: WEEKEND, name: "烟火检测_1", serviceName: "烟火检测算法" }), []);
    assert.deepEqual(refused({ output: { eventCenter: true } }), []);
    assert.deepEqual(
      refused({ output: { obs: { bucket: "obs-iva", path: "output/" }, dis: { streamName: "dis-test" } } }),
      [],
    );
  });

  for (const [title, more, property] of [
    ["no output", { output: {} }, "output"],
    ["an event center that is off as the only output", { output: { eventCenter: false } }, "output"],
    ["a schedule without any window", { schedule: { ...WEEKEND, periods: [[], []] } }, "schedule.periods"],
    ["an empty list of days", { schedule: { ...WEEKEND, periods: [] } }, "schedule.periods"],
    [
      "a weekly schedule without days",
      { schedule: { ...WEEKEND, daysOfWeek: undefined } },
      "schedule.daysOfWeek",
    ],
    [
      "days of the month in a weekly one",
      { schedule: { ...WEEKEND, daysOfMonth: [1] } },
      "schedule.daysOfMonth",
    ],
    ["a schedule of another type", { schedule: { ...WEEKEND, type: "daily" } }, "schedule.type"],
    [
      "windows with dates",
      { schedule: { ...WEEKEND, periods: [[{ beginAt: "2026-01-01T08:00:00", endAt: "10:00:00" }]] } },
      "schedule.periods[0][0].beginAt",
    ],
    ["success of a scheduled batch", { schedule: WEEKEND, waitFor: "succeeded" }, "waitFor"],
    [
      "a group without its list",
      { batchInput: { videoSourceGroup: [{ videoSourceGroupId: "group" }] } },
      "batchInput.videoSourceGroup[0].videoSourceList",
    ],
    ["no group at all", { batchInput: { videoSourceGroup: [] } }, "batchInput.videoSourceGroup"],
    ["a service name with spaces", { serviceName: "fire detection" }, "serviceName"],
    ["fields of the other services", { input: {} }, "input"],
  ] as const) {
    it(`refuse ${title}`, () => assert.ok(refused(more).includes(property), String(refused(more))));
  }

  it("accept a schedule without windows, a source twice and a group without sources", () => {
    assert.deepEqual(refused({ schedule: { ...WEEKEND, periods: undefined } }), []);
    const twice = [{ videoSourceId: "camera" }, { videoSourceId: "camera", targetRoi: "0,0" }];
    const videoSourceGroup = [
      { videoSourceGroupId: "group", videoSourceList: twice },
      { videoSourceGroupId: "group", videoSourceList: [] },
    ];
    assert.deepEqual(refused({ batchInput: { videoSourceGroup } }), []);
  });

  it("say nothing about what a preview does not know yet", () => {
    assert.deepEqual(refused({ schedule: { ...WEEKEND, periods: [UNKNOWN, []] } }), []);
    assert.deepEqual(refused({ output: UNKNOWN, schedule: UNKNOWN, batchInput: UNKNOWN }), []);
    assert.deepEqual(refused({ output: { eventCenter: UNKNOWN } }), []);
  });
});
