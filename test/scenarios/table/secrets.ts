/** Values that must not be seen: credentials of the service, and a pull request that has none at all. */
import { batchArgs, edgeArgs, iefArgs, outputOf, type Program, secret } from "../program";
import type { Scenario } from "../scenario";
import { replaced } from "./lifecycle";

const TOKEN = "scenario-token";

const sealed = (header: string): Program => ({
  showArguments: true,
  tasks: {
    camera: {
      args: {
        ...edgeArgs({ description: secret("for us only") }),
        input: { type: "url", data: [{ url: "rtsp://viewer:password@cameras.example.com/1" }] },
      },
    },
    site: {
      type: "BatchTask",
      args: batchArgs({
        output: { webhook: { url: "https://hooks.example.com/", headers: { Authorization: header } } },
      }),
    },
  },
});

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

export const SECRETS: readonly Scenario[] = [
  {
    title: "secrets in and out",
    steps: [
      { run: "up", program: sealed("one"), expect: { operations: ["create camera", "create site"] } },
      { run: "up", expect: { operations: ["same camera", "same site"] } },
      { run: "up", program: sealed("two"), expect: { operations: ["same camera", "update site"] } },
      { run: "refresh", expect: { operations: ["refresh-same camera", "refresh-same site"] } },
    ],
  },
  {
    title: "preview without any credentials",
    emulator: { tokens: [TOKEN] },
    withoutCredentials: true,
    steps: [
      {
        run: "preview",
        program: before,
        expect: { operations: ["create replaced", "create updated", "create dropped"] },
      },
      { variable: "HW_AUTH_TOKEN", value: TOKEN },
      { run: "up", expect: { operations: ["create replaced", "create updated", "create dropped"] } },
      { variable: "HW_AUTH_TOKEN", value: undefined },
      { run: "preview", expect: { operations: ["same replaced", "same updated", "same dropped"] } },
      {
        run: "preview",
        program: after,
        expect: {
          operations: [...replaced("replaced"), "update updated", "create added", "delete dropped"],
          diffs: { replaced: ["description"], updated: ["description"] },
          state: ({ emulator }) => {
            if (emulator.requests.length > 0) throw new Error("a preview makes no request");
          },
        },
      },
      { run: "refresh", expect: { operations: UNREAD, error: /CONFIGURATION: No credentials were found/ } },
      {
        run: "preview",
        options: { refresh: true },
        expect: { operations: [], error: /CONFIGURATION: No credentials were found/ },
      },
    ],
  },
];
