/** In which order each kind of replacement calls the hooks; most of them never ask `diff`. */
import { outputOf, plain, type Program, type TaskDeclaration, type TaskOptions } from "../program";
import type { Scenario, ScenarioStep } from "../scenario";
import { replaced } from "./lifecycle";

type Moment = "one" | "two";
type Order = Readonly<Record<string, readonly string[]>>;

const FIRST: TaskOptions = { deleteBeforeReplace: true };

/** A declaration that is replaced from one moment to the next, and what is asked before anything happens. */
interface Cause {
  readonly args?: (moment: Moment) => TaskDeclaration["args"];
  readonly options?: (moment: Moment) => TaskOptions;
  readonly asked: readonly string[];
  /** What happens, where it is not by the option `deleteBeforeReplace` alone. */
  readonly done?: Readonly<Record<"without" | "with", readonly string[]>>;
}

const ON_ORDER = ["check({})"];
const UNASKED = ["check(olds)", "check({})"];
const BY_DIFF = ["check(olds)", "diff", "check({})"];
/** Deleted because of another one, before its own turn comes. */
const CARRIED_OFF = ["check({})"];

const CREATED_FIRST = ["create", "delete"];
const DELETED_FIRST = ["delete", "create"];

const CAUSES: Readonly<Record<string, Cause>> = {
  asked: { asked: ON_ORDER },
  tainted: { asked: ON_ORDER },
  triggered: { options: (moment) => ({ replacementTrigger: moment }), asked: UNASKED },
  changed: { args: (kind) => ({ kind }), asked: BY_DIFF },
  deleting: {
    args: (kind) => ({ kind, deletesFirst: true }),
    asked: BY_DIFF,
    done: { without: DELETED_FIRST, with: DELETED_FIRST },
  },
  strict: {
    args: (note) => ({ note }),
    options: () => ({ replaceOnChanges: ["note"] }),
    asked: BY_DIFF,
  },
  beside: { options: () => ({ replaceWith: ["root"] }), asked: UNASKED },
  // The old one goes with its owner, for which nobody is asked.
  owned: {
    options: () => ({ deletedWith: "root" }),
    asked: UNASKED,
    done: { without: ["create"], with: DELETED_FIRST },
  },
};

const rootsOf = (kind: Moment): Program["tasks"] => ({
  root: plain({ kind }),
  "root-first": plain({ kind }, FIRST),
  "beside-root-first": plain({}, { replaceWith: ["root-first"] }),
  "owned-by-root-first": plain({}, { deletedWith: "root-first" }),
});

const allCauses = (moment: Moment): Program => ({
  tasks: {
    ...rootsOf(moment),
    ...Object.fromEntries(
      Object.entries(CAUSES).flatMap(([name, { args, options }]) => [
        [name, plain(args?.(moment), options?.(moment))],
        [`${name}-first`, plain(args?.(moment), { ...options?.(moment), ...FIRST })],
      ]),
    ),
  },
});

const ALL = Object.keys(allCauses("one").tasks ?? {});
const ASKED = ["asked", "asked-first"];

/** The calls of a preview, or of an `up`, which goes on with what is done. */
function orderOf(isPreview: boolean): Order {
  const calls = (asked: readonly string[], done: readonly string[]): readonly string[] =>
    isPreview ? asked : [...asked, ...done];
  const causes = Object.entries(CAUSES).flatMap(([name, { asked, done }]) => [
    [name, calls(asked, done?.without ?? CREATED_FIRST)] as const,
    [`${name}-first`, calls(asked, done?.with ?? DELETED_FIRST)] as const,
  ]);
  return {
    ...Object.fromEntries(causes),
    root: calls(BY_DIFF, CREATED_FIRST),
    "root-first": calls(BY_DIFF, DELETED_FIRST),
    "beside-root-first": isPreview ? CARRIED_OFF : ["delete", ...CARRIED_OFF, "create"],
    "owned-by-root-first": calls(CARRIED_OFF, ["create"]),
  };
}

/** Without a step that deletes what is gone already. */
const withoutDelete = (name: string): string[] =>
  replaced(name).filter((step) => !step.startsWith("delete-replaced"));

const TAINT: ScenarioStep = {
  act: "state taint",
  change: async ({ taint }) => {
    await taint("tainted");
    await taint("tainted-first");
  },
};

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
    title: "hook calls by cause of a replacement, with and without deleteBeforeReplace",
    steps: [
      {
        run: "up",
        program: allCauses("one"),
        expect: {
          operations: ALL.map((name) => `create ${name}`),
          order: Object.fromEntries(ALL.map((name) => [name, ["check({})", "create"]])),
        },
      },
      TAINT,
      {
        run: "preview",
        program: allCauses("two"),
        options: { replace: ASKED },
        expect: { operations: ALL.flatMap(replaced), order: orderOf(true) },
      },
      {
        run: "up",
        options: { replace: ASKED },
        expect: { operations: ALL.flatMap(replaced), order: orderOf(false), recorded: ALL },
      },
      {
        run: "up",
        options: { targetReplace: ASKED },
        expect: {
          operations: [
            ...ASKED.flatMap(replaced),
            ...ALL.filter((name) => !ASKED.includes(name)).map((name) => `same ${name}`),
          ],
          order: {
            ...Object.fromEntries(ALL.map((name) => [name, []])),
            asked: [...ON_ORDER, ...CREATED_FIRST],
            "asked-first": [...ON_ORDER, ...DELETED_FIRST],
          },
        },
      },
    ],
  },
  {
    title: "hook calls of an entry pending replacement",
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
