/** A task that no state has any more: resumed or adopted, and never taken over by its name alone. */
import type { JsonObject } from "../../../testkit/emulator";
import { again, CREATED, DELETED, settled } from "../ownership";
import { EDGE, edgeArgs, iefArgs, type Program } from "../program";
import type { Scenario, ScenarioStep } from "../scenario";

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
const declaredAgain = (args: JsonObject): Program => ({
  tasks: { moved: { args: iefArgs() }, cam: { args, options: { dependsOn: ["moved"] } } },
});

export const ORPHANS: readonly Scenario[] = [
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
