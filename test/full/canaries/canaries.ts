/** A value for every secret that the package meets, which must never be seen where secrets do not belong. */
import { CONFIGURATION_KEYS } from "../../../provider/services/configuration";
import { serviceTaskKind, videoAnalysisJobKind, batchTaskKind, type Kind } from "../../contract/kinds";
import type { Props } from "../../contract/values";

export const CANARY = {
  cameraPassword: "canary-camera-c0de",
  inputHeader: "canary-header-5d1f",
  outputHeader: "canary-callback-77aa",
  urlUser: "canary-user-91ab",
  urlParameter: "canary-parameter-3e3e",
  webhookUser: "canary-hook-b0b0",
  loginPassword: "canary-login-4242",
  token: "canary-token-8f8f",
  issuedToken: "canary-issued-1a1a",
  accessKey: "canary-access-aaaa",
  secretKey: "canary-secret-bbbb",
  securityToken: "canary-security-cccc",
} as const;

/** With the spellings that a service, a URL or a log may give them. */
export const spellingsOf = (canary: string): string[] => [
  canary,
  Buffer.from(canary).toString("base64").replace(/=+$/, ""),
];

/** A login by each kind of credentials that this version knows. */
export interface Login {
  readonly title: string;
  readonly config: Props;
  /** The credentials lead nowhere: what is looked for is what errors say. */
  readonly refused?: true;
}

const isKnown = (keys: readonly string[]): boolean =>
  keys.every((key) => (CONFIGURATION_KEYS as readonly string[]).includes(key));

const none = { token: undefined };
const candidates: readonly Login[] = [
  { title: "a token", config: { token: CANARY.token } },
  {
    title: "a password",
    config: { ...none, userName: "operator", password: CANARY.loginPassword, domainName: "domain" },
  },
  {
    title: "a wrong password",
    config: { ...none, userName: "nobody", password: CANARY.loginPassword, domainName: "domain" },
    refused: true,
  },
  {
    title: "an access key",
    config: { ...none, accessKey: CANARY.accessKey, secretKey: CANARY.secretKey },
    refused: true,
  },
  {
    title: "a temporary access key",
    config: {
      ...none,
      accessKey: CANARY.accessKey,
      secretKey: CANARY.secretKey,
      securityToken: CANARY.securityToken,
    },
    refused: true,
  },
];

/** Configuration that this version does not know would only be ignored. */
export const LOGINS = candidates.filter(({ config }) =>
  isKnown(Object.keys(config).filter((key) => config[key] !== undefined)),
);

const OUTPUT: Props = {
  webhook: {
    url: `https://hook:${CANARY.webhookUser}@hook.example.com/`,
    headers: { "X-Key": CANARY.outputHeader },
  },
  dis: { streamName: "results" },
};

const INPUTS: readonly Props[] = [
  {
    type: "vcn",
    data: [{ deviceId: `${"1".repeat(20)}#${"a".repeat(32)}` }],
    vcn: { ip: "10.0.0.1", port: 9900, username: "operator", password: CANARY.cameraPassword },
  },
  {
    type: "url",
    data: [{ url: `rtsp://admin:${CANARY.urlUser}@camera.example.com/1?token=${CANARY.urlParameter}` }],
  },
];
const RESTFUL_DATA = [
  {
    url: `https://media.example.com/stream?token=${CANARY.urlParameter}`,
    certificateCheck: true,
    rtspPathInResponse: "url",
    headers: { Authorization: CANARY.inputHeader },
  },
];

export interface SecretProgram {
  readonly title: string;
  readonly kind: Kind;
  readonly args: (name: string) => Props;
}

/** Programs that together hold every secret argument. */
export const PROGRAMS: readonly SecretProgram[] = [
  ...INPUTS.map((input) => ({ kind: serviceTaskKind, input })),
  { kind: serviceTaskKind, input: { type: "restful", data: RESTFUL_DATA } },
  ...INPUTS.map((input) => ({ kind: videoAnalysisJobKind, input })),
  { kind: videoAnalysisJobKind, input: { type: "edgerestful", data: RESTFUL_DATA } },
  { kind: batchTaskKind, input: undefined },
].map(({ kind, input }) => ({
  title: `${kind.title}${input === undefined ? "" : ` of ${String(input.type)}`}`,
  kind,
  args: (name) =>
    kind.program(name, {
      output: OUTPUT,
      ...(input === undefined ? {} : { input }),
      timeouts: { create: "1m", read: "1m", update: "1m", delete: "1m" },
    }),
}));
