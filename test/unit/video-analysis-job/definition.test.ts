import assert from "node:assert/strict";
import { isVideoAnalysisError } from "../../../provider/common/errors";
import type { PropertyMap } from "../../../provider/common/json";
import { check } from "../../../provider/core/operations/check";
import { diff } from "../../../provider/core/operations/diff";
import { videoAnalysisJob } from "../../../provider/services/video-analysis-job/definition";
import { jobArgs, UNKNOWN } from "./support";

const one = { type: "url", data: [{ url: "rtsp://cameras.example.com/1" }] };
const other = { type: "url", data: [{ url: "rtsp://cameras.example.com/2" }] };
const two = { type: "url", data: [...one.data, ...other.data] };
const timing = { type: "daily", timezone: "+08:00", periods: [{ beginAt: "08:00:00", endAt: "20:00:00" }] };
const serviceConfig = { common: { threshold: 1 } };

/** Outputs of an earlier run. */
const recorded = (more: PropertyMap = {}, ids: readonly string[] = ["a"]): PropertyMap =>
  jobArgs({ region: "cn-north-4", taskIds: ids, unfinished: [], stateVersion: 1, ...more });
const wished = (more: PropertyMap = {}): PropertyMap => jobArgs({ region: "cn-north-4", ...more });
const planned = (olds: PropertyMap, news: PropertyMap) => diff(videoAnalysisJob, olds, news, undefined);

describe("what replaces a job", () => {
  const rows: Readonly<Record<string, readonly [PropertyMap, PropertyMap, readonly string[]]>> = {
    "the service": [{}, { serviceName: "face-detect" }, ["serviceName"]],
    "the version": [{}, { serviceVersion: "1.1" }, ["serviceVersion"]],
    "the edge pool": [{}, { edgePoolId: "a".repeat(32) }, ["edgePoolId"]],
    "the order": [{}, { resourceOrderId: "a".repeat(32) }, ["resourceOrderId"]],
    "the region": [{}, { region: "cn-east-3" }, ["region"]],
    "the triggers": [{}, { triggers: [1] }, ["triggers"]],
    "the name": [{}, { name: "other" }, []],
    "the description": [{}, { description: "text" }, []],
    "a cleared description": [{ description: "text" }, {}, []],
    "the output": [{}, { output: { hosting: {} } }, []],
    "a further output": [{}, { output: { dis: { streamName: "dis-test" }, hosting: {} } }, []],
    "an added timing": [{}, { timing }, []],
    "a changed timing": [{ timing }, { timing: { ...timing, type: "once" } }, []],
    "a removed timing": [{ timing }, {}, ["timing"]],
    "an added service configuration": [{}, { serviceConfig }, []],
    "a changed service configuration": [
      { serviceConfig },
      { serviceConfig: { common: { threshold: 2 } } },
      [],
    ],
    "a removed service configuration": [{ serviceConfig }, {}, ["serviceConfig"]],
    "one source for another": [{}, { input: other }, []],
    "a source that is not known yet": [{}, { input: { type: "url", data: [{ url: UNKNOWN }] } }, []],
    "sources that are not known yet": [{}, { input: UNKNOWN }, ["input"]],
    "a second source": [{}, { input: two }, ["input"]],
    "one source fewer": [{ input: two }, { input: one }, ["input"]],
  };
  for (const [title, [before, after, expected]] of Object.entries(rows)) {
    it(`${title}: ${expected.join() || "nothing"}`, () => {
      const result = planned(recorded(before), wished(after));
      assert.deepEqual(result.replaces, expected);
      assert.notEqual(result.changes, false);
    });
  }

  it("one source for another, where it is several jobs", () => {
    assert.deepEqual(planned(recorded({}, ["a", "b"]), wished({ input: other })).replaces, ["input"]);
  });

  it("no mere respelling", () => {
    const respelled = { ...timing, type: "DAILY" };
    assert.deepEqual(planned(recorded({ timing }), wished({ timing: respelled })), {
      replaces: [],
      deleteBeforeReplace: true,
      changes: false,
    });
  });

  it("covers every field of the API as immutable or updatable", () => {
    const own = ["desiredState", "waitFor", "timeouts", "adopt"];
    const covered = [...videoAnalysisJob.immutable, ...videoAnalysisJob.updatable, ...own];
    assert.deepEqual(covered.sort(), Object.keys(videoAnalysisJob.arguments.shape).sort());
  });

  it("is refused while adopt stays, by the number of adopted ids", () => {
    const context = { isUnknown: (value: unknown) => value === UNKNOWN, warn: () => undefined };
    const refusal = (adopt: string) => {
      const olds = wished({ adopt, regionFrom: "program" });
      const { failures } = check(videoAnalysisJob, olds, wished({ adopt, input: other }), context);
      return failures.map(({ path }) => path.join("."));
    };
    assert.deepEqual(refusal("video-analyze/a"), []);
    assert.deepEqual(refusal("video-analyze/a,b"), ["adopt"]);
  });
});

describe("ids of jobs", () => {
  it("name the service and the tasks", () => {
    const id = videoAnalysisJob.formatId(jobArgs(), ["a", "b"]);
    assert.equal(id, "video-analyze/a,b");
    assert.deepEqual(videoAnalysisJob.parseId(id), {
      args: { serviceName: "video-analyze" },
      taskIds: ["a", "b"],
    });
  });

  for (const id of ["", "a", "a/", "/a", "a/b/c", "a/b,b", "a/b,", "a b/c"]) {
    it(`cannot be ${JSON.stringify(id)}`, () =>
      assert.throws(
        () => videoAnalysisJob.parseId(id),
        (error) =>
          isVideoAnalysisError(error) && error.code === "INVALID_ID" && /serviceName/.test(error.message),
      ));
  }
});
