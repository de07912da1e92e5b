import assert from "node:assert/strict";
import type { PropertyMap } from "../../provider/common/json";
import { isVideoAnalysisError } from "../../provider/common/errors";
import { inputsIn, outputsOf } from "../../provider/core/state/outputs";
import type { LiveTask } from "../../provider/core/contract";
import { serviceTask } from "../../provider/services/service-task/definition";
import { fileOnIef, SERVICE, without } from "../support/arguments";
import { checked } from "../support/checks";
import { FakeService } from "../support/fake-service";
import { LOCATION } from "../support/world";

const binding = { ...LOCATION, gateway: new FakeService() };
const inputs = checked(fileOnIef).inputs;
const ID = "0".repeat(31);

const live = (index: number, changes: Partial<LiveTask> = {}): LiveTask => ({
  id: `${ID}${index}`,
  name: "task-file",
  state: "RUNNING",
  createdAt: "2026-05-05T12:00:00Z",
  updatedAt: "2026-05-05T12:00:10Z",
  args: {},
  outputFields: { serviceName: "face-detect", creator: "user_test" },
  ...changes,
});
const outputs = (lives: readonly LiveTask[], ids = lives.map(({ id }) => id)): PropertyMap =>
  outputsOf({ definition: serviceTask, inputs, binding }, { taskIds: ids, tasks: lives });

const outputsOfOne = (given: PropertyMap): PropertyMap =>
  outputsOf({ definition: serviceTask, inputs: given, binding }, { taskIds: ["a"], tasks: [] });

describe("outputs", () => {
  it("are the inputs and what the service says", () => {
    const { tasks, ...rest } = outputs([live(1)]);
    assert.deepEqual(rest, {
      ...inputs,
      ...LOCATION,
      serviceName: "face-detect",
      creator: "user_test",
      taskIds: [`${ID}1`],
      states: ["RUNNING"],
      state: "RUNNING",
      unfinished: [],
      stateVersion: 1,
    });
    assert.deepEqual(tasks, [
      {
        id: `${ID}1`,
        state: "RUNNING",
        createdAt: "2026-05-05T12:00:00Z",
        updatedAt: "2026-05-05T12:00:10Z",
      },
    ]);
  });

  it("keep the order of ids; a task that no read has shown has an empty state", () => {
    const bag = outputs([live(2, { state: "FAILED" })], [`${ID}1`, `${ID}2`]);
    assert.deepEqual(bag.taskIds, [`${ID}1`, `${ID}2`]);
    assert.deepEqual(bag.states, ["", "FAILED"]);
    assert.equal(bag.state, "FAILED");
  });

  it("put output fields that differ beside their task, and never over an argument", () => {
    const other = live(2, {
      outputFields: { serviceName: "face-detect", creator: "other", config: "x", name: "y" },
    });
    const bag = outputs([live(1), other]);
    assert.equal(bag.serviceName, "face-detect");
    assert.ok(!("creator" in bag));
    assert.deepEqual(
      (bag.tasks as PropertyMap[]).map(({ creator }) => creator),
      ["user_test", "other"],
    );
    assert.deepEqual(bag.config, fileOnIef.config);
    assert.equal(bag.name, "task-file");
  });

  it("of one task stay under 1 kB beyond the inputs, long texts included", () => {
    const failed = live(1, {
      state: "FAILED",
      status: "s".repeat(5000),
      error: { code: "ModelArts.0010", message: "m".repeat(5000) },
      scheduleStatus: "INACTIVATED",
    });
    const bag = outputs([failed]);
    assert.ok(JSON.stringify(bag).length - JSON.stringify(inputs).length < 1000);
    const [task] = bag.tasks as { status: string; error: { message: string } }[];
    assert.deepEqual([task?.status.length, task?.error.message.length], [200, 200]);
  });

  it("give the inputs back as check left them", () => {
    for (const context of [{}, { machineRegion: "eu-de" }, { configuredRegion: "eu-de" }]) {
      for (const news of [fileOnIef, { ...fileOnIef, region: "eu-de", triggers: [1] }]) {
        const { inputs: given } = checked(news, {}, context);
        assert.deepEqual(inputsIn(serviceTask, outputsOfOne(given)), given);
      }
    }
  });

  it("do not turn the live name of an adopted task into an input", () => {
    const nameless = without(fileOnIef, "name");
    const { inputs: given } = checked({
      ...nameless,
      autoName: "x-0123456789ab",
      adopt: `${SERVICE}/${ID}1`,
    });
    const bag = outputsOf(
      { definition: serviceTask, inputs: given, binding },
      { taskIds: [`${ID}1`], tasks: [live(1)] },
    );
    assert.equal(bag.name, "task-file");
    assert.deepEqual(inputsIn(serviceTask, bag), given);
  });
});

describe("ids", () => {
  it("are written and read for one task and several", () => {
    for (const ids of [["a"], ["b", "a", "c"]]) {
      const id = serviceTask.formatId({ serviceId: SERVICE }, ids);
      assert.equal(id, `${SERVICE}/${ids.join(",")}`);
      assert.deepEqual(serviceTask.parseId(id), { args: { serviceId: SERVICE }, taskIds: ids });
    }
  });

  const wrong = [
    "",
    "a",
    "a/",
    "/a",
    "a/b/c",
    "a/b,",
    "a/,b",
    "a/b,b",
    "a/b c",
    "a /b",
    "a/b?c",
    "a/b#c",
    "a/%2e",
    "a/b\\c",
  ];
  for (const id of wrong) {
    it(`INVALID_ID: ${JSON.stringify(id)}`, () => {
      assert.throws(
        () => serviceTask.parseId(id),
        (error) =>
          isVideoAnalysisError(error) &&
          error.code === "INVALID_ID" &&
          error.message.includes("<serviceId>/<taskId>"),
      );
    });
  }
});
