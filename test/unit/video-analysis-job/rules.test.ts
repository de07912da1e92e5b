import assert from "node:assert/strict";
import type { PropertyMap } from "../../../provider/common/json";
import { jobArgs, refused, UNKNOWN } from "./support";

const daily = { type: "daily", timezone: "+08:00", periods: [{ beginAt: "08:00:00", endAt: "20:00:00" }] };
const frequency = { interval: 60, duration: 30 };
const once = { type: "once", timezone: "+08:00", frequency };

describe("rules of a job", () => {
  const rows: Readonly<Record<string, readonly [PropertyMap, readonly string[]]>> = {
    "a minimal job": [{}, []],
    "windows every day": [{ timing: daily }, []],
    "upper case, as one document prints it": [{ timing: { ...daily, type: "DAILY" } }, []],
    "both periods and frequency": [{ timing: { ...daily, frequency } }, ["timing.frequency"]],
    "neither periods nor frequency": [{ timing: { type: "daily", timezone: "+08:00" } }, ["timing.periods"]],
    "a frequency without times": [{ timing: { ...daily, periods: undefined, frequency } }, []],
    "a date with once and frequency": [{ timing: { ...once, date: "2026-12-31" } }, []],
    "no date with once and frequency": [{ timing: once }, ["timing.date"]],
    "a date with other types": [{ timing: { ...daily, date: "2026-12-31" } }, ["timing.date"]],
    "a date with once and periods": [
      {
        timing: {
          type: "once",
          timezone: "+08:00",
          date: "2026-12-31",
          periods: [{ beginAt: "2026-12-31T08:00:00", endAt: "2026-12-31T09:00:00" }],
        },
      },
      ["timing.date"],
    ],
    "times without dates in once": [
      { timing: { ...daily, type: "once" } },
      ["timing.periods[0].beginAt", "timing.periods[0].endAt"],
    ],
    "dated times in a frequency": [
      {
        timing: { ...once, date: "2026-12-31", frequency: { ...frequency, beginAt: "2026-12-31T08:00:00" } },
      },
      ["timing.frequency.beginAt"],
    ],
    "days of the week missing": [{ timing: { ...daily, type: "weekly" } }, ["timing.daysOfWeek"]],
    "days of the month in a weekly plan": [
      { timing: { ...daily, type: "weekly", daysOfWeek: [1], daysOfMonth: [1] } },
      ["timing.daysOfMonth"],
    ],
    "a type that is not known yet": [{ timing: { ...once, type: UNKNOWN } }, []],
    "a whole timing that is not known yet": [{ timing: UNKNOWN }, []],
    "no output": [{ output: {} }, ["output"]],
    "hosting without content": [{ output: { hosting: {} } }, []],
    "a local path": [{ output: { localpath: { mountSourcePath: "/results" } } }, []],
    "a file by the clock": [
      { timing: daily, input: { type: "url", data: [{ url: "https://example.com/a.mp4" }] } },
      ["input.data[0].url"],
    ],
    "a URL by the clock that is not known yet": [
      { timing: daily, input: { type: "url", data: [{ url: UNKNOWN }] } },
      [],
    ],
    "a file with a timing that may turn out to be left out": [
      { timing: UNKNOWN, input: { type: "url", data: [{ url: "https://example.com/a.mp4" }] } },
      [],
    ],
    "no date with a frequency that may turn out to be left out": [
      {
        timing: {
          ...once,
          frequency: UNKNOWN,
          periods: [{ beginAt: "2026-12-31T08:00:00", endAt: "2026-12-31T09:00:00" }],
        },
      },
      [],
    ],
    "a date with a frequency that may turn out to be there": [
      { timing: { ...once, date: "2026-12-31", frequency: UNKNOWN } },
      [],
    ],
    "OBS by the clock": [
      { timing: daily, input: { type: "obs", data: [{ bucket: "obs-iva", path: "a.mp4" }] } },
      ["input.type"],
    ],
    "a service configuration without content": [{ serviceConfig: {} }, ["serviceConfig.common"]],
    "success of a stream": [{ waitFor: "succeeded" }, ["waitFor"]],
    "success of a file": [
      { waitFor: "succeeded", input: { type: "obs", data: [{ bucket: "obs-iva", path: "a.mp4" }] } },
      [],
    ],
    "success of edge streams": [
      {
        waitFor: "succeeded",
        input: {
          type: "edgerestful",
          data: [{ url: "https://example.com/a", certificateCheck: true, rtspPathInResponse: "data/url" }],
        },
      },
      ["waitFor"],
    ],
    "success by the clock": [{ timing: daily, waitFor: "succeeded" }, ["waitFor"]],
    "running and stopped": [{ desiredState: "stopped", waitFor: "running" }, ["waitFor"]],
    "ModelArts' name of an input type": [
      { input: { type: "restful", data: [{ url: "https://example.com/a" }] } },
      ["input.type"],
    ],
    "a service name with digits": [{ serviceName: "face2" }, ["serviceName"]],
    "a version with three parts": [{ serviceVersion: "1.0.0" }, ["serviceVersion"]],
    "a Chinese name": [{ name: "视频分析" }, []],
  };
  for (const [title, [more, expected]] of Object.entries(rows)) {
    it(`${expected.length === 0 ? "accept" : "refuse"} ${title}`, () =>
      assert.deepEqual(refused(jobArgs(more)), expected));
  }
});
