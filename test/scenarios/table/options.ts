/** The options of the engine, which no hook hears of. */
import assert from "node:assert/strict";
import { DEFAULT_USER, type Emulator, type JsonObject } from "../../../testkit/emulator";
import type { ResourceV3 } from "../../../tools/engine";
import { KINDS } from "../kinds";
import { edgeArgs, type Program, type TaskOptions } from "../program";
import type { Look, Scenario } from "../scenario";
import { replaced } from "./lifecycle";

const guarded = (options: TaskOptions, args: JsonObject = {}): Program => ({
  tasks: { guarded: { args: edgeArgs(args), options } },
});

/** A resource of each class for a role, such as `strict-batch`. */
const ofEach = (role: string, options: TaskOptions = {}, args: JsonObject = {}): Program["tasks"] =>
  Object.fromEntries(
    KINDS.map((kind) => [`${role}-${kind.name}`, { type: kind.type, args: kind.args(args), options }]),
  );
const named = (...roles: string[]): string[] =>
  roles.flatMap((role) => KINDS.map(({ name }) => `${role}-${name}`));

const TOLERANT: TaskOptions = { ignoreChanges: ["output.dis.streamName"] };
const STRICT: TaskOptions = { replaceOnChanges: ["timeouts"] };
const RETAINED: TaskOptions = { retainOnDelete: true };

const BEFORE: Program = {
  tasks: {
    ...ofEach("tolerant", TOLERANT),
    ...ofEach("strict", STRICT),
    ...ofEach("before"),
    ...ofEach("retained", RETAINED),
  },
};
const AFTER: Program = {
  tasks: {
    ...ofEach("tolerant", TOLERANT, { output: { dis: { streamName: "ignored" } } }),
    ...ofEach("strict", STRICT, { timeouts: { delete: "20m" } }),
    ...Object.fromEntries(
      KINDS.map((kind) => [
        `after-${kind.name}`,
        { type: kind.type, args: kind.args(), options: { aliases: [{ name: `before-${kind.name}` }] } },
      ]),
    ),
  },
};

const STAYS = [...named("tolerant"), ...named("after")];
const KEPT = [...STAYS, ...named("strict")];
const WRITES = KINDS.flatMap(({ operations }) => [operations.create, operations.delete]);

const allLive = ({ emulator }: Look, count: number): void => {
  const tasks = emulator.tasks().filter((task) => task["batch_id"] === undefined);
  assert.equal(tasks.length + emulator.batches().length, count, "retained ones stay at the service");
};

const TOKEN = "second-token";

const oneAccountEach = (second: Emulator, patience: JsonObject): Program => ({
  providers: {
    account: {
      region: second.region,
      projectId: second.projectId,
      endpoints: { ...second.endpoints },
      token: TOKEN,
    },
    patient: patience,
  },
  tasks: {
    own: { args: edgeArgs() },
    foreign: { args: edgeArgs(), options: { provider: "account" } },
    waiting: { args: edgeArgs(), options: { provider: "patient" } },
  },
});

/** The provider of dynamic resources serves other packages too, and has the whole keys. */
const argumentOf = ({ inputs }: ResourceV3, key: string): unknown =>
  inputs?.[`video-analysis:${key}`] ?? inputs?.[key];

/** Each task is where its provider puts it, and the patient one takes over what it was not given. */
const inTheirPlaces = ({ emulator, second, resource, ids }: Look): void => {
  const liveAt = (service: Emulator): string[] => service.tasks().map(({ id }) => id);
  assert.deepEqual(ids("foreign"), liveAt(second));
  assert.deepEqual([...ids("own"), ...ids("waiting")].sort(), liveAt(emulator).sort());
  assert.equal(resource("foreign").outputs?.["region"], second.region);
  assert.equal(resource("own").outputs?.["projectId"], emulator.projectId);
  assert.equal(resource("waiting").outputs?.["state"], "RUNNING");
  assert.equal(argumentOf(resource("account"), "nameSeed"), "seed-of-the-stack");
  assert.equal(argumentOf(resource("patient"), "region"), emulator.region);
};

const OWN = ["own", "foreign", "waiting"];

export const OPTIONS: readonly Scenario[] = [
  {
    title: "protect",
    steps: [
      { run: "up", program: guarded({ protect: true }), expect: { operations: ["create guarded"] } },
      {
        run: "up",
        program: guarded({ protect: true }, { description: "new" }),
        expect: { operations: [], error: /protect/i, recorded: ["guarded"], writes: [] },
      },
      {
        run: "destroy",
        expect: { operations: ["delete guarded!"], error: /protect/i, recorded: ["guarded"], writes: [] },
      },
      { run: "up", program: guarded({}), expect: { operations: ["same guarded"] } },
      { run: "destroy", expect: { operations: ["delete guarded"], recorded: [] } },
    ],
  },
  {
    title: "ignoreChanges, replaceOnChanges, retainOnDelete and aliases in one update of every class",
    steps: [
      {
        run: "up",
        program: BEFORE,
        expect: { operations: Object.keys(BEFORE.tasks ?? {}).map((name) => `create ${name}`) },
      },
      {
        run: "up",
        program: AFTER,
        expect: {
          operations: [
            ...STAYS.map((name) => `same ${name}`),
            ...named("strict").flatMap(replaced),
            ...named("retained").map((name) => `delete ${name}`),
          ],
          diffs: Object.fromEntries(named("strict").map((name) => [name, ["timeouts"]])),
          recorded: KEPT,
          writes: WRITES,
          state: (look) => allLive(look, KEPT.length + KINDS.length),
        },
      },
      {
        act: "somebody changes what is ignored",
        change: ({ emulator, ids }) => {
          for (const { name, edit } of KINDS) {
            edit(emulator, ids(`tolerant-${name}`)[0]!, { output: { dis: { stream_name: "theirs" } } });
          }
        },
      },
      {
        run: "up",
        options: { refresh: true },
        expect: {
          operations: KEPT.flatMap((name) => [`refresh ${name}`, `same ${name}`]),
          writes: [],
        },
      },
    ],
  },
  {
    title: "deletedWith",
    steps: [
      {
        run: "up",
        program: {
          tasks: {
            owner: { args: edgeArgs() },
            follower: { args: edgeArgs(), options: { deletedWith: "owner" } },
          },
        },
        expect: { operations: ["create owner", "create follower"] },
      },
      {
        run: "destroy",
        expect: {
          operations: ["delete follower", "delete owner"],
          calls: ["delete owner"],
          recorded: [],
          writes: ["deleteServiceTask"],
        },
      },
    ],
  },
  {
    title:
      "explicit providers beside the default one: a second account, and one that adds to the stack's, which logs in",
    second: { region: "eu-nl", seed: "second", tokens: [TOKEN] },
    config: {
      "video-analysis:nameSeed": "seed-of-the-stack",
      "video-analysis:projectId": undefined,
      "video-analysis:userName": DEFAULT_USER.name,
      "video-analysis:domainName": DEFAULT_USER.domainName,
    },
    secretConfig: { "video-analysis:password": DEFAULT_USER.password },
    canaries: [TOKEN, DEFAULT_USER.password],
    steps: [
      {
        run: "up",
        program: ({ second }) => oneAccountEach(second, { waitFor: "running" }),
        expect: { operations: OWN.map((name) => `create ${name}`), state: inTheirPlaces },
      },
      {
        run: "up",
        program: ({ second }) => oneAccountEach(second, { waitFor: "running", maxRetries: 3 }),
        expect: { operations: OWN.map((name) => `same ${name}`), writes: [] },
      },
      { run: "refresh", expect: { operations: OWN.map((name) => `refresh-same ${name}`) } },
      {
        run: "destroy",
        expect: {
          operations: OWN.map((name) => `delete ${name}`),
          recorded: [],
          state: ({ emulator, second }) => assert.deepEqual([...emulator.tasks(), ...second.tasks()], []),
        },
      },
    ],
  },
];
