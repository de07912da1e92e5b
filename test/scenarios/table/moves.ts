/** A task is moved to another resource: neither lost nor deleted, and never the task of two. */
import type { JsonObject } from "../../../testkit/emulator";
import { DELETED, settled } from "../ownership";
import { EDGE, edgeArgs, plain, type Program } from "../program";
import type { Look, Scenario, ScenarioStep } from "../scenario";

const DOOR = edgeArgs({ name: "door" });
const adopting = (look: Look, from: string): JsonObject => ({
  ...DOOR,
  adopt: `${EDGE}/${look.ids(from)[0]!}`,
});

const MADE: ScenarioStep = {
  run: "up",
  program: { tasks: { a: { args: DOOR } } },
  expect: { operations: ["create a"], recorded: ["a"] },
};

/** The adoption succeeds, and a neighbour that fails keeps the run from its deletes. */
const ADOPTED_ALONE: ScenarioStep = {
  run: "up",
  program: (look) => ({
    tasks: {
      b: { args: adopting(look, "a") },
      neighbour: plain({ failsToCreate: true }, { dependsOn: ["b"] }),
    },
  }),
  expect: { operations: ["create b", "create neighbour!"], error: /fails/, recorded: ["a", "b"], writes: [] },
};

const withoutNeighbour = (look: Look): Program => ({ tasks: { b: { args: adopting(look, "b") } } });

export const MOVES: readonly Scenario[] = [
  {
    title: "a task is moved to another resource, and the run does not reach its deletes",
    steps: [
      MADE,
      ADOPTED_ALONE,
      {
        run: "up",
        program: withoutNeighbour,
        expect: { operations: ["same b", "delete a"], recorded: ["b"], writes: [], state: settled },
      },
      { run: "refresh", expect: { operations: ["refresh-same b"] } },
      {
        run: "up",
        program: {},
        expect: { operations: ["delete b"], recorded: [], writes: DELETED, state: settled },
      },
    ],
  },
  {
    title: "a task is moved to a resource of another provider, in one run",
    steps: [
      MADE,
      {
        run: "up",
        program: (look) => ({
          providers: { other: { waitFor: "running" } },
          tasks: { b: { args: adopting(look, "a"), options: { provider: "other" } } },
        }),
        expect: { operations: ["create b", "delete a"], recorded: ["b"], writes: [], state: settled },
      },
    ],
  },
  {
    title: "destroy --target of the old one alone: no hook sees the new one",
    steps: [
      MADE,
      ADOPTED_ALONE,
      {
        run: "destroy",
        options: { target: ["a"] },
        expect: { operations: ["delete a", "same b"], recorded: ["b"], writes: DELETED },
      },
    ],
  },
  {
    title: "two resources adopt one task, or one that another one has",
    steps: [
      MADE,
      {
        run: "preview",
        program: (look) => ({
          tasks: { a: { args: DOOR }, b: { args: adopting(look, "a"), options: { dependsOn: ["a"] } } },
        }),
        expect: { operations: ["same a"], error: /ALREADY_OWNED.*"a"/, writes: [] },
      },
      {
        run: "preview",
        program: (look) => ({
          tasks: { b: { args: adopting(look, "a") }, a: { args: DOOR, options: { dependsOn: ["b"] } } },
        }),
        expect: { operations: ["create b"], error: /ALREADY_OWNED.*"b"/, writes: [] },
      },
      {
        run: "up",
        program: (look) => ({
          tasks: {
            b: { args: adopting(look, "a") },
            c: { args: adopting(look, "a"), options: { dependsOn: ["b"] } },
          },
        }),
        expect: { operations: ["create b"], error: /ALREADY_OWNED.*"b"/, recorded: ["a", "b"], writes: [] },
      },
      {
        run: "up",
        program: withoutNeighbour,
        expect: { operations: ["same b", "delete a"], recorded: ["b"], writes: [], state: settled },
      },
    ],
  },
];
