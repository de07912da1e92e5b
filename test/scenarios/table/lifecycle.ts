/** The life of resources in which nothing goes wrong. */
import assert from "node:assert/strict";
import { defaultName as nameInPlugin } from "../../../provider/fronts/plugin/default-names";
import { defaultName } from "../../../sdk/auto-name";
import type { JsonObject } from "../../../testkit/emulator";
import type { ResourceV3 } from "../../../tools/engine";
import { each, KINDS, oneOfEach } from "../kinds";
import { batchArgs, edgeArgs, iefArgs, jobArgs, outputOf, type Program, tasksOf } from "../program";
import type { Look, Scenario } from "../scenario";

const NAMES = KINDS.map(({ name }) => name).sort();
const operations = (verb: "create" | "delete" | "start" | "stop"): string[] =>
  KINDS.map((kind) => kind.operations[verb]);

/** The steps of a replacement that creates first, or deletes first: both have the same. */
export const replaced = (name: string): string[] => [
  `create-replacement ${name}`,
  `replace ${name}`,
  `delete-replaced ${name}`,
];

/** Every resource on a schedule, in one of two spellings of the same. */
const scheduled = (type: string, daysOfWeek: number[]): Program =>
  oneOfEach(({ name }) => ({
    [name === "job" ? "timing" : "schedule"]: {
      type,
      timezone: "+01:00",
      daysOfWeek,
      ...(name === "batch" ? {} : { periods: [{ beginAt: "08:00:00", endAt: "09:00:00" }] }),
    },
  }));

/** The argument that an update changes; a service task has no description to update. */
const inPlace = (args: JsonObject, description: string): Program =>
  oneOfEach(({ operations: { update } }) => (update === undefined ? args : { ...args, description }));

const RUNNING: JsonObject = { desiredState: "running" };
/** Arguments that no service gets. */
const UNHEARD: JsonObject = { waitFor: "running", timeouts: { delete: "20m" } };
const UPDATES = KINDS.flatMap((kind) => kind.operations.update ?? []);

/** The outputs, which an update has brought up to date without another task. */
const sameTasks =
  (state: string) =>
  ({ resource, ids, emulator }: Look): void => {
    const live = [...emulator.tasks(), ...emulator.batches()].map(({ id }) => id);
    for (const name of NAMES) {
      assert.equal(resource(name).outputs?.["state"], state);
      assert.ok(ids(name).every((id) => live.includes(id)));
    }
  };

const chain = (description: string): Program => ({
  tasks: {
    first: { args: edgeArgs({ description }) },
    second: { args: iefArgs({ description: outputOf("first", "taskId") }) },
    batch: { type: "BatchTask", args: batchArgs({ description: outputOf("first", "taskId") }) },
    job: { type: "VideoAnalysisJob", args: jobArgs({ description: outputOf("batch", "taskId") }) },
    strict: { type: "VideoAnalysisJob", args: jobArgs({ triggers: [outputOf("first", "taskId")] }) },
  },
});
const CHAIN = Object.keys(chain("").tasks ?? {}).map((name) => `create ${name}`);
/** Unknown values update where a change would, and replace where a change would. */
const CHAIN_CHANGED = [...["first", "second", "strict"].flatMap(replaced), "update batch"];

/** The value of the output `taskId`. */
const firstTaskOf = ({ outputs }: ResourceV3): unknown => (outputs?.["taskIds"] as string[])[0];

const linked = ({ resource }: Look): void => {
  for (const [name, of] of [
    ["second", "first"],
    ["batch", "first"],
    ["job", "batch"],
  ] as const) {
    assert.equal(resource(name).outputs?.["description"], firstTaskOf(resource(of)));
  }
};

const nameOf = ({ resource }: Look, name: string): unknown => resource(name).outputs?.["name"];

export const LIFECYCLE: readonly Scenario[] = [
  {
    title: "first up, no-op up in another spelling, refresh and destroy after the program was removed",
    steps: [
      {
        run: "up",
        program: scheduled("weekly", [1, 2]),
        expect: {
          operations: each("create"),
          order: Object.fromEntries(NAMES.map((name) => [name, ["check({})", "create"]])),
          recorded: NAMES,
          writes: operations("create"),
        },
      },
      {
        run: "up",
        program: scheduled("WEEKLY", [2, 1]),
        expect: {
          operations: each("same"),
          order: Object.fromEntries(NAMES.map((name) => [name, ["check(olds)", "diff"]])),
          writes: [],
        },
      },
      { removeProgram: true },
      { run: "refresh", expect: { operations: each("refresh-same") } },
      { run: "destroy", expect: { operations: each("delete"), recorded: [], writes: operations("delete") } },
    ],
  },
  {
    title: "update in place of each resource, of the run state, and of what no service hears of",
    steps: [
      { run: "up", program: inPlace(RUNNING, "one"), expect: { operations: each("create") } },
      {
        run: "up",
        program: inPlace({ desiredState: "stopped" }, "two"),
        expect: {
          operations: each("update"),
          diffs: {
            task: ["desiredState"],
            batch: ["description", "desiredState"],
            job: ["description", "desiredState"],
          },
          writes: [...operations("stop"), ...UPDATES],
          state: sameTasks("STOPPED"),
        },
      },
      {
        run: "up",
        program: inPlace({ ...RUNNING, ...UNHEARD }, "two"),
        expect: {
          operations: each("update"),
          writes: operations("start"),
          state: sameTasks("RUNNING"),
        },
      },
      {
        run: "up",
        program: inPlace({ ...RUNNING, timeouts: { delete: "30m" } }, "two"),
        expect: {
          operations: each("update"),
          diffs: Object.fromEntries(NAMES.map((name) => [name, ["timeouts.delete", "waitFor"]])),
          writes: [],
          state: sameTasks("RUNNING"),
        },
      },
      { run: "refresh", expect: { operations: each("refresh-same") } },
    ],
  },
  {
    title: "replacement: deletes first, or creates first under a new name",
    steps: [
      {
        run: "up",
        program: tasksOf({
          changed: edgeArgs({ description: "one" }),
          triggered: iefArgs(),
          renamed: edgeArgs({ name: "old-name" }),
          kept: edgeArgs(),
        }),
        expect: { operations: ["changed", "triggered", "renamed", "kept"].map((name) => `create ${name}`) },
      },
      {
        run: "up",
        program: tasksOf({
          changed: edgeArgs({ description: "two" }),
          triggered: iefArgs({ triggers: ["again"] }),
          renamed: edgeArgs({ name: "new-name" }),
          kept: edgeArgs(),
        }),
        expect: {
          operations: [...["changed", "triggered", "renamed"].flatMap(replaced), "same kept"],
          order: {
            changed: ["check(olds)", "diff", "check({})", "delete", "create"],
            triggered: ["check(olds)", "diff", "check({})", "delete", "create"],
            // Which name is asked about changes with the second check.
            renamed: ["check(olds)", "check({})"],
            "new-name": ["diff", "create"],
            "old-name": ["delete"],
            kept: ["check(olds)", "diff"],
          },
          diffs: { changed: ["description"], triggered: ["triggers"], renamed: ["name"] },
          state: (look) => {
            assert.match(String(nameOf(look, "changed")), /^changed-[0-9a-f]{12}$/);
            const live = look.emulator.tasks().map(({ name }) => name);
            const names = ["changed", "triggered", "renamed", "kept"].map((name) => nameOf(look, name));
            assert.deepEqual(live.sort(), names.sort());
          },
        },
      },
    ],
  },
  {
    title: "dependency from class to class, with unknown values in previews",
    steps: [
      { run: "preview", program: chain("one"), expect: { operations: CHAIN, writes: [] } },
      { run: "up", expect: { operations: CHAIN, state: linked } },
      {
        run: "preview",
        program: chain("two"),
        expect: {
          // In a preview nothing of what an update leads to is known.
          operations: [...CHAIN_CHANGED, "update job"],
          diffs: { first: ["description"], batch: ["description"] },
          writes: [],
        },
      },
      { run: "up", expect: { operations: [...CHAIN_CHANGED, "same job"], state: linked } },
    ],
  },
  {
    title: "a component with children, then under another name with an alias",
    steps: [
      {
        run: "up",
        program: {
          sites: { harbour: {} },
          tasks: {
            inside: { args: edgeArgs(), options: { parent: "harbour" } },
            beside: { args: edgeArgs(), options: { parent: "harbour", dependsOn: ["inside"] } },
          },
        },
        expect: {
          operations: ["create inside", "create beside"],
          state: (look) => {
            const { urn } = look.resource("inside");
            assert.match(urn, /::scenario:index:Site\$/);
            const name =
              look.front === "plugin"
                ? nameInPlugin({ urn, nameSeed: undefined, autonaming: undefined })
                : defaultName("inside", "organization", urn, "");
            assert.equal(nameOf(look, "inside"), name);
            const created = look.emulator.calls({ operation: "createServiceTask" });
            const names = created.map(({ name = "" }) => name.split("-")[0]);
            assert.deepEqual(names, ["inside", "beside"], "dependsOn orders them");
          },
        },
      },
      {
        run: "up",
        program: {
          sites: { port: { aliases: [{ name: "harbour" }] } },
          tasks: { inside: { args: edgeArgs(), options: { parent: "port" } } },
        },
        expect: { operations: ["same inside", "delete beside"], recorded: ["inside"] },
      },
      { run: "destroy", expect: { operations: ["delete inside"], recorded: [] } },
    ],
  },
];
