/** Who owns a task: what is moved, left behind or replaced is neither taken over nor lost. */
import { DEFAULT_IEF_SERVICE, type JsonObject, type ServiceDeclaration } from "../../../testkit/emulator";
import {
  EDGE,
  edgeArgs,
  IEF,
  iefArgs,
  jobArgs,
  outputOf,
  plain,
  type Program,
  type TaskOptions,
} from "../program";
import type { Expectation, Look, Scenario, ScenarioStep } from "../scenario";
import { replaced } from "./lifecycle";

const DOOR = edgeArgs({ name: "door" });
const adopting = (look: Look, from: string): JsonObject => ({
  ...DOOR,
  adopt: `${EDGE}/${look.ids(from)[0]!}`,
});

const SECOND: ServiceDeclaration = { ...DEFAULT_IEF_SERVICE, id: "2a2db77f-0000-4000-8000-0000000000ff" };

const CREATED = ["createServiceTask"];
const DELETED = ["deleteServiceTask"];

/** The service has exactly the tasks that the state has. */
const settled = ({ emulator, exported }: Look): void => {
  const live = emulator.tasks().map(({ id }) => id);
  const recorded = (exported.deployment.resources ?? []).flatMap(
    ({ outputs }) => (outputs?.["taskIds"] ?? []) as string[],
  );
  if (JSON.stringify(live.sort()) !== JSON.stringify([...new Set(recorded)].sort())) {
    throw new Error(`the service has ${live.join()}, the state ${recorded.join()}`);
  }
};

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

const MOVES: readonly Scenario[] = [
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

const RESUME: ScenarioStep = { variable: "VIDEO_ANALYSIS_RESUME", value: "1" };
const NO_RESUME: ScenarioStep = { variable: "VIDEO_ANALYSIS_RESUME", value: undefined };

/** A task that the state no longer has, as after a stack was renamed and made again, or a state was moved. */
const forgotten = (args: JsonObject): readonly ScenarioStep[] => [
  {
    run: "up",
    program: { tasks: { cam: { args, options: { retainOnDelete: true } } } },
    expect: { operations: ["create cam"] },
  },
  { run: "up", program: {}, expect: { operations: ["delete cam"], recorded: [], writes: [] } },
];
const again = (args: JsonObject): Program => ({ tasks: { cam: { args } } });

const declaredAgain = (args: JsonObject): Program => ({
  tasks: { moved: { args: iefArgs() }, cam: { args, options: { dependsOn: ["moved"] } } },
});

const ORPHANS: readonly Scenario[] = [
  {
    title: "a default name is no proof: a forgotten task is resumed on request only",
    steps: [
      ...forgotten(iefArgs()),
      {
        run: "up",
        program: again(iefArgs()),
        expect: {
          operations: ["create cam!"],
          error: /NAME_TAKEN.*VIDEO_ANALYSIS_RESUME=1.*adopt: /,
          recorded: [],
          writes: [],
        },
      },
      RESUME,
      {
        run: "up",
        program: again(iefArgs({ description: "another" })),
        expect: {
          operations: ["create cam!"],
          error: /NAME_TAKEN.*cannot be resumed/,
          recorded: [],
          writes: [],
        },
      },
      {
        run: "up",
        program: again(iefArgs()),
        expect: { operations: ["create cam"], recorded: ["cam"], writes: [], state: settled },
      },
      NO_RESUME,
      { run: "up", expect: { operations: ["same cam"], writes: [] } },
      { run: "refresh", expect: { operations: ["refresh-same cam"] } },
      {
        run: "destroy",
        expect: { operations: ["delete cam"], recorded: [], writes: DELETED, state: settled },
      },
    ],
  },
  {
    title: "what no read shows is not resumed, and adopted on trust",
    provedBy: "contract/names, unit/hooks-names",
    steps: [
      ...forgotten(edgeArgs()),
      RESUME,
      {
        run: "up",
        program: again(edgeArgs()),
        expect: {
          operations: ["create cam!"],
          error: /NAME_TAKEN.*no read shows `sourceUsageEstimate`/,
          writes: [],
        },
      },
      NO_RESUME,
      {
        run: "up",
        program: ({ emulator }) => again(edgeArgs({ adopt: `${EDGE}/${emulator.tasks()[0]!.id}` })),
        expect: { operations: ["create cam"], recorded: ["cam"], writes: [], state: settled },
      },
    ],
  },
  {
    title: "a logical name that an alias took away is declared again",
    steps: [
      { run: "up", program: again(iefArgs()), expect: { operations: ["create cam"] } },
      {
        run: "up",
        program: { tasks: { moved: { args: iefArgs(), options: { aliases: [{ name: "cam" }] } } } },
        expect: { operations: ["same moved"], recorded: ["moved"] },
      },
      ...[undefined, "1"].flatMap((value): readonly ScenarioStep[] => [
        { variable: "VIDEO_ANALYSIS_RESUME", value },
        {
          run: "up",
          program: declaredAgain(iefArgs()),
          expect: {
            operations: ["same moved", "create cam!"],
            error: value === undefined ? /NAME_TAKEN.*"moved"/ : /ALREADY_OWNED.*"moved"/,
            recorded: ["moved"],
            writes: [],
          },
        },
      ]),
      {
        run: "up",
        program: declaredAgain(iefArgs({ name: "another" })),
        expect: { operations: ["same moved", "create cam"], writes: CREATED, state: settled },
      },
    ],
  },
];

const FIRST: TaskOptions = { deleteBeforeReplace: true };
const GIVEN = iefArgs({ name: "given" });
const one = (args: JsonObject, options: TaskOptions = {}): Program => ({ tasks: { cam: { args, options } } });
/** Neither resumed nor replaced in name only. */
const REFUSED: Expectation = {
  operations: ["create-replacement cam!"],
  error: /NAME_TAKEN.*deleteBeforeReplace: true.*triggers/,
  recorded: ["cam"],
  writes: [],
  state: settled,
};
const REPLACED: Expectation = {
  operations: replaced("cam"),
  recorded: ["cam"],
  writes: [...CREATED, ...DELETED],
  state: settled,
};
const UNCHANGED: ScenarioStep = { run: "up", expect: { operations: ["same cam"], writes: [] } };

const TAINTED: ScenarioStep = { act: "state taint", change: ({ taint }) => taint("cam") };

const ALONE: readonly Scenario[] = [
  {
    title:
      "--replace and --target-replace: refused while the task has its name, done where the engine deletes first",
    steps: [
      { run: "up", program: one(GIVEN), expect: { operations: ["create cam"] } },
      { run: "up", options: { replace: ["cam"] }, expect: REFUSED },
      { run: "up", options: { targetReplace: ["cam"] }, expect: REFUSED },
      UNCHANGED,
      { run: "up", program: one(GIVEN, FIRST), options: { targetReplace: ["cam"] }, expect: REPLACED },
      UNCHANGED,
    ],
  },
  {
    title: "state taint: refused while the task has its name, done where the engine deletes first",
    provedBy: "unit/hooks-replaced",
    steps: [
      { run: "up", program: one(iefArgs()), expect: { operations: ["create cam"] } },
      TAINTED,
      { run: "up", expect: REFUSED },
      { run: "up", program: one(iefArgs(), FIRST), expect: REPLACED },
      UNCHANGED,
    ],
  },
  {
    title: "replacementTrigger: refused while the task has its name, done where the engine deletes first",
    provedBy: "unit/hooks-replaced",
    steps: [
      {
        run: "up",
        program: one(iefArgs(), { replacementTrigger: 1 }),
        expect: { operations: ["create cam"] },
      },
      // The engine has asked with what is recorded, so it is known whose the task is.
      {
        run: "up",
        program: one(iefArgs(), { replacementTrigger: 2 }),
        expect: { ...REFUSED, error: /NAME_TAKEN.*the resource's own.*deleteBeforeReplace: true.*triggers/ },
      },
      { run: "up", program: one(iefArgs(), { replacementTrigger: 2, ...FIRST }), expect: REPLACED },
    ],
  },
  {
    title: "replaceWith, and triggers, which need no option",
    provedBy: "unit/hooks-replaced",
    steps: [
      {
        run: "up",
        program: {
          tasks: {
            root: plain({ kind: "one" }),
            cam: { args: iefArgs(), options: { replaceWith: ["root"] } },
          },
        },
        expect: { operations: ["create root", "create cam"] },
      },
      {
        run: "up",
        program: {
          tasks: {
            root: plain({ kind: "two" }),
            cam: { args: iefArgs(), options: { replaceWith: ["root"] } },
          },
        },
        expect: {
          operations: ["create-replacement root", "replace root", "create-replacement cam!"],
          error: /NAME_TAKEN.*its? .*own.*deleteBeforeReplace: true/,
          writes: [],
        },
      },
      {
        run: "up",
        // The root stays: an engine deletes it and what is left of the old one side by side, in either order.
        program: { tasks: { root: plain({ kind: "two" }), cam: { args: iefArgs({ triggers: [1] }) } } },
        expect: {
          operations: [...replaced("cam"), "delete-replaced root", "same root"],
          recorded: ["cam", "root"],
          writes: [...CREATED, ...DELETED],
          state: settled,
        },
      },
    ],
  },
];

const retained = (description: string): Program => ({
  tasks: { cam: { args: iefArgs({ name: "kept", description }), options: { retainOnDelete: true } } },
});

const CHANGES: readonly Scenario[] = [
  {
    title: "retainOnDelete with a replacing change of a given name, which is taken back",
    provedBy: "unit/hooks-replaced",
    steps: [
      { run: "up", program: retained("one"), expect: { operations: ["create cam"] } },
      {
        run: "up",
        program: retained("two"),
        expect: {
          operations: ["delete-replaced cam", "replace cam", "create-replacement cam!"],
          error: /NAME_TAKEN.*retainOnDelete/,
          writes: [],
        },
      },
      {
        run: "up",
        program: retained("one"),
        expect: {
          operations: ["replace cam", "create-replacement cam"],
          recorded: ["cam"],
          writes: [],
          state: settled,
        },
      },
      { run: "up", expect: { operations: ["same cam"], writes: [] } },
      { run: "refresh", expect: { operations: ["refresh-same cam"] } },
    ],
  },
  {
    title: "a wrong serviceId creates first, and leaves the running task",
    steps: [
      { run: "up", program: again(iefArgs()), expect: { operations: ["create cam"] } },
      {
        run: "up",
        program: again(iefArgs({ serviceId: "2a2db77f-0000-4000-8000-00000000beef" })),
        expect: {
          operations: ["create-replacement cam!"],
          error: /SERVICE_NOT_FOUND.*still there.*deleteBeforeReplace: true/s,
          recorded: ["cam"],
          writes: [],
          state: settled,
        },
      },
      { run: "up", program: again(iefArgs()), expect: { operations: ["same cam"], writes: [] } },
    ],
  },
  {
    title: "a move to another service has no gap",
    emulator: { services: [DEFAULT_IEF_SERVICE, SECOND] },
    steps: [
      { run: "up", program: again(iefArgs()), expect: { operations: ["create cam"] } },
      {
        run: "up",
        program: again(iefArgs({ serviceId: SECOND.id })),
        expect: {
          operations: replaced("cam"),
          order: { cam: ["check(olds)", "diff", "check({})", "create", "delete"] },
          writes: [...CREATED, ...DELETED],
          state: settled,
        },
      },
    ],
  },
  {
    title: "a create that fails after the deletion names what was deleted",
    provedBy: "unit/hooks-replaced",
    steps: [
      { run: "up", program: again(iefArgs()), expect: { operations: ["create cam"] } },
      {
        act: "the service refuses the next create",
        change: ({ emulator }) => {
          emulator.inject({ kind: "status", status: 400, match: { operation: "createServiceTask" } });
        },
      },
      {
        run: "up",
        program: again(iefArgs({ triggers: [1] })),
        expect: {
          operations: ["delete-replaced cam", "replace cam", "create-replacement cam!"],
          error: new RegExp(`400.*this run has deleted ${IEF}/`, "s"),
          recorded: ["cam"],
        },
      },
      {
        run: "up",
        expect: { operations: ["replace cam", "create-replacement cam"], writes: CREATED, state: settled },
      },
    ],
  },
  {
    title: "a job is not renamed to the name of its sibling",
    provedBy: "contract/names",
    steps: [
      {
        run: "up",
        program: {
          tasks: {
            left: { type: "VideoAnalysisJob", args: jobArgs({ name: "left" }) },
            right: { type: "VideoAnalysisJob", args: jobArgs({ name: "right" }) },
          },
        },
        expect: { operations: ["create left", "create right"] },
      },
      {
        run: "up",
        program: {
          tasks: {
            left: { type: "VideoAnalysisJob", args: jobArgs({ name: "right" }) },
            right: {
              type: "VideoAnalysisJob",
              args: jobArgs({ name: "right", description: outputOf("left", "name") }),
            },
          },
        },
        expect: { operations: ["update left!"], error: /NAME_TAKEN.*renamed/, writes: [] },
      },
    ],
  },
];

export const OWNERSHIP: readonly Scenario[] = [...MOVES, ...ORPHANS, ...ALONE, ...CHANGES];
