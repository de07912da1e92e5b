/** Refreshes, with and without drift. */
import type { JsonObject } from "../../../testkit/emulator";
import { KINDS } from "../kinds";
import { edgeArgs, iefArgs, type Program, tasksOf } from "../program";
import type { Look, Scenario, ScenarioStep } from "../scenario";
import { replaced } from "./lifecycle";

const RUNNING: JsonObject = { desiredState: "running", waitFor: "running" };
const FILE: JsonObject = { input: { type: "obs", data: [{ bucket: "recordings", path: "2026" }] } };

const UPDATABLE = KINDS.filter(({ operations }) => operations.update !== undefined);
const named = (what: string, kinds: readonly { name: string }[]): string[] =>
  kinds.map(({ name }) => `${what}-${name}`);

/** Some are changed at the service, which a replacement or an update puts right; others are deleted there. */
const CHANGED = ["changed", "emptied", "halved"];
const EDITED = named("edited", UPDATABLE);
const STOPPED = named("stopped", KINDS);
const GONE = named("gone", KINDS);
const NAMES = [...CHANGED, "ended", ...EDITED, ...STOPPED, ...GONE];

const ofKinds = (what: string, kinds: typeof KINDS, args: JsonObject = {}): Program["tasks"] =>
  Object.fromEntries(
    kinds.map((kind) => [`${what}-${kind.name}`, { type: kind.type, args: kind.args(args) }]),
  );

const PROGRAM: Program = {
  tasks: {
    ...tasksOf({
      changed: edgeArgs({ description: "ours" }),
      emptied: edgeArgs({ description: "ours" }),
      halved: edgeArgs({}, "north", "south"),
      ended: { ...iefArgs(RUNNING), ...FILE },
    }).tasks,
    ...ofKinds("edited", UPDATABLE, { description: "ours" }),
    ...ofKinds("stopped", KINDS, RUNNING),
    ...ofKinds("gone", KINDS),
  },
};

const THEIRS: JsonObject = { description: "theirs", output: { dis: { stream_name: "theirs" } } };

const SOMEBODY: ScenarioStep = {
  act: "drift of each kind",
  change: ({ emulator, ids }: Look) => {
    const idOf = (name: string): string => ids(name)[0]!;
    emulator.editTask(idOf("changed"), THEIRS);
    emulator.editTask(idOf("emptied"), { description: null });
    emulator.removeTask(idOf("halved"));
    emulator.setState(idOf("ended"), "SUCCEEDED");
    for (const { name, edit } of UPDATABLE) edit(emulator, idOf(`edited-${name}`), THEIRS);
    for (const { name, remove } of KINDS) {
      emulator.setState(idOf(`stopped-${name}`), "STOPPED");
      remove(emulator, idOf(`gone-${name}`));
    }
  },
};

const FOUND = [
  ...[...CHANGED, ...EDITED, ...STOPPED].map((name) => `refresh-update ${name}`),
  ...GONE.map((name) => `refresh-delete ${name}`),
  "refresh-same ended",
];
const FOUND_PATHS: Readonly<Record<string, readonly string[]>> = {
  changed: ["description", "output.dis.streamName"],
  emptied: ["description"],
  halved: ["input.data[0].url", "input.data[1]"],
  ...Object.fromEntries(EDITED.map((name) => [name, ["description", "output.dis.streamName"]])),
  ...Object.fromEntries(STOPPED.map((name) => [name, ["desiredState"]])),
};
const REPAIRED = [
  ...CHANGED.flatMap(replaced),
  ...[...EDITED, ...STOPPED].map((name) => `update ${name}`),
  ...GONE.map((name) => `create ${name}`),
  "same ended",
];
/** A stopped task is started, not replaced, and one that has ended is left alone. */
const REPAIRS = [
  ...CHANGED.flatMap(() => ["deleteServiceTask", "createServiceTask"]),
  // The other one of two tasks, which is gone already; both are made by one call.
  "deleteServiceTask",
  ...UPDATABLE.map(({ operations }) => operations.update!),
  ...KINDS.flatMap(({ operations }) => [operations.start, operations.create]),
];

const READ = NAMES.map((name) => `refresh ${name}`);
const unchanged = NAMES.map((name) => `refresh-same ${name}`);

const asRecorded = ({ exported, emulator }: Look): void => {
  if (JSON.stringify(exported).includes("theirs")) throw new Error("what is only shown is not recorded");
  if (!JSON.stringify(emulator.tasks()).includes("theirs")) throw new Error("the service has it");
};
const asDeclared = ({ emulator }: Look): void => {
  const live = JSON.stringify([emulator.tasks(), emulator.batches()]);
  if (live.includes("theirs")) throw new Error("the service has what the program says");
};

export const DRIFT: readonly Scenario[] = [
  {
    title: "drift of each kind: found by refresh and put right by up, then in one go by up --refresh",
    steps: [
      { run: "up", program: PROGRAM, expect: { operations: NAMES.map((name) => `create ${name}`) } },
      { run: "refresh", expect: { operations: unchanged, writes: [] } },
      SOMEBODY,
      {
        run: "refresh",
        options: { previewOnly: true },
        expect: { operations: FOUND, diffs: FOUND_PATHS, recorded: NAMES, writes: [], state: asRecorded },
      },
      {
        run: "refresh",
        expect: {
          operations: FOUND,
          diffs: FOUND_PATHS,
          recorded: NAMES.filter((name) => !GONE.includes(name)),
          writes: [],
        },
      },
      { run: "up", expect: { operations: REPAIRED, recorded: NAMES, writes: REPAIRS, state: asDeclared } },
      { run: "refresh", expect: { operations: unchanged } },
      SOMEBODY,
      {
        run: "preview",
        options: { refresh: true },
        expect: { operations: [...READ, ...REPAIRED], recorded: NAMES, writes: [] },
      },
      {
        run: "up",
        options: { refresh: true },
        expect: {
          operations: [...READ, ...REPAIRED],
          diffs: FOUND_PATHS,
          recorded: NAMES,
          writes: REPAIRS,
          state: asDeclared,
        },
      },
      {
        run: "destroy",
        options: { refresh: true },
        expect: { operations: [...READ, ...NAMES.map((name) => `delete ${name}`)] },
      },
    ],
  },
];
