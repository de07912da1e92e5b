import assert from "node:assert/strict";
import { DEFAULT_EDGE_SERVICE, DEFAULT_IEF_SERVICE, DEFAULT_VAS_SERVICE } from "../../testkit/emulator";
import { Harness, edgeArgs, IEF } from "./harness";
import { type Kind, KINDS } from "./kinds";
import { plain, type Props } from "./values";
import { contract } from "./part";

/** Outputs that every state has beside the arguments. */
const COMMON = [
  "creator",
  "endpoint",
  "projectId",
  "stateVersion",
  "state",
  "states",
  "taskIds",
  "tasks",
  "unfinished",
];

/** Further outputs that the service shows, at the top level. */
const OWN: Readonly<Record<Kind["title"], readonly string[]>> = {
  ServiceTask: ["serviceName"],
  BatchTask: [
    "batchTaskId",
    "totalCount",
    "succeedCount",
    "failedCount",
    "errorList",
    "statusCounts",
    "tasksTruncated",
    "algName",
    "company",
    "type",
    "videoGroupName",
    "videoSourceName",
    "createdAt",
  ],
  VideoAnalysisJob: ["serviceTitle"],
};

/** Response fields: how the outputs show them, and what they must be. */
type Field = readonly [field: string, shown: (outputs: Props) => unknown, expected: unknown];

const task = (outputs: Props): Props => (outputs.tasks as Props[])[0]!;

const ERROR = { code: "VIDEO.1", message: "no stream" };
const SHARED_FIELDS: readonly Field[] = [
  ["name", (outputs) => outputs.name, "all-fields"],
  ["description", (outputs) => outputs.description, "described"],
  [
    "state",
    ({ state, states, tasks }) => [state, (states as string[])[0], task({ tasks }).state],
    Array(3).fill("ABNORMAL"),
  ],
  ["status", (outputs) => task(outputs).status, "camera is away"],
  ["error", (outputs) => task(outputs).error, ERROR],
];

const OWN_FIELDS: Readonly<Record<Kind["title"], readonly Field[]>> = {
  ServiceTask: [
    ["service_name", (outputs) => outputs.serviceName, DEFAULT_IEF_SERVICE.name],
    ["service_id", (outputs) => outputs.serviceId, IEF],
    ["schedule_status", (outputs) => task(outputs).scheduleStatus, "ACTIVATED"],
    ["schedule", (outputs) => (outputs.schedule as Props).timezone, "+00:00"],
    ["input", (outputs) => (outputs.input as Props).type, "url"],
    [
      "output",
      (outputs) => (outputs.output as Props).dis,
      { streamName: "results", dataCategory: ["b", "a"] },
    ],
    ["config", (outputs) => outputs.config, { level: 1, nested: { deep: [1, 2] } }],
  ],
  BatchTask: [
    ["alg_name", (outputs) => outputs.algName, "Smoke and fire detection"],
    ["company", (outputs) => outputs.company, "VIAS"],
    ["type", (outputs) => outputs.type, "cloud"],
    [
      "num_task, by the counters",
      ({ totalCount, succeedCount, failedCount, errorList }) => [
        totalCount,
        succeedCount,
        failedCount,
        errorList,
      ],
      [2, 2, 0, []],
    ],
    ["batch_task_status_info", (outputs) => outputs.statusCounts, { ABNORMAL: 2 }],
    ["schedule_status", (outputs) => task(outputs).scheduleStatus, "ACTIVATED"],
    [
      "batch_input",
      (outputs) => (outputs.batchInput as { videoSourceGroup: unknown[] }).videoSourceGroup.length,
      2,
    ],
    ["is_saved_as_template", (outputs) => outputs.isSavedAsTemplate, false],
    ["resource_order_id", (outputs) => outputs.resourceOrderId, "order-1"],
  ],
  VideoAnalysisJob: [
    ["service_name", (outputs) => outputs.serviceName, DEFAULT_VAS_SERVICE.name],
    ["service_version", (outputs) => outputs.serviceVersion, "1.0"],
    ["service_title", (outputs) => outputs.serviceTitle, DEFAULT_VAS_SERVICE.title],
    ["timing_status", (outputs) => task(outputs).scheduleStatus, "ACTIVATED"],
    ["timing", (outputs) => (outputs.timing as Props).timezone, "+00:00"],
    ["edge_pool_id", (outputs) => outputs.edgePoolId, "a".repeat(32)],
    ["resource_order_id", (outputs) => outputs.resourceOrderId, "b".repeat(32)],
    [
      "service_config",
      (outputs) => outputs.serviceConfig,
      { common: { level: 1, nested: { deep: [1, 2] } } },
    ],
    ["output.hosting as written", (outputs) => (outputs.output as Props).hosting, { dataCategory: ["a"] }],
    [
      "output.hosting as read",
      (outputs) => Object.keys(outputs.hostingOutput as Props).sort(),
      ["dataCategory", "obs"],
    ],
    ["hosting_result", (outputs) => outputs.hostingResult, { status: "NOT_GENERATED" }],
  ],
};

export const part = contract("outputs", () => {
  let harness: Harness;
  before(async () => {
    harness = await Harness.open();
    await harness.start();
  });
  after(() => harness.close());

  for (const kind of KINDS) {
    describe(kind.title, () => {
      it("are the inputs, what the service shows, and nothing else", async () => {
        const { state } = await harness.provider.up(kind.program("state-shape"));
        const outputs = plain(state.outputs);
        for (const [key, value] of Object.entries(plain(state.inputs))) {
          assert.deepEqual(outputs[key], value, key);
        }
        const added = Object.keys(outputs).filter((key) => !(key in state.inputs));
        assert.deepEqual(added.sort(), [...COMMON, ...OWN[kind.title]].sort());
        const bytes = Object.entries(outputs).filter(([key]) => added.includes(key));
        assert.ok(Buffer.byteLength(JSON.stringify(Object.fromEntries(bytes))) < 1000);
      });

      describe("show the response's", () => {
        let outputs: Props;
        let stored: Props;
        before(async () => {
          const { state } = await harness.provider.up(kind.full("all-fields"));
          const [id = ""] = kind.made(harness.emulator, "all-fields");
          kind.setState(harness.emulator, id, "ABNORMAL", { status: "camera is away", error: ERROR });
          const refreshed = await harness.provider.refresh(state);
          assert.ok(refreshed !== undefined);
          assert.deepEqual(refreshed.changed, []);
          outputs = plain(refreshed.state.outputs);
          const [first] = kind.taskIds(harness.emulator, "all-fields");
          stored = harness.emulator.tasks().find((each) => each.id === first) ?? {};
        });

        for (const [field, shown, expected] of [...SHARED_FIELDS, ...OWN_FIELDS[kind.title]]) {
          it(field, () => assert.deepEqual(shown(outputs), expected));
        }
        it("id", () => assert.deepEqual((outputs.taskIds as string[])[0], stored.id));
        it("creator", () => assert.equal(outputs.creator, stored.creator));
        it("project_id", () => assert.equal(outputs.projectId, stored.project_id));
        it("created_at and updated_at", () => {
          const seconds = (value: unknown): number => Math.floor(Date.parse(String(value)) / 1000);
          assert.equal(seconds(task(outputs).createdAt), seconds(stored.created_at));
          assert.equal(seconds(task(outputs).updatedAt), seconds(stored.updated_at));
        });
      });
    });
  }

  it("have the service's name on Edge too", async () => {
    const { state } = await harness.provider.up(edgeArgs("service-name"));
    assert.equal(state.outputs.serviceName, DEFAULT_EDGE_SERVICE.name);
  });
});
