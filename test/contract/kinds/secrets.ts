/** Values that must never be seen, and the arguments that hold them. */
import type { Kind } from "./kind";
import type { Props } from "../values";

export const CANARY = {
  header: "canary-header-5d1f",
  callback: "canary-callback-77aa",
  password: "canary-password-c0de",
  user: "canary-user-91ab",
  parameter: "canary-parameter-3e3e",
  token: "canary-token-8f8f",
  login: "canary-login-4242",
};
export const CANARIES = Object.values(CANARY);

export const OUTPUT = {
  webhook: { url: "https://hook.example.com", headers: { "X-Key": CANARY.callback } },
  dis: { streamName: "results" },
};

/** A URL that has a token among its parameters. */
const WITH_TOKEN = `https://media.example.com/stream?token=${CANARY.parameter}`;
const DEVICE = `12345678901234567890#${"a".repeat(32)}`;

/** Inputs with a password, with headers and with credentials in a URL. */
export interface SecretInputs {
  readonly vcn: Props & { readonly vcn: Props };
  readonly restful: Props;
  readonly camera: Props;
}

const inputs = (restful: string, path: string, deviceId: string): SecretInputs => ({
  vcn: {
    type: "vcn",
    data: [{ deviceId }],
    vcn: { ip: "10.0.0.1", port: 9900, username: "operator", password: CANARY.password },
  },
  restful: {
    type: restful,
    data: [
      {
        url: WITH_TOKEN,
        certificateCheck: true,
        rtspPathInResponse: path,
        headers: { Authorization: CANARY.header },
      },
    ],
  },
  camera: { type: "url", data: [{ url: `rtsp://admin:${CANARY.user}@camera.example.com/1` }] },
});

/** The inputs that can hold secrets; a batch names its sources by their ids. */
export const SECRET_INPUTS: Readonly<Record<Kind["title"], SecretInputs | undefined>> = {
  ServiceTask: inputs("restful", "/url", "device-1"),
  BatchTask: undefined,
  VideoAnalysisJob: inputs("edgerestful", "data/url", DEVICE),
};
