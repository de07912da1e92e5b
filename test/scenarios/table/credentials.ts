/** Whose credentials a run has: a pull request has none at all. */
import assert from "node:assert/strict";
import { batchArgs, edgeArgs, iefArgs, outputOf, type Program } from "../program";
import type { Scenario } from "../scenario";
import { replaced } from "./lifecycle";

const TOKEN = "token-of-the-environment";

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

export const CREDENTIALS: readonly Scenario[] = [
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
