/** Values that must not be seen, whatever happens to them. */
import assert from "node:assert/strict";
import type { Json, JsonObject } from "../../../testkit/emulator";
import { iefArgs, type Program, secret } from "../program";
import { CANARY, restful, sealed, vcn } from "../sealed";
import type { Look, Scenario, ScenarioStep } from "../scenario";
import { replaced } from "./lifecycle";

const TOKEN = "scenario-token";

const SEALED = Object.keys(sealed().tasks ?? {});

const OTHERS: ScenarioStep = {
  act: "somebody puts other secrets in",
  change: ({ emulator, ids }) => {
    const header = { output: { webhook: { headers: { Authorization: CANARY.driftedHeader } } } };
    const password = { input: { vcn: { password: CANARY.driftedPassword } } };
    emulator.editTask(ids("restful")[0]!, header);
    emulator.editBatch(ids("batch")[0]!, header);
    emulator.editTask(ids("vcn")[0]!, password);
    emulator.editTask(ids("job")[0]!, password);
  },
};
const DRIFTED = ["restful", "batch", "vcn", "job"];

const live = ({ emulator }: Look): string => JSON.stringify([emulator.tasks(), emulator.batches()]);

/** A resource whose create the service refuses, and repeats what it got. */
const REPEATING: ScenarioStep = {
  act: "a service repeats what it refuses",
  change: ({ emulator }) => {
    const { webhookHeader, inputHeader } = CANARY;
    const message = `Invalid argument: ${webhookHeader}, ${inputHeader}, ${TOKEN}`;
    const match = { operation: "createServiceTask" };
    emulator.inject({ kind: "status", status: 400, code: "ModelArts.0101", message, match });
  },
};

const nameOf = ({ resource }: Look, name: string): Json => resource(name).outputs?.["name"] ?? null;

/** Every free text is a secret. */
const hidden = (more: JsonObject = {}): JsonObject =>
  iefArgs({
    description: secret("canary-description"),
    config: { level: secret("canary-level"), deep: [{ pin: secret("canary-pin") }] },
    output: {
      dis: { streamName: secret("canary-stream") },
      webhook: {
        url: secret("https://canary-host.example/canary-path"),
        headers: { "X-Key": secret("canary-header") },
      },
    },
    ...more,
  });
const refused = (more: JsonObject): Program => ({ tasks: { door: { args: hidden(more) } } });
const held = (name: string, more: JsonObject = {}): Program => ({
  tasks: { [name]: { args: hidden({ name: "held", ...more }) } },
});

/** After all others: an engine begins nothing more once a step has failed. */
const LAST = { dependsOn: SEALED };

export const SECRETS: readonly Scenario[] = [
  {
    title: "failures name no value of what the program made a secret, and a key that nobody reads is named",
    config: { "video-analysis:regoin": "eu-nl" },
    canaries: ["canary"],
    steps: [
      {
        run: "preview",
        program: refused({ output: { webhok: { headers: { k: secret("canary-typo") } } } }),
        expect: {
          operations: [],
          error: /problem: output.webhok: unknown property/,
          prints:
            /`video-analysis:regoin` in the stack configuration .*did you mean `video-analysis:region`\?/,
        },
      },
      {
        run: "preview",
        program: refused({ description: secret("canary".repeat(100)), input: secret("canary-input") }),
        expect: { operations: [], error: /problem: description: / },
      },
      {
        run: "preview",
        program: refused({ config: secret("canary-config"), triggers: secret("canary-trigger") }),
        expect: { operations: [], error: /problem: config: / },
      },
      {
        act: "the service repeats what it refuses",
        change: ({ emulator }) => {
          const message =
            "canary-description canary-level canary-stream https://canary-host.example/canary-path";
          emulator.inject({
            kind: "status",
            status: 400,
            message,
            match: { operation: "createServiceTask" },
          });
        },
      },
      {
        run: "up",
        program: held("door"),
        expect: { operations: ["create door!"], error: /REQUEST_FAILED: .*400 .*\*\*\*/ },
      },
      { run: "up", expect: { operations: ["create door"] } },
      {
        run: "up",
        program: held("twin", { description: secret("canary-other") }),
        expect: { operations: ["create twin!"], error: /NAME_TAKEN: /, recorded: ["door"] },
      },
    ],
  },
  {
    title: "secrets of every class, in and out, changed elsewhere, and in what fails",
    // A service that repeats passwords is the hard case.
    emulator: { tokens: [TOKEN], passwordEcho: "echo" },
    canaries: [...Object.values(CANARY), TOKEN],
    steps: [
      {
        run: "preview",
        program: sealed(),
        expect: { operations: SEALED.map((name) => `create ${name}`), writes: [] },
      },
      {
        run: "up",
        expect: {
          operations: SEALED.map((name) => `create ${name}`),
          state: (look) => {
            const { inputHeader, webhookHeader, vcnPassword, urlPassword, description } = CANARY;
            for (const canary of [inputHeader, webhookHeader, vcnPassword, urlPassword, description]) {
              assert.ok(live(look).includes(canary), `the service has ${canary}`);
            }
          },
        },
      },
      {
        run: "up",
        program: sealed(CANARY.otherHeader),
        expect: {
          operations: [
            "update batch",
            ...SEALED.filter((name) => name !== "batch").map((name) => `same ${name}`),
          ],
        },
      },
      OTHERS,
      {
        run: "refresh",
        expect: {
          operations: [...DRIFTED.map((name) => `refresh-update ${name}`), "refresh-same camera"],
        },
      },
      {
        run: "up",
        expect: {
          operations: [
            ...["restful", "vcn"].flatMap(replaced),
            ...["batch", "job"].map((name) => `update ${name}`),
            "same camera",
          ],
          state: (look) => assert.equal(live(look).includes("canary-drifted"), false),
        },
      },
      REPEATING,
      {
        run: "up",
        program: {
          tasks: {
            ...sealed(CANARY.otherHeader).tasks,
            again: { args: restful(CANARY.webhookHeader), options: LAST },
          },
        },
        expect: {
          operations: [...SEALED.map((name) => `same ${name}`), "create again!"],
          error: /ModelArts\.0101/,
        },
      },
      {
        run: "up",
        program: (look) => ({
          tasks: {
            ...sealed(CANARY.otherHeader).tasks,
            again: { args: restful(CANARY.otherHeader, { name: nameOf(look, "restful") }), options: LAST },
          },
        }),
        expect: {
          operations: [...SEALED.map((name) => `same ${name}`), "create again!"],
          error: /NAME_TAKEN/,
        },
      },
      {
        run: "preview",
        program: {
          tasks: {
            again: { args: restful(CANARY.otherHeader, { input: { ...vcn("device"), type: "vcnn" } }) },
          },
        },
        expect: { operations: [], error: /input\.type/ },
      },
    ],
  },
];
