import assert from "node:assert/strict";
import { wireTask } from "../../provider/services/api/wire-task";
import type { PropertyMap } from "../../provider/common/json";
import { toCreateBody, toLiveTask } from "../../provider/services/service-task/mapping";
import { camelCase, snakeCase } from "../../provider/core/schema/wire";
import { fileOnIef, scheduledUrlToDis, SERVICE, vcnInput, without } from "../support/arguments";
import { failuresOf } from "../support/checks";
import { documentsOf } from "../support/documents";

describe("wire: create bodies", () => {
  for (const { title, args, body } of documentsOf("ServiceTask")) {
    it(`are what the documents have: ${title}`, () => {
      assert.deepEqual(failuresOf(args), {});
      assert.deepEqual(toCreateBody(args), body);
    });
  }

  it("always has execution_mode, of the mode that is given", () => {
    const { schedule } = scheduledUrlToDis as { schedule: PropertyMap };
    const rest = without(schedule, "executionMode", "periods");
    const frequency = { interval: 10, duration: 5, beginAt: "08:00:00", endAt: "20:00:00" };
    const modeOf = (given: PropertyMap) =>
      (toCreateBody({ ...scheduledUrlToDis, schedule: given }).schedule as PropertyMap).execution_mode;
    assert.equal(modeOf({ ...rest, periods: schedule.periods }), "period");
    assert.equal(modeOf({ ...rest, frequency }), "frequency");
    assert.equal(modeOf({ ...rest, frequency, executionMode: "FREQUENCY" }), "frequency");
  });

  it("has the fields of the API only, and the keys of free maps as they are", () => {
    const body = toCreateBody({
      ...fileOnIef,
      config: { camelKey: { innerKey: 1 }, snake_key: 2 },
      input: vcnInput,
      region: "eu-de",
      desiredState: "running",
      waitFor: "running",
      triggers: [1],
      timeouts: { create: "1m" },
      nameIsDefault: false,
      regionFrom: "program",
    });
    assert.deepEqual(Object.keys(body).sort(), ["config", "input", "name", "output"]);
    assert.deepEqual(body.config, { camelKey: { innerKey: 1 }, snake_key: 2 });
    assert.deepEqual(body.input, {
      type: "vcn",
      data: [{ device_id: "device-1", stream_type: 1, node_id: "node-1" }],
      vcn: { ip: "10.0.0.1", port: 8080, username: "camera", password: "canary-password" },
    });
  });
});

describe("wire: live tasks", () => {
  /** The documented answer of the list (Obtaining Service Tasks). */
  const documented = {
    id: "53e4xxxxxxxxxxxxxxxxxxxxxxb55b3e",
    name: "task-test",
    creator: "user_test",
    project_id: "b722xxxxxxxxxxxxxxxxxxxxxxeb4674",
    description: "hello world",
    service_name: "face-detect",
    service_id: SERVICE,
    created_at: "2021-01-01T00:00:00Z",
    updated_at: "2021-01-01T00:00:10Z",
    state: "RUNNING",
    input: { type: "url", data: [{ url: "http://xxxx" }] },
    output: { dis: { stream_name: "dis-test" } },
    config: { image_compression_ratio: 90, render_result_sw: 0, video_sampling_interval: 1 },
  };

  it("reads the documented answer", () => {
    assert.deepEqual(toLiveTask(wireTask.parse(documented), []), {
      id: documented.id,
      name: "task-test",
      state: "RUNNING",
      createdAt: "2021-01-01T00:00:00Z",
      updatedAt: "2021-01-01T00:00:10Z",
      args: {
        serviceId: SERVICE,
        name: "task-test",
        description: "hello world",
        input: { type: "url", data: [{ url: "http://xxxx" }] },
        output: { dis: { streamName: "dis-test" } },
        config: { image_compression_ratio: 90, render_result_sw: 0, video_sampling_interval: 1 },
      },
      outputFields: { serviceName: "face-detect", creator: "user_test" },
    });
  });

  it("reads state texts, errors and the schedule's status, and takes null and empty for missing", () => {
    const live = toLiveTask(
      wireTask.parse({
        ...documented,
        state: "failed",
        status: "no signal",
        error: { code: "A.1", message: "bad", other: 1 },
        schedule_status: "ACTIVATED",
        description: null,
        creator: "",
        schedule: { type: "WEEKLY", execution_mode: null, days_of_week: [1], extra: true },
      }),
      [],
    );
    assert.equal(live.state, "FAILED");
    assert.equal(live.status, "no signal");
    assert.deepEqual(live.error, { code: "A.1", message: "bad" });
    assert.equal(live.scheduleStatus, "ACTIVATED");
    assert.deepEqual(live.outputFields, { serviceName: "face-detect" });
    assert.ok(!("description" in live.args));
    assert.deepEqual(live.args.schedule, { type: "WEEKLY", daysOfWeek: [1] });
  });

  it("needs an id only", () => {
    const live = toLiveTask(wireTask.parse({ id: "a" }), []);
    assert.deepEqual(live, { id: "a", name: "", state: "", args: {}, outputFields: {} });
  });

  it("takes secrets out of the service's own texts: credentials of URLs, and values that are known to be secret", () => {
    const live = toLiveTask(
      wireTask.parse({
        id: "a",
        status: "cannot open rtsp://admin:canary@10.0.0.1:554/live, retrying",
        error: {
          message: "GET https://host/x?token=canary-1 with header canary-2 and password canary-3: 403",
        },
        output: { webhook: { url: "https://host", headers: { "X-Key": "canary-2" } } },
      }),
      ["canary-3"],
    );
    assert.match(live.status ?? "", /^cannot open rtsp:\/\/10\.0\.0\.1:554\/live.*retrying$/);
    assert.match(live.error?.message ?? "", /403$/);
    assert.ok(!JSON.stringify([live.status, live.error]).includes("canary"));
  });
});

describe("wire: keys", () => {
  it("turn from camel case to snake case and back", () => {
    for (const key of ["rtspPathInResponse", "beginAt", "name", "sourceUsageEstimate"]) {
      assert.equal(camelCase(snakeCase(key)), key);
    }
    assert.equal(snakeCase("rtspPathInResponse"), "rtsp_path_in_response");
  });
});
