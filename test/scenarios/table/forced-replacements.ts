/** A replacement without a change: refused while the task has its name, done where the engine deletes first. */
import type { JsonObject } from "../../../testkit/emulator";
import { CREATED, DELETED, settled } from "../ownership";
import { iefArgs, plain, type Program, type TaskOptions } from "../program";
import type { Expectation, Scenario, ScenarioStep } from "../scenario";
import { replaced } from "./lifecycle";

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

export const FORCED_REPLACEMENTS: readonly Scenario[] = [
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
