/** The options of the engine, which no hook hears of. */
import { edgeArgs, type Program, type TaskOptions } from "../program";
import type { JsonObject } from "../../../testkit/emulator";
import type { Scenario } from "../scenario";
import { replaced } from "./lifecycle";

const one = (name: string, options: TaskOptions, args: JsonObject = {}): Program => ({
  tasks: { [name]: { args: edgeArgs(args), options } },
});

const owned = (options: TaskOptions): Program => ({
  tasks: { owner: { args: edgeArgs() }, follower: { args: edgeArgs(), options } },
});

const tolerant: TaskOptions = { ignoreChanges: ["output.dis.streamName"] };
const strict: TaskOptions = { replaceOnChanges: ["timeouts"] };
const OTHER_STREAM: JsonObject = { output: { dis: { streamName: "other" } } };

export const OPTIONS: readonly Scenario[] = [
  {
    title: "protect",
    steps: [
      { run: "up", program: one("guarded", { protect: true }), expect: { operations: ["create guarded"] } },
      {
        run: "up",
        program: one("guarded", { protect: true }, { description: "new" }),
        expect: { operations: [], error: /protect/i, recorded: ["guarded"], writes: [] },
      },
      {
        run: "destroy",
        expect: { operations: ["delete guarded!"], error: /protect/i, recorded: ["guarded"], writes: [] },
      },
      { run: "up", program: one("guarded", {}), expect: { operations: ["same guarded"] } },
      { run: "destroy", expect: { operations: ["delete guarded"], recorded: [] } },
    ],
  },
  {
    title: "ignoreChanges, for the program and for the service",
    steps: [
      { run: "up", program: one("tolerant", tolerant), expect: { operations: ["create tolerant"] } },
      {
        act: "somebody changes what is ignored",
        change: ({ emulator, ids }) =>
          emulator.editTask(ids("tolerant")[0]!, { output: { dis: { stream_name: "theirs" } } }),
      },
      {
        run: "up",
        program: one("tolerant", tolerant, OTHER_STREAM),
        options: { refresh: true },
        expect: { operations: ["refresh tolerant", "same tolerant"], writes: [] },
      },
    ],
  },
  {
    title: "replaceOnChanges",
    steps: [
      { run: "up", program: one("strict", strict), expect: { operations: ["create strict"] } },
      {
        run: "up",
        program: one("strict", strict, { timeouts: { delete: "20m" } }),
        expect: { operations: replaced("strict"), diffs: { strict: ["timeouts"] } },
      },
    ],
  },
  {
    title: "retainOnDelete",
    steps: [
      {
        run: "up",
        program: one("retained", { retainOnDelete: true }),
        expect: { operations: ["create retained"] },
      },
      {
        run: "up",
        program: {},
        expect: { operations: ["delete retained"], calls: [], recorded: [], writes: [] },
      },
    ],
  },
  {
    title: "deletedWith",
    steps: [
      {
        run: "up",
        program: owned({ deletedWith: "owner" }),
        expect: { operations: ["create owner", "create follower"] },
      },
      {
        run: "destroy",
        expect: {
          operations: ["delete follower", "delete owner"],
          calls: ["delete owner"],
          recorded: [],
          writes: ["deleteServiceTask"],
        },
      },
    ],
  },
  {
    title: "aliases",
    steps: [
      { run: "up", program: one("before", {}), expect: { operations: ["create before"] } },
      {
        run: "up",
        program: one("after", { aliases: [{ name: "before" }] }),
        expect: { operations: ["same after"], recorded: ["after"], writes: [] },
      },
      { run: "refresh", expect: { operations: ["refresh-same after"] } },
    ],
  },
  {
    title: "an explicit provider beside the default one",
    steps: [
      {
        run: "up",
        program: {
          providers: { patient: { waitFor: "running" } },
          tasks: { own: { args: edgeArgs() }, other: { args: edgeArgs(), options: { provider: "patient" } } },
        },
        expect: { operations: ["create own", "create other"] },
      },
      {
        run: "up",
        program: {
          providers: { patient: { waitFor: "running", maxRetries: 3 } },
          tasks: { own: { args: edgeArgs() }, other: { args: edgeArgs(), options: { provider: "patient" } } },
        },
        expect: { operations: ["same own", "same other"], writes: [] },
      },
      { run: "refresh", expect: { operations: ["refresh-same own", "refresh-same other"] } },
      { run: "destroy", expect: { operations: ["delete own", "delete other"], recorded: [] } },
    ],
  },
];
