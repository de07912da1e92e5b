/** Programs that ask: for lists and for states, and `get` of a resource class. */
import assert from "node:assert/strict";
import type { JsonObject } from "../../../testkit/emulator";
import { makeByHand } from "../by-hand";
import { edgeArgs, IEF, type Program } from "../program";
import type { Look, Scenario, ScenarioStep } from "../scenario";

const CANARY = "canary-of-a-camera";
const TOKEN = "token-of-the-account";
const ID = "a".repeat(32);
const MISSING = `${IEF}/${"0".repeat(32)}`;

const camera = (user: string): JsonObject => ({
  input: { type: "url", data: [{ url: `rtsp://${user}cameras.example.com/1` }] },
});

const MADE_BY_HAND: ScenarioStep = {
  act: "somebody makes tasks in both accounts",
  change: async ({ emulator, second }) => {
    for (const name of ["by-hand-1", "by-hand-2"]) await makeByHand(emulator, "ServiceTask", { name });
    await makeByHand(emulator, "ServiceTask", { name: "secret", ...camera(`user:${CANARY}@`) });
    await makeByHand(second, "ServiceTask", { name: "by-hand-there" });
  },
};

const asking = ({ second }: Look): Program => ({
  providers: {
    account: {
      region: second.region,
      projectId: second.projectId,
      endpoints: { ...second.endpoints },
      token: TOKEN,
    },
  },
  tasks: { own: { args: edgeArgs() } },
  lists: {
    here: { serviceId: IEF, nameLike: "hand" },
    there: { serviceId: IEF, nameLike: "hand", provider: "account" },
    sealed: { serviceId: IEF, nameLike: "secret" },
  },
  states: ["own"],
});

/** Names that were found, in the state's outputs. */
const namesIn = (found: unknown, list: string): unknown =>
  (found as Record<string, { names: unknown } | undefined>)[list]?.names;

const ENDPOINT = "VIDEO_ANALYSIS_ENDPOINT_MODELARTS";
const getting = (id: string): Program => ({ lookups: { seen: { id } } });
const seenIs = (name: string, endpoint: (look: Look) => string) => (look: Look) => {
  const { outputs } = look.resource("seen");
  assert.deepEqual([outputs?.["name"], outputs?.["endpoint"]], [name, endpoint(look)]);
};

export const LOOKUPS: readonly Scenario[] = [
  {
    title: "lists and states in previews and updates, also by an explicit provider's own credentials",
    second: { region: "eu-nl", seed: "second", tokens: [TOKEN] },
    canaries: [CANARY, TOKEN],
    steps: [
      MADE_BY_HAND,
      {
        run: "preview",
        program: asking,
        expect: {
          operations: ["create own"],
          writes: [],
          state: ({ emulator, second }) => {
            assert.deepEqual(emulator.calls({ operation: "showServiceTask" }), [], "of what there is not");
            assert.ok(emulator.calls({ operation: "listServiceTasks" }).length > 0);
            assert.ok(second.calls({ operation: "listServiceTasks" }).length > 0);
          },
        },
      },
      {
        run: "up",
        expect: {
          operations: ["create own"],
          writes: ["createServiceTask"],
          state: ({ outputs, resource }) => {
            const { found } = outputs();
            assert.deepEqual(namesIn(found, "here"), ["by-hand-1", "by-hand-2"]);
            assert.deepEqual(namesIn(found, "there"), ["by-hand-there"]);
            const { own } = found as Record<string, unknown>;
            assert.equal(own, resource("own").outputs?.["state"]);
          },
        },
      },
      {
        run: "preview",
        program: { awaits: MISSING },
        expect: { operations: [], error: /NOT_FOUND: (?![^]*\n\s+at )/ },
      },
      { run: "preview", program: getting(MISSING), expect: { operations: [], error: /NOT_FOUND: / } },
    ],
  },
  {
    title: "get reads with the configuration of today, whatever an earlier run recorded",
    emulator: { taskIds: [ID] },
    second: { taskIds: [ID] },
    config: { "video-analysis:endpoints": undefined },
    steps: [
      {
        act: "two clouds have a task of the same id",
        change: async ({ emulator, second }) => {
          assert.equal(await makeByHand(emulator, "ServiceTask", { name: "in-the-first" }), `${IEF}/${ID}`);
          assert.equal(await makeByHand(second, "ServiceTask", { name: "in-the-second" }), `${IEF}/${ID}`);
        },
      },
      { variable: ENDPOINT, value: ({ emulator }) => emulator.endpoints.modelarts },
      {
        run: "up",
        program: getting(`${IEF}/${ID}`),
        expect: {
          operations: ["read seen"],
          state: seenIs("in-the-first", ({ emulator }) => emulator.endpoints.modelarts),
        },
      },
      { variable: ENDPOINT, value: ({ second }) => second.endpoints.modelarts },
      {
        run: "up",
        expect: {
          operations: ["read seen"],
          state: seenIs("in-the-second", ({ second }) => second.endpoints.modelarts),
        },
      },
      { run: "refresh", expect: { operations: ["refresh-same seen"] } },
    ],
  },
];
