import assert from "node:assert/strict";
import type { PropertyMap } from "../../provider/common/json";
import {
  changed,
  edgeCameraToDis,
  fileOnIef,
  restfulToWebhook,
  scheduledUrlToDis,
  UNKNOWN,
  vcnInput,
  without,
} from "../support/arguments";
import { failuresOf } from "../support/checks";

const paths = (args: PropertyMap): string[] => Object.keys(failuresOf(args)).sort();
const set = (args: PropertyMap, changes: Readonly<Record<string, unknown>>): PropertyMap =>
  Object.entries(changes).reduce<PropertyMap>((bag, [path, value]) => changed(bag, path, value), args);

const frequency = { interval: 10, duration: 5, beginAt: "08:00:00", endAt: "20:00:00" };
const daily = without(scheduledUrlToDis.schedule as PropertyMap, "executionMode");
const scheduled: PropertyMap = { ...scheduledUrlToDis, schedule: daily };

type Row = readonly [title: string, args: PropertyMap, refused: readonly string[]];

function table(rows: readonly Row[]): void {
  for (const [title, args, refused] of rows) {
    it(`${refused.length === 0 ? "accepts" : "refuses"} ${title}`, () =>
      assert.deepEqual(paths(args), [...refused].sort()));
  }
}

describe("rules: output", () => {
  table([
    ["no member", { ...restfulToWebhook, output: {} }, ["output"]],
    [
      "all members",
      {
        ...fileOnIef,
        output: {
          ...(fileOnIef.output as PropertyMap),
          dis: { streamName: "s" },
          webhook: (restfulToWebhook.output as PropertyMap).webhook,
        },
      },
      [],
    ],
    ["a member that is not known yet", { ...restfulToWebhook, output: { dis: UNKNOWN } }, []],
  ]);
});

describe("rules: schedule", () => {
  const weekly = set(scheduled, { "schedule.type": "weekly", "schedule.daysOfWeek": [1] });
  const monthly = set(scheduled, { "schedule.type": "monthly", "schedule.daysOfMonth": [1] });
  const once = (beginAt: string, endAt = beginAt) =>
    set(scheduled, { "schedule.type": "Once", "schedule.periods": [{ beginAt, endAt }] });
  table([
    [
      "neither periods nor frequency",
      set(scheduled, { "schedule.periods": undefined }),
      ["schedule.periods"],
    ],
    ["both", set(scheduled, { "schedule.frequency": frequency }), ["schedule.frequency"]],
    [
      "frequency alone",
      set(scheduled, { "schedule.periods": undefined, "schedule.frequency": frequency }),
      [],
    ],
    [
      "a mode that does not fit periods",
      set(scheduled, { "schedule.executionMode": "frequency" }),
      ["schedule.executionMode"],
    ],
    [
      "a mode that does not fit frequency",
      set(scheduled, {
        "schedule.periods": undefined,
        "schedule.frequency": frequency,
        "schedule.executionMode": "PERIOD",
      }),
      ["schedule.executionMode"],
    ],
    ["periods that are not known yet", set(scheduled, { "schedule.periods": UNKNOWN }), []],
    ["weekly with days", weekly, []],
    ["weekly without days", set(weekly, { "schedule.daysOfWeek": undefined }), ["schedule.daysOfWeek"]],
    [
      "WEEKLY without days",
      set(weekly, { "schedule.daysOfWeek": undefined, "schedule.type": "WEEKLY" }),
      ["schedule.daysOfWeek"],
    ],
    ["monthly without days", set(monthly, { "schedule.daysOfMonth": undefined }), ["schedule.daysOfMonth"]],
    ["daily with days of the week", set(weekly, { "schedule.type": "daily" }), ["schedule.daysOfWeek"]],
    ["weekly with days of the month", set(weekly, { "schedule.daysOfMonth": [1] }), ["schedule.daysOfMonth"]],
    ["days while the type is not known yet", set(weekly, { "schedule.type": UNKNOWN }), []],
    ["once with dates", once("2031-01-01T08:00:00"), []],
    ["once without dates", once("08:00:00"), ["schedule.periods[0].beginAt", "schedule.periods[0].endAt"]],
    [
      "once with a date at one end only",
      once("2031-01-01T08:00:00", "09:00:00"),
      ["schedule.periods[0].endAt"],
    ],
    [
      "daily with dates",
      set(scheduled, { "schedule.periods[0].beginAt": "2031-01-01T08:00:00" }),
      ["schedule.periods[0].beginAt"],
    ],
    [
      "daily frequency with dates",
      set(scheduled, {
        "schedule.periods": undefined,
        "schedule.frequency": { ...frequency, endAt: "2031-01-01T08:00:00" },
      }),
      ["schedule.frequency.endAt"],
    ],
    ["a scheduled https URL, as the documents' third example", scheduled, []],
    ["a scheduled file in OBS", { ...fileOnIef, schedule: daily }, ["input.type"]],
  ]);
});

describe("rules: cameras", () => {
  table([
    [
      "an IPC camera without tag",
      set(edgeCameraToDis, { "input.data[0].tag": undefined }),
      ["input.data[0].tag"],
    ],
    [
      "another camera without tag",
      set(edgeCameraToDis, { "input.data[0].tag": undefined, "input.data[0].cameraType": undefined }),
      [],
    ],
    ["a tag that is not known yet", set(edgeCameraToDis, { "input.data[0].tag": UNKNOWN }), []],
  ]);
});

describe("rules: platforms", () => {
  const edge = { ...restfulToWebhook, platform: "edge" };
  const ief = { ...fileOnIef };
  const edgeDaily = { ...scheduled, platform: "edge" };
  table([
    ["the examples on Edge", edge, []],
    ["a camera on Edge", { ...edgeCameraToDis, platform: "edge" }, []],
    ["VCN on Edge", { ...edge, input: vcnInput }, []],
    ["OBS input on Edge", { ...edge, input: fileOnIef.input }, ["input.type"]],
    ["VIS input on Edge", { ...edge, input: { type: "vis", data: [{ streamName: "s" }] } }, ["input.type"]],
    ["OBS output on Edge", set(edge, { "output.obs": { bucket: "b", path: "p" } }), ["output.obs"]],
    ["config on Edge", { ...edge, config: { a: 1 } }, ["config"]],
    ["a run state on Edge", { ...edge, desiredState: "stopped" }, ["desiredState"]],
    ["Edge without an estimate", set(edge, { sourceUsageEstimate: undefined }), ["sourceUsageEstimate"]],
    ["once and daily on Edge", edgeDaily, []],
    [
      "weekly on Edge",
      set(edgeDaily, { "schedule.type": "weekly", "schedule.daysOfWeek": [1] }),
      ["schedule.type"],
    ],
    [
      "monthly on Edge",
      set(edgeDaily, { "schedule.type": "MONTHLY", "schedule.daysOfMonth": [1] }),
      ["schedule.type"],
    ],
    [
      "frequency on Edge",
      set(edgeDaily, {
        "schedule.periods": undefined,
        "schedule.frequency": frequency,
        "schedule.executionMode": "frequency",
      }),
      ["schedule.executionMode", "schedule.frequency"],
    ],
    [
      "the same without a platform",
      set(scheduled, { "schedule.periods": undefined, "schedule.frequency": frequency }),
      [],
    ],
    ["IEF with everything of its own", { ...ief, desiredState: "running", waitFor: "succeeded" }, []],
    [
      "a stream id on IEF",
      { ...ief, output: { dis: { streamName: "s", streamId: "1" } } },
      ["output.dis.streamId"],
    ],
    [
      "camera type and tag on IEF",
      { ...edgeCameraToDis, platform: "ief", output: ief.output },
      ["input.data[0].cameraType", "input.data[0].tag"],
    ],
    [
      "a run state without a platform",
      set(ief, { platform: undefined, desiredState: "running" }),
      ["desiredState"],
    ],
    [
      "a run state while the platform is not known yet",
      set(ief, { platform: UNKNOWN, desiredState: "running" }),
      [],
    ],
    ["a run state on IEF", set(ief, { desiredState: "stopped" }), []],
  ]);
});

describe("rules: waiting", () => {
  const waiting = (changes: Readonly<Record<string, unknown>>) =>
    set(fileOnIef, { waitFor: "succeeded", ...changes });
  const url = (address: string) => ({
    input: { type: "url", data: [{ url: "https://files.example/a" }, { url: address }] },
  });
  table([
    ["success of a file", waiting({}), []],
    ["success of an https URL", waiting(url("https://files.example/a.mp4")), []],
    ["success of an rtsp URL", waiting(url("RTSP://camera/live")), ["waitFor"]],
    ["success of an rtmp URL", waiting(url("rtmps://camera/live")), ["waitFor"]],
    ["success of VIS", waiting({ input: { type: "vis", data: [{ streamName: "s" }] } }), ["waitFor"]],
    ["success of VCN", waiting({ input: vcnInput }), ["waitFor"]],
    ["success of a RESTful source", waiting({ input: restfulToWebhook.input }), ["waitFor"]],
    ["success of a camera", waiting({ input: { type: "edgecamera", data: [{ id: "c" }] } }), ["waitFor"]],
    ["success of a schedule", { ...scheduled, waitFor: "succeeded" }, ["waitFor"]],
    ["running of a schedule", { ...scheduled, waitFor: "running" }, []],
    ["success of a stopped task", waiting({ desiredState: "stopped" }), ["waitFor"]],
    ["running of a stopped task", waiting({ desiredState: "stopped", waitFor: "running" }), ["waitFor"]],
    ["acceptance of a stopped task", waiting({ desiredState: "stopped", waitFor: "accepted" }), []],
    ["success while the input is not known yet", waiting({ input: UNKNOWN }), []],
    ["success while the URL is not known yet", waiting(url(UNKNOWN)), []],
  ]);
});
