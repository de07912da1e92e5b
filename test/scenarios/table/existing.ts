/** Tasks that exist already: adopted, only read, or brought in by an import file. */
import assert from "node:assert/strict";
import type { Emulator } from "../../../testkit/emulator";
import type { ResourceV3 } from "../../../tools/engine";
import { makeByHand } from "../by-hand";
import { each, KINDS, oneOfEach } from "../kinds";
import { iefArgs, type Program } from "../program";
import type { Look, Scenario, ScenarioStep } from "../scenario";

const NAMES = KINDS.map(({ name }) => name);

/** The ids of what was made by hand, by the names of the kinds. */
const made = new WeakMap<Emulator, Map<string, string>>();
const idOf = ({ emulator }: Look, name: string): string => made.get(emulator)!.get(name)!;

const MADE_BY_HAND: ScenarioStep = {
  act: "somebody makes an object of each class, and one more",
  change: async ({ emulator }) => {
    const ids = new Map<string, string>();
    for (const { name, type } of KINDS) {
      ids.set(name, await makeByHand(emulator, type, { name: `manual-${name}`, description: "by hand" }));
    }
    ids.set("watched", await makeByHand(emulator, "ServiceTask", { name: "watched", config: { level: 1 } }));
    made.set(emulator, ids);
  },
};

const adopting =
  (description: string) =>
  (look: Look): Program => ({
    ...oneOfEach(({ name }) => ({ description, adopt: idOf(look, name) })),
    lookups: { seen: { id: idOf(look, "watched") }, glimpsed: { id: idOf(look, "watched") } },
  });
const adopted = (look: Look): Program => ({ ...adopting("by hand")(look), ...KEPT });
const KEPT = oneOfEach(() => ({ description: "by hand" }));
const seenAlone = (look: Look): Program => ({ ...KEPT, lookups: { seen: { id: idOf(look, "watched") } } });

const READS = ["read seen", "read glimpsed"];
const OWNED = [...NAMES, "seen", "glimpsed"];

const underTheirNames = (look: Look): void => {
  for (const name of NAMES) {
    const { id, outputs } = look.resource(name);
    assert.deepEqual([id, outputs?.["name"]], [idOf(look, name), `manual-${name}`]);
  }
  const { external, outputs } = look.resource("seen");
  assert.deepEqual([external, outputs?.["name"], outputs?.["config"]], [true, "watched", { level: 1 }]);
};

/** The records of a stack, for the import file of the next one. */
const recorded = new WeakMap<Emulator, readonly ResourceV3[]>();
const IMPORTED = oneOfEach(() => ({}), { retainOnDelete: true });

export const EXISTING: readonly Scenario[] = [
  {
    title: "adopt of each class, and get, which never manages",
    steps: [
      MADE_BY_HAND,
      {
        run: "preview",
        program: adopting("by hand"),
        expect: { operations: [...each("create"), ...READS], writes: [] },
      },
      {
        run: "up",
        expect: {
          operations: [...each("create"), ...READS],
          writes: [],
          recorded: OWNED,
          state: underTheirNames,
        },
      },
      { run: "up", expect: { operations: [...each("same"), ...READS], writes: [] } },
      {
        run: "preview",
        program: (look) => ({
          tasks: { task: { args: iefArgs({ description: "changed", adopt: idOf(look, "task") }) } },
        }),
        expect: { operations: [], error: /remove `adopt` first/, writes: [] },
      },
      {
        run: "up",
        program: adopted,
        expect: {
          operations: [...each("update"), ...READS],
          diffs: Object.fromEntries(NAMES.map((name) => [name, ["adopt"]])),
          writes: [],
          state: underTheirNames,
        },
      },
      { run: "refresh", options: { target: NAMES }, expect: { operations: each("refresh-same") } },
      {
        run: "up",
        program: seenAlone,
        expect: {
          operations: [...each("same"), "read seen", "discard glimpsed"],
          recorded: [...NAMES, "seen"],
          writes: [],
        },
      },
      {
        run: "preview",
        program: (look) => ({
          tasks: { task: { args: iefArgs(), options: { import: idOf(look, "task") } } },
        }),
        notOnPlugin: "with it the option works (test/plugin/cli)",
        expect: { operations: [], error: /IMPORT_UNSUPPORTED/ },
      },
      {
        run: "destroy",
        expect: {
          operations: [...each("delete"), "discard seen"],
          recorded: [],
          state: ({ emulator }) => {
            assert.deepEqual(
              [...emulator.tasks(), ...emulator.batches()].map(({ name }) => name),
              ["watched"],
            );
          },
        },
      },
    ],
  },
  {
    title: "import file of each class",
    steps: [
      { run: "up", program: IMPORTED, expect: { operations: each("create") } },
      {
        act: "what is recorded goes into an import file",
        change: ({ emulator, resource }) => {
          recorded.set(emulator, NAMES.map(resource));
        },
      },
      { run: "up", program: {}, expect: { operations: each("delete"), calls: [], recorded: [], writes: [] } },
      {
        run: "import",
        imports: ({ emulator }) =>
          recorded.get(emulator)!.map(({ urn, type, id = "", inputs = {}, outputs = {} }) => {
            return { type, name: urn.split("::").at(-1)!, id, inputs, outputs };
          }),
        expect: { operations: [], recorded: NAMES, writes: [] },
      },
      { run: "up", program: IMPORTED, expect: { operations: each("same"), writes: [] } },
      { run: "refresh", expect: { operations: each("refresh-same") } },
    ],
  },
];
