/** Arguments of `BatchTask` that check refuses beside what it refuses of every resource type. */
import { without } from "../harness";
import { batchArgs } from "../kinds/batch-task";
import { numbered } from "../kinds/kind";
import type { Props } from "../values";
import { HOURS, type Refused } from "./refused";

const bad = (more: Props): Props => batchArgs("bad", more);
const groups = (videoSourceGroup: unknown): Props => bad({ batchInput: { videoSourceGroup } });
const group = (more: Props): Props => groups([{ videoSourceGroupId: "group", videoSourceList: [], ...more }]);
const source = (more: Props): Props => group({ videoSourceList: [{ videoSourceId: "camera-1", ...more }] });
const GROUP = "batchInput.videoSourceGroup[0]";
const SOURCE = `${GROUP}.videoSourceList[0]`;
const WEEKLY = { type: "weekly", timezone: "+08:00", daysOfWeek: [1], periods: [HOURS] };
const scheduled = (more: Props): Props => bad({ schedule: { ...WEEKLY, ...more } });
const output = (more: Props): Props => bad({ output: more });

export const batchTaskRefused: readonly Refused[] = [
  ["no algorithm", without(bad({}), "serviceName"), "serviceName"],
  ["an algorithm with spaces", bad({ serviceName: "Smoke and fire" }), "serviceName"],
  ["a version with a letter in upper case", bad({ serviceVersion: "1.0B" }), "serviceVersion"],
  ["a version of two characters", bad({ serviceVersion: "10" }), "serviceVersion"],
  ["no input", without(bad({}), "batchInput"), "batchInput"],
  ["no groups", groups([]), "batchInput.videoSourceGroup"],
  [
    "101 groups",
    groups(numbered(101, (number) => ({ videoSourceGroupId: `group-${number}`, videoSourceList: [] }))),
    "batchInput.videoSourceGroup",
  ],
  ["a group without an id", groups([{ videoSourceList: [] }]), `${GROUP}.videoSourceGroupId`],
  ["a group id in upper case", group({ videoSourceGroupId: "GROUP" }), `${GROUP}.videoSourceGroupId`],
  ["a group without its list", groups([{ videoSourceGroupId: "group" }]), `${GROUP}.videoSourceList`],
  [
    "101 sources",
    group({ videoSourceList: numbered(101, (number) => ({ videoSourceId: `camera-${number}` })) }),
    `${GROUP}.videoSourceList`,
  ],
  ["a source id of three characters", source({ videoSourceId: "abc" }), `${SOURCE}.videoSourceId`],
  ["a region of interest of 2049 characters", source({ targetRoi: "r".repeat(2049) }), `${SOURCE}.targetRoi`],
  ["a source in the spelling of the API", source({ target_roi: "r" }), `${SOURCE}.target_roi`],
  ["a switched off event center alone", output({ eventCenter: false }), "output"],
  ["a bucket of two characters", output({ obs: { bucket: "ab", path: "p" } }), "output.obs.bucket"],
  [
    "a webhook of another scheme",
    output({ webhook: { url: "x://y", headers: { a: "b" } } }),
    "output.webhook.url",
  ],
  [
    "eleven categories",
    output({ dis: { streamName: "s", dataCategory: numbered(11, (number) => `c${number}`) } }),
    "output.dis.dataCategory",
  ],
  [
    "a daily schedule",
    bad({ schedule: without({ ...WEEKLY, type: "daily" }, "daysOfWeek") }),
    "schedule.type",
  ],
  ["a weekly schedule without days", bad({ schedule: without(WEEKLY, "daysOfWeek") }), "schedule.daysOfWeek"],
  ["an eighth day of the week", scheduled({ daysOfWeek: [8] }), "schedule.daysOfWeek[0]"],
  ["windows that are not in a list of their day", scheduled({ periods: HOURS }), "schedule.periods[0]"],
  ["a week without any window", scheduled({ periods: [[], []] }), "schedule.periods"],
  [
    "a window with a date",
    scheduled({ periods: [[], [{ beginAt: "2031-01-01T08:00:00", endAt: "20:00:00" }]] }),
    "schedule.periods[1][0].beginAt",
  ],
  [
    "intervals, which this service lacks",
    scheduled({ frequency: { interval: 5, duration: 5 } }),
    "schedule.frequency",
  ],
  ["an order id with a space", bad({ resourceOrderId: "order 1" }), "resourceOrderId"],
  ["a template flag as a text", bad({ isSavedAsTemplate: "yes" }), "isSavedAsTemplate"],
  ["settings outside of `common`", bad({ config: { level: 1 } }), "config.level"],
];
