/** States that come from somewhere else: they must not lead this machine's credentials anywhere. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { resourceTypeNamed } from "../../cli/stack/resource-types";
import { run } from "./support";

const PROJECT_ID = "a".repeat(32);
const SERVICE_ID = "2a2db77f-0000-4000-8000-000000000001";
const ID = `${SERVICE_ID}/${"b".repeat(32)}`;
const DEFAULT_PROVIDER = "urn:pulumi:dev::site::pulumi:providers:pulumi-nodejs::default";
const OWN_PROVIDER = "urn:pulumi:dev::site::pulumi:providers:pulumi-nodejs::other";

const USER = { HW_USER_NAME: "ops", HW_USER_PASSWORD: "canary-password", HW_DOMAIN_NAME: "site" };
const CREDENTIALS: readonly Readonly<Record<string, string>>[] = [
  USER,
  { HW_AUTH_TOKEN: "canary-token" },
  { HW_ACCESS_KEY: "canary-access", HW_SECRET_KEY: "canary-secret" },
];

type Values = Readonly<Record<string, string>>;

describe("commands on a state of somebody else", function () {
  this.timeout(60_000);
  let folder: string;
  let listener: Server;
  let received: string[];
  let address: string;

  before(async () => {
    folder = mkdtempSync(path.join(tmpdir(), "video-analysis-state-"));
    listener = createServer((request, response) => {
      received.push(`${request.method ?? ""} ${request.url ?? ""}`);
      response.writeHead(500).end();
    });
    listener.listen(0, "127.0.0.1");
    await once(listener, "listening");
    address = `http://127.0.0.1:${(listener.address() as AddressInfo).port}`;
  });
  beforeEach(() => (received = []));
  after(() => {
    listener.close();
    listener.closeAllConnections();
    rmSync(folder, { recursive: true });
  });

  const allEndpoints = (url: string): string =>
    JSON.stringify({ modelarts: url, vias: url, iva: url, iam: url });

  /** A state of one task. */
  function stateOf(settings: Values, outputs: Values, provider = DEFAULT_PROVIDER): string {
    const { token, providerText } = resourceTypeNamed("ServiceTask");
    const recorded = {
      __provider: providerText,
      name: "door",
      serviceId: SERVICE_ID,
      region: "eu-de",
      projectId: PROJECT_ID,
      endpoint: "https://modelarts.eu-de.otc.t-systems.com",
      ...outputs,
      stateVersion: 1,
      taskIds: [ID],
    };
    const inputs = Object.fromEntries(
      Object.entries(settings).map(([key, value]) => [`video-analysis:${key}`, value]),
    );
    const resources = [
      {
        urn: provider,
        type: "pulumi:providers:pulumi-nodejs",
        custom: true,
        id: "p",
        inputs,
        outputs: inputs,
      },
      {
        urn: `urn:pulumi:dev::site::${token}::door`,
        type: token,
        custom: true,
        id: ID,
        inputs: recorded,
        outputs: recorded,
        provider: `${provider}::p`,
      },
    ];
    const file = path.join(folder, "state.json");
    writeFileSync(file, JSON.stringify({ version: 3, deployment: { manifest: {}, resources } }));
    return file;
  }

  type Case = readonly [
    name: string,
    settings: (address: string) => Values,
    outputs: (address: string) => Values,
  ];
  const cases: readonly Case[] = [
    [
      "endpoints in the provider",
      (url) => ({ region: "eu-de", endpoints: allEndpoints(url) }),
      (endpoint) => ({ endpoint }),
    ],
    ["an address of IAM in the provider", (url) => ({ region: "eu-de", authUrl: `${url}/v3` }), () => ({})],
    ["an endpoint of the resource", () => ({ region: "eu-de" }), (endpoint) => ({ endpoint })],
    [
      "a region that is a host",
      () => ({}),
      (endpoint) => ({ region: `${new URL(endpoint).host}/x`, endpoint }),
    ],
    ["a region of the provider that is a host", (url) => ({ region: `${new URL(url).host}/x` }), () => ({})],
    [
      "a cloud of somebody else",
      () => ({ region: "evil", cloud: "evil.example" }),
      () => ({ region: "evil", endpoint: "https://modelarts.evil.evil.example" }),
    ],
  ];

  for (const [name, settings, outputs] of cases) {
    it(`send nothing by ${name}`, async () => {
      for (const provider of [DEFAULT_PROVIDER, OWN_PROVIDER]) {
        const state = stateOf(settings(address), outputs(address), provider);
        for (const env of name === "an address of IAM in the provider" ? [USER] : CREDENTIALS) {
          const { status, stdout, stderr } = await run(["drift", "--state", state], { env });
          assert.equal(status, 1);
          assert.match(`${stdout}${stderr}`, /ENDPOINT_REFUSED|CONFIGURATION/);
        }
      }
      assert.deepEqual(received, []);
    });
  }

  it("send nothing when they check the services or look for tasks", async () => {
    const state = stateOf({ region: "eu-de", endpoints: allEndpoints(address) }, { endpoint: address });
    const doctor = await run(["doctor", "--state", state, "--timeout", "2"], { env: USER });
    assert.equal(doctor.status, 1);
    assert.match(doctor.stdout, /ENDPOINT_REFUSED/);
    const target = ["--out-file", path.join(folder, "i.json"), "--program", path.join(folder, "p.ts")];
    for (const what of [["--all"], ["--service", SERVICE_ID]]) {
      const found = await run(["import", "--state", state, ...what, ...target], { env: USER });
      assert.equal(found.status, 1);
      assert.match(found.stderr, /ENDPOINT_REFUSED/);
    }
    assert.deepEqual(received, []);
  });

  it("go where the state leads with the state's own credentials, or where somebody configured it", async () => {
    const endpoints = allEndpoints(address);
    const own = stateOf(
      { region: "eu-de", endpoints, token: "its-own", maxRetries: "0" },
      { endpoint: address },
    );
    await run(["drift", "--state", own], {});
    assert.notEqual(received.length, 0);
    received = [];
    const foreign = stateOf({ region: "eu-de", endpoints, maxRetries: "0" }, { endpoint: address });
    await run(["drift", "--state", foreign, "--config", `endpoints=${endpoints}`], { env: USER });
    assert.notEqual(received.length, 0);
  });
});
