/** The life of resources in which nothing goes wrong. */
import { each, KINDS, oneOfEach } from "../kinds";
import { edgeArgs, iefArgs, outputOf, type Program, tasksOf } from "../program";
import type { Scenario } from "../scenario";

const NAMES = KINDS.map(({ name }) => name).sort();
const operations = (verb: "create" | "delete"): string[] => KINDS.map((kind) => kind.operations[verb]);

/** The steps of a replacement that creates first, or deletes first: both have the same. */
export const replaced = (name: string): string[] => [
  `create-replacement ${name}`,
  `replace ${name}`,
  `delete-replaced ${name}`,
];

const inPlace = (moment: "one" | "two"): Program =>
  oneOfEach(({ name }) =>
    name === "task"
      ? { desiredState: moment === "one" ? "running" : "stopped" }
      : { description: `version ${moment}` },
  );

const chain = (description: string): Program =>
  tasksOf({
    first: edgeArgs({ description }),
    second: iefArgs({ description: outputOf("first", "taskId") }),
  });

export const LIFECYCLE: readonly Scenario[] = [
  {
    title: "first up, no-op up, destroy",
    steps: [
      {
        run: "up",
        program: oneOfEach(() => ({})),
        expect: {
          operations: each("create"),
          calls: NAMES.flatMap((name) => [`check ${name}`, `create ${name}`]),
          recorded: NAMES,
          writes: operations("create"),
        },
      },
      {
        run: "up",
        expect: {
          operations: each("same"),
          calls: NAMES.flatMap((name) => [`check ${name}`, `diff ${name}`]),
          writes: [],
        },
      },
      { run: "destroy", expect: { operations: each("delete"), recorded: [], writes: operations("delete") } },
    ],
  },
  {
    title: "update in place of each resource",
    steps: [
      { run: "up", program: inPlace("one"), expect: { operations: each("create") } },
      {
        run: "up",
        program: inPlace("two"),
        expect: {
          operations: each("update"),
          diffs: { task: ["desiredState"], batch: ["description"], job: ["description"] },
          writes: ["stopServiceTask", "updateBatchTask", "updateTask"],
        },
      },
    ],
  },
  {
    title: "replacement: deletes first, or creates first under a new name",
    steps: [
      {
        run: "up",
        program: tasksOf({
          changed: edgeArgs({ description: "one" }),
          renamed: edgeArgs({ name: "old-name" }),
          kept: edgeArgs(),
        }),
        expect: { operations: ["create changed", "create renamed", "create kept"] },
      },
      {
        run: "up",
        program: tasksOf({
          changed: edgeArgs({ description: "two" }),
          renamed: edgeArgs({ name: "new-name" }),
          kept: edgeArgs(),
        }),
        expect: {
          operations: [...replaced("changed"), ...replaced("renamed"), "same kept"],
          calls: [
            ...["check changed", "diff changed", "check changed", "delete changed", "create changed"],
            ...["check renamed", "diff new-name", "check renamed", "create new-name", "delete old-name"],
            ...["check kept", "diff kept"],
          ],
          diffs: { changed: ["description"], renamed: ["name"] },
        },
      },
    ],
  },
  {
    title: "dependency between tasks, with unknown values in previews",
    steps: [
      { run: "preview", program: chain("one"), expect: { operations: ["create first", "create second"] } },
      {
        run: "up",
        expect: {
          operations: ["create first", "create second"],
          state: ({ resource, ids }) => {
            if (resource("second").outputs?.["description"] !== ids("first")[0]) {
              throw new Error("the second task is described by the id of the first");
            }
          },
        },
      },
      {
        run: "preview",
        program: chain("two"),
        expect: {
          operations: [...replaced("first"), ...replaced("second")],
          diffs: { first: ["description"] },
          writes: [],
        },
      },
      { run: "up", expect: { operations: [...replaced("first"), ...replaced("second")] } },
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
            beside: { args: edgeArgs(), options: { parent: "harbour" } },
          },
        },
        expect: { operations: ["create inside", "create beside"] },
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
  {
    title: "destroy after the program was removed",
    steps: [
      { run: "up", program: oneOfEach(() => ({})), expect: { operations: each("create") } },
      { removeProgram: true },
      { run: "refresh", expect: { operations: each("refresh-same") } },
      { run: "destroy", expect: { operations: each("delete"), recorded: [], writes: operations("delete") } },
    ],
  },
];
