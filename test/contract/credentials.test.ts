import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import {
  DEFAULT_ACCESS_KEY,
  DEFAULT_EDGE_SERVICE,
  DEFAULT_TEMPORARY_KEY,
  DEFAULT_USER,
} from "../../testkit/emulator";
import { Harness, edgeArgs, failsWith } from "./harness";
import type { Provider } from "./provider";
import type { Props } from "./values";
import { contract } from "./part";

const CUSTOMER_PROJECT = "b".repeat(32);
const CUSTOMER_SERVICE = "2a2db77f-0000-4000-8000-0000000000b1";
const { accessKey, secretKey } = DEFAULT_ACCESS_KEY;
const PASSWORD = { userName: DEFAULT_USER.name, password: DEFAULT_USER.password };
const AGENCY = { agencyName: "helpers", agencyDomainName: "customer" };
/** Nothing of the harness's own identity. */
const NOBODY = { token: undefined, projectId: undefined };

export const part = contract("credentials through the provider process", function () {
  this.timeout(60_000);
  let harness: Harness;
  let home: string;

  before(async () => {
    home = mkdtempSync(path.join(tmpdir(), "video-analysis-home-"));
    harness = await Harness.open({
      projects: [{ id: CUSTOMER_PROJECT, name: "eu-de", domainName: "customer" }],
      agencies: [{ name: "helpers", domainName: "customer", trusts: DEFAULT_USER.domainName }],
      services: [
        DEFAULT_EDGE_SERVICE,
        { id: CUSTOMER_SERVICE, name: "face-detect", platform: "edge", projectId: CUSTOMER_PROJECT },
      ],
    });
    writeFiles();
  });
  beforeEach(() => harness.emulator.clearRequests());
  after(async () => {
    await harness.close();
    rmSync(home, { recursive: true });
  });

  it("are missed in full once in a run, and then in a line that names the resource with the full text", async () => {
    const run = await harness.newRun(harness.config({ token: undefined }));
    const create = async (name: string) => run.create(await run.check(edgeArgs(name)));
    await assert.rejects(create("first"), failsWith("CONFIGURATION", /HW_SECRET_KEY/));
    await assert.rejects(
      create("second"),
      failsWith("CONFIGURATION", /^CONFIGURATION: [^.]*"first(-\d+)?"[^.]*\.$/),
    );
  });

  function writeFiles(): void {
    const openstack = path.join(home, ".config", "openstack");
    const hcloud = path.join(home, ".hcloud");
    for (const directory of [openstack, hcloud]) mkdirSync(directory, { recursive: true });
    const auth = `{ username: ${DEFAULT_USER.name}, user_domain_name: ${DEFAULT_USER.domainName} }`;
    writeFileSync(
      path.join(openstack, "clouds.yaml"),
      `clouds:\n  otc: { region_name: eu-de, auth: ${auth} }\n`,
    );
    const secret = `{ auth: { password: ${DEFAULT_USER.password} } }`;
    writeFileSync(path.join(openstack, "secure.yaml"), `clouds:\n  otc: ${secret}\n`);
    const profile = { name: "work", mode: "AKSK", region: "eu-de", accessKeyId: accessKey };
    const profiles = [
      { ...profile, secretAccessKey: secretKey },
      { name: "work-customer", mode: "agency", region: "eu-de", sourceProfile: "work", ...AGENCY },
    ];
    writeFileSync(path.join(hcloud, "config.json"), JSON.stringify({ current: "work", profiles }));
  }

  interface Bundle {
    readonly config: Props;
    readonly env?: Readonly<Record<string, string>>;
    /** Requests to IAM in a run that creates and deletes one task. */
    readonly iam: readonly string[];
    readonly delegated?: boolean;
  }
  const inHome = (more: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> => ({
    HOME: home,
    ...more,
  });
  const bundles = (): Readonly<Record<string, Bundle>> => ({
    "a given token": { config: { token: harness.emulator.token }, iam: ["listProjects"] },
    "a password": { config: { ...PASSWORD, domainName: DEFAULT_USER.domainName }, iam: ["createToken"] },
    "an access key, in the scoped form of the region": {
      config: { accessKey, secretKey },
      iam: ["listProjects"],
    },
    "an access key, in the plain form": {
      config: { accessKey, secretKey, signing: "plain" },
      iam: ["listProjects"],
    },
    "a temporary access key": { config: { ...DEFAULT_TEMPORARY_KEY }, iam: ["listProjects"] },
    "an agency and a password": {
      config: { ...PASSWORD, domainName: DEFAULT_USER.domainName, ...AGENCY },
      iam: ["createToken", "createToken"],
      delegated: true,
    },
    "an agency and an access key": {
      config: { accessKey, secretKey, ...AGENCY },
      iam: ["createToken"],
      delegated: true,
    },
    "clouds.yaml by OS_CLOUD": { config: {}, env: inHome({ OS_CLOUD: "otc" }), iam: ["createToken"] },
    "clouds.yaml by the stack, and its agency": {
      config: { cloudName: "otc", ...AGENCY },
      env: inHome(),
      iam: ["createToken", "createToken"],
      delegated: true,
    },
    "an hcloud profile": { config: { profile: "work" }, env: inHome(), iam: ["listProjects"] },
    "an hcloud profile of an agency": {
      config: { profile: "work-customer" },
      env: inHome(),
      iam: ["createToken"],
      delegated: true,
    },
    "HW_ variables": {
      config: {},
      env: { HW_ACCESS_KEY: accessKey, HW_SECRET_KEY: secretKey },
      iam: ["listProjects"],
    },
  });

  const names = ["a given token", "a password", "an access key, in the scoped form of the region"];
  names.push("an access key, in the plain form", "a temporary access key", "an agency and a password");
  names.push(
    "an agency and an access key",
    "clouds.yaml by OS_CLOUD",
    "clouds.yaml by the stack, and its agency",
  );
  names.push("an hcloud profile", "an hcloud profile of an agency", "HW_ variables");

  const task = (more: Props = {}): Props => edgeArgs("task-credentials", more);

  for (const name of names) {
    it(`${name}: creates and deletes a task`, async () => {
      const bundle = bundles()[name]!;
      const provider = await harness.newRun(harness.config({ ...NOBODY, ...bundle.config }), bundle.env);
      const args = bundle.delegated === true ? task({ serviceId: CUSTOMER_SERVICE }) : task();
      const { state } = await provider.up(args);
      const project = bundle.delegated === true ? CUSTOMER_PROJECT : harness.emulator.projectId;
      assert.equal(state.outputs["projectId"], project);
      assert.equal(harness.tasksNamed("task-credentials").length, 1);
      await provider.delete(state);
      assert.deepEqual(harness.tasksNamed("task-credentials"), []);
      const iam = harness.emulator.calls({ service: "iam" });
      assert.deepEqual(
        iam.map(({ operation }) => operation),
        bundle.iam,
      );
    });
  }

  it("another account's or a wrong one makes read and delete fail, never look gone", async () => {
    const owner = await harness.newRun();
    const { state } = await owner.up(task());
    const strangers: Props[] = [
      { accessKey, secretKey: "wrong" },
      { token: "unknown-token" },
      { ...PASSWORD, password: "wrong", domainName: DEFAULT_USER.domainName },
      { accessKey, secretKey, ...AGENCY },
    ];
    for (const config of strangers) {
      const stranger = await harness.newRun(harness.config({ ...NOBODY, ...config }));
      const refused = failsWith("REQUEST_FAILED", /Renew |permission/);
      const isRefused = (error: unknown): boolean =>
        refused(error) || failsWith("CONFIGURATION", /IAM/)(error);
      await assert.rejects(stranger.read(state), isRefused);
      await assert.rejects(stranger.delete(state), isRefused);
    }
    assert.equal(harness.tasksNamed("task-credentials").length, 1);
    await owner.delete(state);
  });

  it("half a bundle names what is missing and where the other half is", async () => {
    const provider: Provider = await harness.newRun(harness.config({ ...NOBODY, accessKey }), {
      HW_SECRET_KEY: "sk-canary",
    });
    await assert.rejects(
      provider.up(task()),
      failsWith("CONFIGURATION", /missing there: video-analysis:secretKey/, /HW_SECRET_KEY/),
    );
    assert.doesNotMatch(harness.output, /sk-canary/);
  });

  it("are shown nowhere, not even to who looks at every request", async () => {
    const canaries = {
      webhook: "header-canary",
      userInfo: "user-canary:password-canary",
    };
    const args = task({
      input: { type: "url", data: [{ url: `rtsp://${canaries.userInfo}@cameras.example.com/1` }] },
      output: { webhook: { url: "https://example.com/hook", headers: { "X-Api": canaries.webhook } } },
    });
    const configs: Props[] = [
      { ...PASSWORD, domainName: DEFAULT_USER.domainName },
      { ...DEFAULT_TEMPORARY_KEY },
      { accessKey, secretKey, signing: "plain" },
      { token: harness.emulator.token },
    ];
    for (const config of configs) {
      const provider = await harness.newRun(harness.config({ ...NOBODY, ...config }), {
        VIDEO_ANALYSIS_DEBUG: "1",
      });
      const { state } = await provider.up(args);
      await provider.delete(state);
      const { output } = provider;
      assert.match(output, /video-analysis: POST http:\S+\/tasks → 201 \(request id \w+\) in \d+ ms/);
      assert.match(output, /video-analysis: {3}> Accept: application\/json/);
      assert.match(output, /video-analysis: {3}> \{"name":"task-credentials"/);
      assert.match(output, /video-analysis: {3}< .*"tasks":\[/);
      const secrets = [accessKey, secretKey, ...Object.values(DEFAULT_TEMPORARY_KEY), DEFAULT_USER.password];
      secrets.push(harness.emulator.token, "header-canary", "user-canary", "password-canary", "token-");
      for (const secret of secrets) assert.equal(output.includes(secret), false, secret);
    }
  });
});
