/** In which order replacements call the hooks that were interrupted, or that others depend on. */
import { BY_DIFF, CREATED_FIRST, FIRST, type Moment, NO_SERVICE, type Order } from "../hook-order";
import { outputOf, plain, type Program, type TaskOptions } from "../program";
import type { Scenario, ScenarioStep } from "../scenario";
import { replaced } from "./lifecycle";

/** Without a step that deletes what is gone already. */
const withoutDelete = (name: string): string[] =>
  replaced(name).filter((step) => !step.startsWith("delete-replaced"));

/** One that was deleted first, and whose creation fails or does not. */
const pending = (kind: string, failsToCreate: boolean, options: TaskOptions = FIRST): Program => ({
  tasks: { lost: plain({ kind, ...(failsToCreate ? { failsToCreate } : {}) }, options) },
});
const FAILS = /the creation fails/;
const lost = (kind: string): ScenarioStep => ({
  run: "up",
  program: pending(kind, true),
  expect: {
    operations: ["delete-replaced lost", "replace lost", "create-replacement lost!"],
    error: FAILS,
    order: { lost: [...BY_DIFF, "delete", "create"] },
    recorded: ["lost"],
  },
});

const depending = (kind: Moment): Program => ({
  providers: { kept: {}, gone: {} },
  providerOptions: { gone: FIRST },
  tasks: {
    owner: plain({ kind }, FIRST),
    replacing: plain({ kind: outputOf("owner", "serial") }),
    "replacing-first": plain({ kind: outputOf("owner", "serial") }, FIRST),
    updating: plain({ note: outputOf("owner", "serial") }),
    waiting: plain({}, { dependsOn: ["owner"] }),
    "of-kept": plain({}, { provider: "kept" }),
    "of-gone": plain({}, { provider: "gone" }),
  },
});
const DEPENDING = Object.keys(depending("one").tasks ?? {});
const DEPENDING_STEPS = [
  ...["owner", "replacing", "replacing-first", "of-gone"].flatMap(replaced),
  "update updating",
  "same waiting",
  "same of-kept",
];
const dependingOrder = (isPreview: boolean): Order => {
  const deleted = isPreview ? [] : ["delete"];
  const created = isPreview ? [] : ["create"];
  const again = ["diff(unknown)", ...deleted, "check({})", ...created];
  return {
    owner: [...BY_DIFF, ...deleted, ...created],
    replacing: again,
    "replacing-first": again,
    updating: ["diff(unknown)", "check(olds)", ...(isPreview ? ["diff(unknown)"] : ["diff", "update"])],
    waiting: ["check(olds)", "diff"],
    "of-kept": ["check(olds)", "diff"],
    "of-gone": [...deleted, "check({})", ...created],
  };
};

/** The neighbour waits, so that the replacement is made before it fails. */
const neighbours = (kind: Moment, failsToCreate: boolean): Program => ({
  tasks: {
    moved: plain({ kind }),
    ...(kind === "one"
      ? {}
      : { neighbour: plain({ ...(failsToCreate ? { failsToCreate } : {}) }, { dependsOn: ["moved"] }) }),
  },
});

export const REPLACEMENTS: readonly Scenario[] = [
  {
    title: "hook calls of an entry pending replacement",
    notOnPlugin: NO_SERVICE,
    steps: [
      { run: "up", program: pending("one", false), expect: { operations: ["create lost"] } },
      lost("two"),
      {
        run: "up",
        expect: {
          operations: ["replace lost", "create-replacement lost!"],
          error: FAILS,
          order: { lost: [...BY_DIFF, "create"] },
        },
      },
      // There is nothing to read.
      { run: "refresh", expect: { operations: ["refresh-same lost"], order: { lost: [] } } },
      // Also where the program has gone back to what is recorded.
      {
        run: "up",
        program: pending("one", false),
        expect: { operations: withoutDelete("lost"), order: { lost: [...BY_DIFF, "create"] } },
      },
      lost("two"),
      // What is gone is deleted again where the program no longer deletes first.
      {
        run: "up",
        program: pending("two", false, {}),
        expect: { operations: replaced("lost"), order: { lost: [...BY_DIFF, ...CREATED_FIRST] } },
      },
    ],
  },
  {
    title: "hook calls of what depends on a resource, or a provider, that is deleted first",
    notOnPlugin: NO_SERVICE,
    steps: [
      {
        run: "up",
        program: depending("one"),
        expect: { operations: DEPENDING.map((name) => `create ${name}`) },
      },
      {
        run: "preview",
        program: depending("two"),
        options: { replace: ["kept", "gone"] },
        expect: { operations: DEPENDING_STEPS, order: dependingOrder(true) },
      },
      {
        run: "up",
        options: { replace: ["kept", "gone"] },
        expect: { operations: DEPENDING_STEPS, order: dependingOrder(false) },
      },
    ],
  },
  {
    title: "hook calls of a replaced resource whose deletion a failing neighbour prevents",
    notOnPlugin: NO_SERVICE,
    steps: [
      { run: "up", program: neighbours("one", false), expect: { operations: ["create moved"] } },
      {
        run: "up",
        program: neighbours("two", true),
        expect: {
          operations: ["create-replacement moved", "replace moved", "create neighbour!"],
          error: FAILS,
          order: { moved: [...BY_DIFF, "create"] },
          recorded: ["moved", "moved"],
        },
      },
      {
        run: "up",
        program: neighbours("two", false),
        expect: {
          operations: ["same moved", "create neighbour", "delete-replaced moved"],
          order: { moved: ["check(olds)", "diff", "delete"] },
          recorded: ["moved", "neighbour"],
        },
      },
    ],
  },
];
