import assert from "node:assert/strict";
import type { PropertyMap } from "../../provider/common/json";
import { videoAnalysisJob } from "../../provider/services/video-analysis-job/definition";
import {
  changed,
  edgeCameraToDis,
  fileOnIef,
  restfulToWebhook,
  scheduledUrlToDis,
  UNKNOWN,
  vcnInput,
} from "../support/arguments";
import { checksOf, failuresOf } from "../support/checks";

const vcn: PropertyMap = { ...restfulToWebhook, input: vcnInput };
const vis: PropertyMap = { ...fileOnIef, input: { type: "vis", data: [{ streamName: "stream" }] } };
const pairs = (count: number): PropertyMap =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`X-${index}`, "v"]));

describe("validate: fields of the tables", () => {
  it("accepts the documented examples", () => {
    for (const args of [restfulToWebhook, edgeCameraToDis, scheduledUrlToDis, fileOnIef, vcn, vis]) {
      assert.deepEqual(failuresOf(args), {});
    }
  });

  describe("demands", () => {
    const required: readonly [PropertyMap, readonly string[]][] = [
      [restfulToWebhook, ["serviceId", "input", "input.data", "output"]],
      [
        restfulToWebhook,
        ["url", "certificateCheck", "rtspPathInResponse"].map((key) => `input.data[0].${key}`),
      ],
      [restfulToWebhook, ["output.webhook.url", "output.webhook.headers"]],
      [restfulToWebhook, ["sourceUsageEstimate.cpu", "sourceUsageEstimate.memory"]],
      [edgeCameraToDis, ["input.data[0].id", "output.dis.streamName"]],
      [scheduledUrlToDis, ["input.data[0].url", "schedule.type", "schedule.timezone"]],
      [scheduledUrlToDis, ["schedule.periods[0].beginAt", "schedule.periods[0].endAt"]],
      [fileOnIef, ["input.data[0].bucket", "input.data[0].path", "output.obs.bucket", "output.obs.path"]],
      [vcn, ["input.vcn", "input.data[0].deviceId"]],
      [vcn, ["ip", "port", "username", "password"].map((key) => `input.vcn.${key}`)],
      [vis, ["input.data[0].streamName"]],
    ];
    for (const [args, paths] of required) {
      for (const path of paths) {
        it(path, () => {
          const { [path]: reason, ...others } = failuresOf(changed(args, path, undefined));
          assert.match(reason ?? "", /^required, but missing/);
          assert.deepEqual(others, {});
        });
      }
    }

    it("input.type, and says which there are", () => {
      for (const type of [undefined, "VIS", 1]) {
        const reason = failuresOf(changed(vis, "input.type", type))["input.type"];
        assert.match(reason ?? "", /"restful", "url", "edgecamera", "vcn", "obs", "vis"/);
      }
    });
  });

  describe("accepts at the bound, refuses beyond it", () => {
    const frequency = { interval: 5, duration: 720, beginAt: "08:00:00", endAt: "24:00:00" };
    const repeated = changed(
      changed(scheduledUrlToDis, "schedule.periods", undefined),
      "schedule.executionMode",
      undefined,
    );
    const scheduled = changed(repeated, "schedule.frequency", frequency);
    const weekly = changed(changed(scheduled, "schedule.type", "weekly"), "schedule.daysOfWeek", [1, 7]);
    const monthly = changed(changed(scheduled, "schedule.type", "monthly"), "schedule.daysOfMonth", [1, 31]);
    const bounds: readonly [PropertyMap, string, unknown, unknown][] = [
      [restfulToWebhook, "name", "n".repeat(100), "n".repeat(101)],
      [restfulToWebhook, "name", "aZ0-_", "a b"],
      [restfulToWebhook, "name", "a", ""],
      [restfulToWebhook, "name", "a", "ä"],
      [restfulToWebhook, "description", "d".repeat(500), "d".repeat(501)],
      [restfulToWebhook, "serviceId", "a-b", "a/b"],
      [restfulToWebhook, "serviceId", "a-b", ""],
      [restfulToWebhook, "input.data[0].url", "u".repeat(1000), "u".repeat(1001)],
      [restfulToWebhook, "input.data[0].rtspPathInResponse", "p".repeat(1024), "p".repeat(1025)],
      [restfulToWebhook, "input.data[0].headers", pairs(10), pairs(11)],
      [restfulToWebhook, "input.data[0].headers", {}, []],
      [restfulToWebhook, "output.webhook.headers", pairs(10), pairs(11)],
      [restfulToWebhook, "output.webhook.headers", pairs(1), {}],
      // The page bounds the URLs of inputs only.
      [restfulToWebhook, "output.webhook.url", "u".repeat(1001), ""],
      [restfulToWebhook, "output.webhook.dataCategory", ["a"], "a"],
      [restfulToWebhook, "input.data", [(restfulToWebhook.input as { data: unknown[] }).data[0]], []],
      [restfulToWebhook, "sourceUsageEstimate.memory", 32, 0.5],
      [restfulToWebhook, "sourceUsageEstimate.cpu", 0.1, -0.1],
      [restfulToWebhook, "sourceUsageEstimate.cpu", 1, "1"],
      [restfulToWebhook, "input.data[0].certificateCheck", true, "true"],
      [edgeCameraToDis, "input.data[0].tag", [{ a: "b" }], []],
      [edgeCameraToDis, "input.data[0].tag[0].a", "b", 1],
      [vcn, "input.vcn.port", 65_535, 65_536],
      [vcn, "input.vcn.port", 0, -1],
      [vcn, "input.vcn.port", 80, "80"],
      [vcn, "input.data[0].streamType", 3, 4],
      [vcn, "input.data[0].streamType", 1, 0],
      [scheduled, "schedule.type", "DAILY", "yearly"],
      [scheduled, "schedule.timezone", "-03:30", "Europe/Berlin"],
      [scheduled, "schedule.timezone", "+14:00", "+15:00"],
      [scheduled, "schedule.timezone", "+00:00", "+8"],
      [scheduled, "schedule.executionMode", "FREQUENCY", "often"],
      [scheduled, "schedule.frequency.interval", 720, 721],
      [scheduled, "schedule.frequency.interval", 5, 4],
      [scheduled, "schedule.frequency.duration", 5, 4.5],
      [scheduled, "schedule.frequency.beginAt", "00:00:00", "8:00"],
      [scheduled, "schedule.frequency.endAt", "23:59:59", "24:00:01"],
      [weekly, "schedule.daysOfWeek", [1], []],
      [weekly, "schedule.daysOfWeek[0]", 7, 8],
      [weekly, "schedule.daysOfWeek[0]", 1, 0],
      [monthly, "schedule.daysOfMonth[0]", 31, 32],
      [monthly, "schedule.daysOfMonth[0]", 1, 1.5],
      [scheduledUrlToDis, "schedule.periods[0].beginAt", "09:30:00", "25:00:00"],
      [fileOnIef, "config", { a: [null, { b: 1 }] }, [1]],
      [fileOnIef, "platform", "ief", "cloud"],
      [fileOnIef, "desiredState", "running", "paused"],
      [fileOnIef, "waitFor", "succeeded", "done"],
      [fileOnIef, "region", "eu-de", "EU DE"],
      [fileOnIef, "triggers", [1, "a", null], "a"],
      [fileOnIef, "timeouts.create", "1h30m", "1 hour"],
      [fileOnIef, "timeouts", { read: "90s", update: "500ms", delete: "1.5h" }, "10m"],
      [fileOnIef, "adopt", "a/b", ""],
    ];
    for (const [args, path, good, bad] of bounds) {
      it(`${path}: ${JSON.stringify(bad).slice(0, 30)}`, () => {
        assert.deepEqual(failuresOf(changed(args, path, good)), {});
        assert.deepEqual(Object.keys(failuresOf(changed(args, path, bad))), [path]);
      });
    }

    it("an empty list of periods", () => {
      assert.ok("schedule.periods" in failuresOf(changed(scheduledUrlToDis, "schedule.periods", [])));
    });
  });

  it("reports every wrong property once", () => {
    const wrong = changed(changed(vcn, "input.vcn.port", "x"), "output.webhook.headers", {});
    assert.deepEqual(Object.keys(failuresOf(wrong)).sort(), ["input.vcn.port", "output.webhook.headers"]);
  });

  it("names paths as Pulumi prints them", () => {
    const args = changed(restfulToWebhook, "output.webhook.headers", { "Content-Type": 1 });
    assert.deepEqual(Object.keys(failuresOf(args)), ['output.webhook.headers["Content-Type"]']);
  });
});

describe("validate: lists without repetitions", () => {
  const { checked } = checksOf(videoAnalysisJob);
  const categories = (...dataCategory: string[]): readonly string[] =>
    checked({
      serviceName: "video-analyze",
      serviceVersion: "1.0",
      name: "job",
      input: { type: "url", data: [{ url: "rtsp://camera" }] },
      output: { dis: { streamName: "results", dataCategory } },
    }).refused;

  it("report a repetition where it stands", () => {
    assert.deepEqual(categories("a", "b", "a"), ["output.dis.dataCategory[2]"]);
  });

  it("may hold several values that are not known yet", () => {
    assert.deepEqual(categories(UNKNOWN, "a", UNKNOWN), []);
  });
});

describe("validate: unknown properties", () => {
  const suggestions: readonly [PropertyMap, string, string][] = [
    [restfulToWebhook, "service_id", "serviceId"],
    [restfulToWebhook, "source_usage_estimate", "sourceUsageEstimate"],
    [restfulToWebhook, "desciption", "description"],
    [restfulToWebhook, "Name", "name"],
    [restfulToWebhook, "input.data[0].certificate_check", "certificateCheck"],
    [restfulToWebhook, "input.data[0].rtsp_path_in_response", "rtspPathInResponse"],
    [restfulToWebhook, "input.data[0].header", "headers"],
    [edgeCameraToDis, "input.data[0].camera_type", "cameraType"],
    [edgeCameraToDis, "output.dis.stream_name", "streamName"],
    [edgeCameraToDis, "output.webhok", "webhook"],
    [scheduledUrlToDis, "schedule.periods[0].begin_at", "beginAt"],
    [scheduledUrlToDis, "schedule.days_of_week", "daysOfWeek"],
    [vcn, "input.vcn.user_name", "username"],
    [restfulToWebhook, "timeouts.Create", "create"],
  ];
  for (const [args, path, meant] of suggestions) {
    it(`${path}: did you mean ${meant}`, () => {
      assert.equal(
        failuresOf(changed(args, path, "x"))[path],
        `unknown property; did you mean \`${meant}\`?`,
      );
    });
  }

  it("without a near name list what there is", () => {
    const { "input.vcn": reason } = failuresOf(changed(scheduledUrlToDis, "input.vcn", {}));
    assert.equal(reason, "unknown property; expected `type`, `data`");
  });

  it("are refused also while their value is unknown", () => {
    assert.ok("colour" in failuresOf({ ...restfulToWebhook, colour: UNKNOWN }));
    assert.ok("input.data[0].uri" in failuresOf(changed(restfulToWebhook, "input.data[0].uri", UNKNOWN)));
  });

  it("with names that every object inherits are refused too", () => {
    for (const key of ["constructor", "toString", "hasOwnProperty"]) {
      assert.deepEqual(Object.keys(failuresOf({ ...restfulToWebhook, [key]: 1 })), [key]);
    }
  });
});
