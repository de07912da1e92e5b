/** Tasks that exist already: adopted, or only read. */
import { EDGE, edgeArgs, type Program } from "../program";
import type { Emulator } from "../../../testkit/emulator";
import type { ResourceV3 } from "../../../tools/engine";
import type { Look, Scenario, ScenarioStep } from "../scenario";

const MADE_BY_HAND: ScenarioStep = {
  act: "somebody makes a task by hand",
  change: async ({ emulator }) => {
    const { endpoints, projectId, token } = emulator;
    const answer = await fetch(`${endpoints.modelarts}/v1/${projectId}/services/${EDGE}/tasks`, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-Auth-Token": token },
      body: JSON.stringify({
        name: "by-hand",
        description: "by hand",
        input: { type: "url", data: [{ url: "rtsp://cameras.example.com/north" }] },
        output: { dis: { stream_name: "results" } },
        source_usage_estimate: { cpu: 0.1, memory: 32 },
      }),
    });
    if (!answer.ok) throw new Error(await answer.text());
  },
};

const idOf = ({ emulator }: Look): string => `${EDGE}/${emulator.tasks()[0]!.id}`;
const adopting = (look: Look): Program => ({
  tasks: { cam: { args: edgeArgs({ description: "by hand", adopt: idOf(look) }) } },
});

/** What a stack recorded of a task, for the import file of the next one. */
const recorded = new WeakMap<Emulator, ResourceV3>();
const imported: Program = { tasks: { cam: { args: edgeArgs(), options: { retainOnDelete: true } } } };

export const EXISTING: readonly Scenario[] = [
  {
    title: "adopt",
    steps: [
      MADE_BY_HAND,
      { run: "up", program: adopting, expect: { operations: ["create cam"], writes: [], recorded: ["cam"] } },
      { run: "up", expect: { operations: ["same cam"] } },
      {
        run: "up",
        program: { tasks: { cam: { args: edgeArgs({ description: "by hand" }) } } },
        expect: { operations: ["update cam"], diffs: { cam: ["adopt"] }, writes: [] },
      },
      { run: "refresh", expect: { operations: ["refresh-same cam"] } },
    ],
  },
  {
    title: "import file",
    steps: [
      { run: "up", program: imported, expect: { operations: ["create cam"] } },
      {
        act: "what is recorded goes into an import file",
        change: ({ emulator, resource }) => {
          recorded.set(emulator, resource("cam"));
        },
      },
      { run: "up", program: {}, expect: { operations: ["delete cam"], recorded: [], writes: [] } },
      {
        run: "import",
        imports: ({ emulator }) => {
          const { type, id = "", inputs = {}, outputs = {} } = recorded.get(emulator)!;
          return [{ type, name: "cam", id, inputs, outputs }];
        },
        expect: { operations: [], recorded: ["cam"], writes: [] },
      },
      { run: "up", program: imported, expect: { operations: ["same cam"], writes: [] } },
      { run: "refresh", expect: { operations: ["refresh-same cam"] } },
    ],
  },
  {
    title: "get",
    steps: [
      MADE_BY_HAND,
      {
        run: "preview",
        program: (look) => ({ lookups: { seen: { id: idOf(look) } } }),
        expect: { operations: ["read seen"] },
      },
      { run: "up", expect: { operations: ["read seen"], writes: [], recorded: ["seen"] } },
      { run: "refresh", expect: { operations: ["refresh-same seen"] } },
      { run: "up", expect: { operations: ["read seen"] } },
      { run: "up", program: {}, expect: { operations: ["discard seen"], recorded: [], writes: [] } },
    ],
  },
];
