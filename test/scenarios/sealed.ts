/** A program with every kind of secret. */
import type { JsonObject } from "../../testkit/emulator";
import { batchArgs, edgeArgs, jobArgs, type Program, secret } from "./program";

/** Values that occur nowhere else, by what they are. */
export const CANARY = {
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
export const vcn = (deviceId: string): JsonObject => ({
  type: "vcn",
  data: [{ deviceId }],
  vcn: { ip: "10.0.0.1", port: 9900, username: "operator", password: CANARY.vcnPassword },
});
export const restful = (header: string, more: JsonObject = {}): JsonObject =>
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

export const sealed = (batchHeader: string = CANARY.webhookHeader): Program => ({
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
