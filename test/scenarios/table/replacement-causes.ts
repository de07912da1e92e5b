/** In which order each kind of replacement calls the hooks; most of them never ask `diff`. */
import {
  BY_DIFF,
  CREATED_FIRST,
  DELETED_FIRST,
  FIRST,
  type Moment,
  NO_SERVICE,
  ON_ORDER,
  type Order,
  UNASKED,
} from "../hook-order";
import { plain, type Program, type TaskDeclaration, type TaskOptions } from "../program";
import type { Scenario, ScenarioStep } from "../scenario";
import { replaced } from "./lifecycle";

/** A declaration that is replaced from one moment to the next, and what is asked before anything happens. */
interface Cause {
  readonly args?: (moment: Moment) => TaskDeclaration["args"];
  readonly options?: (moment: Moment) => TaskOptions;
  readonly asked: readonly string[];
  /** The steps, where they do not follow from the option `deleteBeforeReplace` alone. */
  readonly done?: Readonly<Record<"without" | "with", readonly string[]>>;
}

/** Deleted because of another one, before its own turn comes. */
const CARRIED_OFF = ["check({})"];

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
  // The old one goes with its owner, unasked.
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

const TAINT: ScenarioStep = {
  act: "state taint",
  change: async ({ taint }) => {
    await taint("tainted");
    await taint("tainted-first");
  },
};

export const REPLACEMENT_CAUSES: readonly Scenario[] = [
  {
    title: "hook calls by cause of a replacement, with and without deleteBeforeReplace",
    notOnPlugin: NO_SERVICE,
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
];
