/** Values that must not be seen: credentials of the service, and a pull request that has none at all. */
import assert from "node:assert/strict";
import type { Json, JsonObject } from "../../../testkit/emulator";
import { batchArgs, edgeArgs, iefArgs, jobArgs, outputOf, type Program, secret } from "../program";
import type { Look, Scenario, ScenarioStep } from "../scenario";
import { replaced } from "./lifecycle";

const TOKEN = "scenario-token";

/** Values that occur nowhere else, by what they are. */
const CANARY = {
  inputHeader: "canary-input-header",
  webhookHeader: "canary-webhook-header",
  vcnPassword: "canary-vcn-password",
  urlPassword: "canary-url-password",
  description: "canary-description",
  driftedHeader: "canary-drifted-header",
  driftedPassword: "canary-drifted-password",
  otherHeader: "canary-other-header",
} as const;

const webhook = (header: string): JsonObject => ({
  webhook: { url: "https://hooks.example.com/results", headers: { Authorization: header } },
});
const vcn = (deviceId: string): JsonObject => ({
  type: "vcn",
  data: [{ deviceId }],
  vcn: { ip: "10.0.0.1", port: 9900, username: "operator", password: CANARY.vcnPassword },
});
const restful = (header: string, more: JsonObject = {}): JsonObject =>
  edgeArgs({
    input: {
      type: "restful",
      data: [
        {
          url: "https://media.example.com/streams",
          headers: { "X-Key": CANARY.inputHeader },
          certificateCheck: true,
          rtspPathInResponse: "/url",
        },
      ],
    },
    output: webhook(header),
    ...more,
  });

const sealed = (batchHeader: string = CANARY.webhookHeader): Program => ({
  showArguments: true,
  tasks: {
    restful: { args: restful(CANARY.webhookHeader) },
    vcn: { args: edgeArgs({ input: vcn("device") }) },
    camera: {
      args: edgeArgs({
        description: secret(CANARY.description),
        input: {
          type: "url",
          data: [{ url: `rtsp://viewer:${CANARY.urlPassword}@cameras.example.com/1` }],
        },
      }),
    },
    batch: { type: "BatchTask", args: batchArgs({ output: webhook(batchHeader) }) },
    job: {
      type: "VideoAnalysisJob",
      args: jobArgs({
        input: vcn(`${"1".repeat(20)}#${"a".repeat(32)}`),
        output: {
          webhook: {
            url: `https://viewer:${CANARY.urlPassword}@hooks.example.com/`,
            headers: { "X-Key": CANARY.inputHeader },
          },
        },
      }),
    },
  },
});
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

const before: Program = {
  tasks: {
    replaced: { args: edgeArgs({ description: "one" }) },
    updated: { type: "BatchTask", args: batchArgs({ description: "one" }) },
    dropped: { args: edgeArgs() },
  },
};
const after: Program = {
  tasks: {
    replaced: { args: edgeArgs({ description: "two" }) },
    updated: { type: "BatchTask", args: batchArgs({ description: "two" }) },
    added: { args: iefArgs({ description: outputOf("replaced", "taskId") }) },
  },
};

const UNREAD = ["replaced", "updated", "dropped"].map((name) => `refresh-same ${name}!`);

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
  {
    title: "preview without any credentials, which the environment has for the up",
    emulator: { tokens: [TOKEN] },
    // A token is valid in one project, which it is asked for.
    config: { "video-analysis:projectId": undefined },
    secretConfig: {},
    canaries: [TOKEN],
    steps: [
      {
        run: "preview",
        program: before,
        expect: { operations: ["create replaced", "create updated", "create dropped"] },
      },
      { variable: "HW_AUTH_TOKEN", value: TOKEN },
      {
        run: "up",
        expect: {
          operations: ["create replaced", "create updated", "create dropped"],
          state: ({ resource, emulator }) => {
            assert.equal(resource("replaced").outputs?.["projectId"], emulator.projectId);
          },
        },
      },
      { variable: "HW_AUTH_TOKEN", value: undefined },
      {
        run: "preview",
        program: after,
        expect: {
          operations: [...replaced("replaced"), "update updated", "create added", "delete dropped"],
          diffs: { replaced: ["description"], updated: ["description"] },
          state: ({ emulator }) => assert.deepEqual(emulator.requests, [], "a preview makes no request"),
        },
      },
      { run: "refresh", expect: { operations: UNREAD, error: /CONFIGURATION: No credentials were found/ } },
      {
        run: "preview",
        program: before,
        options: { refresh: true },
        expect: { operations: [], error: /CONFIGURATION: No credentials were found/ },
      },
    ],
  },
];
