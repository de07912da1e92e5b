import assert from "node:assert/strict";
import { DEFAULT_USER } from "../../testkit/emulator";
import { Harness, failsWithCause, until } from "./harness";
import type { Provider } from "./provider";
import type { State } from "./state";
import { KINDS } from "./kinds";
import type { Props } from "./values";
import { contract } from "./part";

const USER: Props = {
  token: undefined,
  projectId: undefined,
  userName: DEFAULT_USER.name,
  password: DEFAULT_USER.password,
  domainName: DEFAULT_USER.domainName,
};

const inState = (state: State, more: Props): State => ({ ...state, outputs: { ...state.outputs, ...more } });

export const part = contract("where requests go", function () {
  this.timeout(60_000);
  let harness: Harness;
  /** Without any address but those that follow from the region. */
  let derived: Provider;
  /** As if the stack had moved to another region and its endpoints. */
  let moved: Provider;
  /** The same region and project behind another address. */
  let home: Provider;
  before(async () => {
    harness = await Harness.open();
    await harness.start();
    const other = harness.emulator.url;
    [derived, moved, home] = await Promise.all([
      harness.newRun(harness.config({ ...USER, endpoints: undefined })),
      harness.newRun(harness.config({ region: "cn-north-4" }, other)),
      harness.newRun(harness.config({ projectId: undefined }, other)),
    ]);
  });
  beforeEach(() => harness.emulator.clearRequests());
  after(() => harness.close());

  async function refusesAll(
    provider: Provider,
    state: State,
    code: string,
    ...said: RegExp[]
  ): Promise<void> {
    const { inputs } = state;
    const calls = {
      read: () => provider.read(state),
      update: () => provider.update(state, { ...inputs, description: "changed" }),
      delete: () => provider.delete(state),
    };
    for (const [hook, call] of Object.entries(calls)) {
      await assert.rejects(call(), failsWithCause(code, ...said), hook);
    }
    assert.deepEqual(harness.emulator.requests, []);
  }

  for (const kind of KINDS) {
    describe(kind.title, () => {
      it("refuses a recorded region, project or endpoint that is none, before anything is sent", async () => {
        const { state } = await harness.provider.up(kind.program("recorded"));
        harness.emulator.clearRequests();
        for (const region of ["evil.example:443/x", "eu-de.evil.example", "eu-ed", "evil"]) {
          await refusesAll(
            derived,
            inState(state, { region, endpoint: "https://a.example" }),
            "CONFIGURATION",
          );
        }
        const projectId = "../../evil";
        await refusesAll(home, inState(state, { projectId }), "CONFIGURATION", /project/);
        const endpoint = "https://evil.example";
        await refusesAll(derived, inState(state, { endpoint }), "ENDPOINT_REFUSED", /evil\.example/);
        await harness.provider.delete(state);
      });

      it("keeps to the recorded endpoint where region and endpoints moved together", async () => {
        const { state } = await harness.provider.up(kind.program("moved"));
        harness.emulator.clearRequests();
        const [old, today] = [harness.tap.url, harness.emulator.url].map((url) => new URL(url).host);
        await refusesAll(moved, state, "ENDPOINT_REFUSED", new RegExp(`${old}.*${today}`));
        assert.equal(
          (await home.read(state))?.id,
          state.id,
          "an override of the same region and project counts",
        );
        await home.delete(state);
        assert.deepEqual(kind.made(harness.emulator, "moved"), []);
      });

      it("refuses a region that nobody knows in a preview, and says which is meant", async () => {
        const args = kind.program("typo", { region: "cn-nroth-4" });
        await assert.rejects(derived.check(args), /region.*did you mean "cn-north-4"/);
        assert.equal(
          (await harness.provider.check(args)).region,
          "cn-nroth-4",
          "its endpoints are configured",
        );
      });

      it("warns that a changed region of the configuration moves the task", async () => {
        const inputs = await harness.provider.check(kind.program("warned"));
        const { region, regionFrom } = await moved.check(kind.program("warned"), inputs);
        assert.deepEqual([region, regionFrom], ["cn-north-4", "config"]);
        const warning =
          /warning: the region in the provider or the stack configuration changed from eu-de to cn-north-4.*deleted/;
        await until(() => warning.test(moved.process.output));
      });
    });
  }

  it("takes a region that nobody names from the address of IAM", async () => {
    const env = { OS_AUTH_URL: "https://iam.cn-north-4.myhuaweicloud.com/v3" };
    const provider = await harness.newRun(harness.config({ region: undefined }), env);
    const inputs = await provider.check(KINDS[0]!.program("implied"));
    assert.deepEqual([inputs.region, inputs.regionFrom], ["cn-north-4", "machine"]);
  });

  it("sends no token of one cloud to another one", async () => {
    const env = { OS_AUTH_URL: "https://iam.cn-north-4.myhuaweicloud.com/v3" };
    const provider = await harness.newRun(harness.config({ endpoints: undefined }), env);
    for (const kind of KINDS) {
      await assert.rejects(provider.check(kind.program("clouds")), /video-analysis:cloud/);
      const inputs = await harness.provider.check(kind.program("clouds"));
      await assert.rejects(provider.create(inputs), failsWithCause("CONFIGURATION", /video-analysis:cloud/));
    }
    assert.deepEqual(harness.emulator.requests, []);
  });
});
