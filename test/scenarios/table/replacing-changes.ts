/** A change that replaces, or renames, keeps the running task until there is another one. */
import { DEFAULT_IEF_SERVICE, type ServiceDeclaration } from "../../../testkit/emulator";
import { again, CREATED, DELETED, settled } from "../ownership";
import { IEF, iefArgs, jobArgs, outputOf, type Program } from "../program";
import type { Scenario } from "../scenario";
import { replaced } from "./lifecycle";

const SECOND: ServiceDeclaration = { ...DEFAULT_IEF_SERVICE, id: "2a2db77f-0000-4000-8000-0000000000ff" };

const retained = (description: string): Program => ({
  tasks: { cam: { args: iefArgs({ name: "kept", description }), options: { retainOnDelete: true } } },
});

export const REPLACING_CHANGES: readonly Scenario[] = [
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
