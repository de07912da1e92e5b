import assert from "node:assert/strict";
import type { Fault } from "../../testkit/emulator";
import { Harness, failsWith, failsWithCause } from "./harness";
import type { State } from "./state";
import { type Kind, KINDS } from "./kinds";
import { plain, type Props } from "./values";
import { contract } from "./part";

/** Arguments that calls return, as they are in the state of `Kind.full`; groups and flags of a batch are not. */
const READABLE: Readonly<Record<Kind["title"], readonly string[]>> = {
  ServiceTask: ["serviceId", "name", "description", "schedule", "input", "output", "config"],
  BatchTask: ["name", "description", "schedule", "output", "config", "resourceOrderId"],
  VideoAnalysisJob: [
    "serviceName",
    "serviceVersion",
    "name",
    "description",
    "timing",
    "input",
    "output",
    "serviceConfig",
    "edgePoolId",
    "resourceOrderId",
  ],
};

/** How a service names another project's token. */
const WRONG_PROJECT: Readonly<Record<Kind["title"], RegExp>> = {
  ServiceTask: /ModelArts\.0210/,
  BatchTask: /VIAS\.00010005/,
  VideoAnalysisJob: /IVA\.0002/,
};

const troubles = (kind: Kind): readonly [string, Fault, RegExp][] => [
  ["a call that the gateway does not know", { kind: "notPublished" }, /APIG\.0101.*endpoints/],
  ["a 404 of a proxy", { kind: "malformed", status: 404 }, /no answer that the service documents/],
  ["another project's token", { kind: "wrongProject" }, WRONG_PROJECT[kind.title]],
  ["a missing permission", { kind: "forbidden" }, /permission/],
  [
    "an expired token that cannot be renewed",
    { kind: "unauthorizedExpired" },
    /VIDEO_ANALYSIS_CREDENTIALS=env/,
  ],
];

export const part = contract("read", () => {
  let harness: Harness;
  before(async () => {
    harness = await Harness.open();
    await harness.start();
  });
  after(() => harness.close());
  afterEach(() => harness.emulator.clearFaults());

  for (const kind of KINDS) {
    describe(kind.title, () => {
      const create = async (name: string, more: Props = {}): Promise<State> =>
        (await harness.provider.up(kind.program(name, more))).state;
      const id = (name: string): string => kind.made(harness.emulator, name)[0] ?? "";

      it("answers a blank id for what is gone", async () => {
        const state = await create("gone");
        kind.remove(harness.emulator, id("gone"));
        assert.equal(await harness.provider.read(state), undefined);
      });

      for (const [index, [title, fault, text]] of troubles(kind).entries()) {
        it(`is an error for ${title}`, async () => {
          const state = await create(`trouble-${index}`);
          harness.emulator.inject({ ...fault, match: { service: kind.service } });
          await assert.rejects(harness.provider.read(state), failsWithCause("REQUEST_FAILED", text));
          assert.equal((await harness.provider.read(state))?.id, state.id);
        });
      }

      for (const fault of ["drop", "truncated", "emptyBody", "resetBody"] as const) {
        it(`tries again after ${fault}`, async () => {
          const state = await create(`again-${fault}`);
          harness.emulator.inject({ kind: fault, match: { service: kind.service } });
          assert.deepEqual((await harness.provider.refresh(state))?.changed, []);
        });
      }

      it("refuses credentials of another project instead of finding nothing", async () => {
        const state = await create("project");
        const run = await harness.newRun(harness.config({ projectId: "f".repeat(32) }));
        await assert.rejects(
          run.read(state),
          failsWith("PROJECT_MISMATCH", new RegExp(harness.emulator.projectId)),
        );
      });

      it("refuses a recorded host that is neither derived nor configured", async () => {
        const state = await create("host");
        const run = await harness.newRun(harness.config({ endpoints: undefined }));
        await assert.rejects(run.read(state), failsWith("ENDPOINT_REFUSED", /127\.0\.0\.1/));
      });

      it("refuses state of a newer version", async () => {
        const state = await create("newer");
        const newer = { ...state, outputs: { ...state.outputs, stateVersion: 99 } };
        for (const action of [
          harness.provider.read(newer),
          harness.provider.delete(newer),
          harness.provider.update(newer, state.inputs),
        ]) {
          await assert.rejects(action, failsWith("STATE_TOO_NEW", /npm install/));
        }
      });

      it("fills a `get` with everything that the service shows", async () => {
        const { state } = await harness.provider.up(kind.full("got"));
        const got = await harness.provider.get(state.id, { __provider: kind.provider });
        const outputs = plain(got?.outputs);
        for (const key of ["taskIds", ...READABLE[kind.title]]) {
          assert.deepEqual(outputs[key], plain(state.outputs)[key], key);
        }
        assert.deepEqual((await harness.provider.refresh(got!))?.changed, []);
      });

      it("throws from a `get` for what does not exist, and for what is no id", async () => {
        const get = (missing: string): Promise<unknown> =>
          harness.provider.get(missing, { __provider: kind.provider });
        await assert.rejects(get(kind.missing), failsWith("NOT_FOUND", /Check the id/));
        await assert.rejects(get("no id"), failsWith("INVALID_ID", kind.idForm));
      });
    });
  }

  for (const kind of KINDS.filter(({ features }) => features.severalIds)) {
    it(`keeps what is left of several tasks, and gives up the source of the missing one: ${kind.title}`, async () => {
      const args = kind.program("partly", kind.sources(3));
      const { state } = await harness.provider.up(args);
      const ids = state.outputs.taskIds as string[];
      kind.remove(harness.emulator, ids[1] ?? "");
      const refreshed = await harness.provider.refresh(state);
      assert.equal(refreshed?.state.id, state.id);
      assert.deepEqual(refreshed.state.outputs.taskIds, [ids[0], ids[2]]);
      const { data } = args.input as { data: unknown[] };
      assert.deepEqual((refreshed.state.inputs.input as Props).data, [data[0], data[2]]);
      const plan = await harness.provider.preview(args, refreshed.state);
      assert.deepEqual([plan.op, plan.diff?.replaces], ["replace", ["input"]]);
    });
  }

  for (const kind of KINDS.filter(({ subscription }) => subscription !== undefined)) {
    it(`is SERVICE_NOT_FOUND, not gone, when the service is lost: ${kind.title}`, async () => {
      // A process that has seen the service answer trusts it, so this one is new.
      const { state } = await harness.provider.up(kind.program("service-lost"));
      const run = await harness.newRun();
      const lost = harness.emulator.services.find(({ id }) => id === kind.subscription);
      harness.emulator.removeService(lost!.id);
      await assert.rejects(run.read(state), failsWith("SERVICE_NOT_FOUND", /pulumi state delete/));
      await assert.rejects(run.delete(state), failsWith("SERVICE_NOT_FOUND", /pulumi state delete/));
      harness.emulator.addService(lost!);
      assert.equal((await run.read(state))?.id, state.id);
    });
  }
});
