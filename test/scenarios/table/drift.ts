/** Refreshes, with and without drift. */
import { edgeArgs, iefArgs, tasksOf } from "../program";
import type { JsonObject } from "../../../testkit/emulator";
import type { Look, Scenario } from "../scenario";
import { replaced } from "./lifecycle";

const running: JsonObject = { desiredState: "running", waitFor: "running" };

/** A task for each kind of drift. */
const PROGRAM = tasksOf({
  changed: edgeArgs({ description: "ours" }),
  emptied: edgeArgs({ description: "ours" }),
  halved: edgeArgs({}, "north", "south"),
  gone: iefArgs(),
  stopped: iefArgs(running),
  ended: { ...iefArgs(running), input: { type: "obs", data: [{ bucket: "recordings", path: "2026" }] } },
});
const NAMES = ["changed", "emptied", "halved", "gone", "stopped", "ended"];

function drift({ emulator, ids }: Look): void {
  const [changed, emptied, halved, gone, stopped, ended] = NAMES.map((name) => ids(name)[0]!);
  emulator.editTask(changed!, { description: "theirs", output: { dis: { stream_name: "theirs" } } });
  emulator.editTask(emptied!, { description: null });
  emulator.removeTask(halved!);
  emulator.removeTask(gone!);
  emulator.setState(stopped!, "STOPPED");
  emulator.setState(ended!, "SUCCEEDED");
}

const FOUND = [
  ...["changed", "emptied", "halved", "stopped"].map((name) => `refresh-update ${name}`),
  "refresh-delete gone",
  "refresh-same ended",
];
const FOUND_PATHS = {
  changed: ["description", "output.dis.streamName"],
  emptied: ["description"],
  halved: ["input.data[0].url", "input.data[1]"],
  stopped: ["desiredState"],
};
const REPAIRED = [
  ...["changed", "emptied", "halved"].flatMap(replaced),
  "create gone",
  "update stopped",
  "same ended",
];

const READ = NAMES.map((name) => `refresh ${name}`);
const unchanged = NAMES.map((name) => `refresh-same ${name}`);

export const DRIFT: readonly Scenario[] = [
  {
    title: "refresh: clean, with drift of each kind, and put right by the next up",
    steps: [
      { run: "up", program: PROGRAM, expect: { operations: NAMES.map((name) => `create ${name}`) } },
      { run: "refresh", expect: { operations: unchanged, writes: [] } },
      { act: "drift of each kind", change: drift },
      {
        run: "refresh",
        options: { previewOnly: true },
        expect: { operations: FOUND, diffs: FOUND_PATHS, recorded: NAMES, writes: [] },
      },
      {
        run: "refresh",
        expect: {
          operations: FOUND,
          diffs: FOUND_PATHS,
          recorded: NAMES.filter((name) => name !== "gone"),
          writes: [],
        },
      },
      { run: "up", expect: { operations: REPAIRED, recorded: NAMES } },
      { run: "refresh", expect: { operations: unchanged } },
    ],
  },
  {
    title: "up --refresh finds and puts right in one go",
    steps: [
      { run: "up", program: PROGRAM, expect: { operations: NAMES.map((name) => `create ${name}`) } },
      { act: "drift of each kind", change: drift },
      {
        run: "preview",
        options: { refresh: true },
        expect: { operations: [...READ, ...REPAIRED], recorded: NAMES, writes: [] },
      },
      {
        run: "up",
        options: { refresh: true },
        expect: { operations: [...READ, ...REPAIRED], diffs: FOUND_PATHS, recorded: NAMES },
      },
      {
        run: "destroy",
        options: { refresh: true },
        expect: { operations: [...READ, ...NAMES.map((name) => `delete ${name}`)] },
      },
    ],
  },
];
