import assert from "node:assert/strict";
import { Harness, defaultNamed } from "./harness";
import { CheckFailed } from "./failures";
import type { Provider } from "./provider";
import { isDetailed } from "./state";
import { changed, type Kind, KINDS } from "./kinds";
import { iefArgs } from "./kinds/service-task";
import { batchTaskRefused } from "./refused/batch-task";
import { refusedOf, type Refused } from "./refused/refused";
import { serviceTaskRefused } from "./refused/service-task";
import { videoAnalysisJobRefused } from "./refused/video-analysis-job";
import { plain, type Props, UNKNOWN } from "./values";
import { contract } from "./part";

const REFUSED: Readonly<Record<Kind["title"], readonly Refused[]>> = {
  ServiceTask: serviceTaskRefused,
  BatchTask: batchTaskRefused,
  VideoAnalysisJob: videoAnalysisJobRefused,
};

/** Arguments beside the API's whose change is an update that only writes the outputs. */
const OWN_CHANGES = { desiredState: undefined, waitFor: "running", timeouts: { read: "2m" } };

/** The name, and what names are unique in: where one of them changes, the new task comes first. */
const UNIQUE_BY: Readonly<Record<Kind["title"], readonly string[]>> = {
  ServiceTask: ["name", "serviceId", "region"],
  BatchTask: ["name", "region"],
  VideoAnalysisJob: ["name", "serviceName", "region"],
};

const titleOf = ({ argument, value }: { argument: string; value: unknown }): string =>
  value === undefined ? `${argument}, which is taken away` : argument;

const planned = (provider: Provider, inputs: Props, news: Props): ReturnType<Provider["diff"]> =>
  provider.diff("s/t", { ...inputs, stateVersion: 1, unfinished: [] }, news, inputs);

export const part = contract("check", () => {
  let harness: Harness;
  before(async () => {
    harness = await Harness.open();
    await harness.start();
  });
  after(() => harness.close());

  for (const kind of KINDS) {
    describe(kind.title, () => {
      for (const [title, args, ...properties] of [...refusedOf(kind), ...REFUSED[kind.title]]) {
        it(`refuses ${title}`, async () => {
          await assert.rejects(harness.provider.check(args), (error) => {
            assert.ok(error instanceof CheckFailed, String(error));
            assert.deepEqual([...error.properties].sort(), [...properties].sort(), error.message);
            for (const { reason } of error.failures) assert.ok(reason.length > 5, reason);
            return true;
          });
        });
      }

      it("suggests the property that was meant", async () => {
        const args = kind.program("bad", { desired_state: "running" });
        await assert.rejects(harness.provider.check(args), /did you mean `desiredState`/);
      });

      it("sends nothing for any of it", () => assert.deepEqual(harness.emulator.requests, []));

      it("adds nothing but name, region and where they are from", async () => {
        const args = kind.program("adds-nothing");
        const { region } = harness.emulator;
        const added = { nameIsDefault: false, region, regionFrom: "config" };
        assert.deepEqual(await harness.provider.check(args), { ...args, ...added });
        const full = kind.full("adds-nothing");
        assert.deepEqual(plain(await harness.provider.check(full)), { ...full, ...added });
      });

      it("keeps a default name for the life of the resource, and a given name wins", async () => {
        const { provider } = harness;
        const first = await provider.check(defaultNamed(kind.program("one-111111111111")));
        assert.deepEqual([first.name, first.nameIsDefault], ["one-111111111111", true]);
        const renamed = await provider.check(defaultNamed(kind.program("two-222222222222")), first);
        assert.equal(renamed.name, "one-111111111111");
        assert.equal("autoName" in renamed, false);
        const given = await provider.check(kind.program("given"), first);
        assert.deepEqual([given.name, given.nameIsDefault], ["given", false]);
      });

      it("tolerates an unknown value in every place", async () => {
        const { __provider, ...base } = kind.full("unknown-places");
        for (const { path, args } of withUnknowns(base)) {
          const inputs = await harness.provider.check({ ...args, __provider }).catch((error: unknown) => {
            throw new Error(`${path}: ${String(error)}`);
          });
          const unknowns = JSON.stringify(inputs).split(UNKNOWN).length - 1;
          assert.equal(unknowns, 1, `${path} must come back unknown, once`);
        }
      });

      it("plans every change of a known resource with unknown values too", async () => {
        const { provider } = harness;
        const { __provider, ...base } = kind.full("unknown-diff");
        const inputs = await provider.check({ ...base, __provider });
        for (const { path, args } of withUnknowns(base)) {
          const news = await provider.check({ ...args, __provider }, inputs);
          const { changes } = await planned(provider, inputs, news);
          assert.notEqual(changes, "none", `${path} may change`);
        }
      });

      for (const change of kind.replacing) {
        it(`replaces for a change of ${titleOf(change)}`, async () => {
          const { provider } = harness;
          const args = kind.full("replaces");
          const inputs = await provider.check(args);
          const diff = await planned(provider, inputs, await provider.check(changed(args, change), inputs));
          assert.deepEqual(diff.replaces, [change.argument]);
          assert.ok(isDetailed(diff));
          assert.equal(diff.deleteBeforeReplace, !UNIQUE_BY[kind.title].includes(change.argument));
        });
      }

      for (const change of kind.updating) {
        it(`updates in place for a change of ${titleOf(change)}`, async () => {
          const { provider } = harness;
          const args = kind.full("updates");
          const inputs = await provider.check(args);
          const diff = await planned(provider, inputs, await provider.check(changed(args, change), inputs));
          assert.deepEqual([diff.replaces, isDetailed(diff)], [[], true]);
        });
      }

      it("updates for a change of what the API does not take", async () => {
        const { provider } = harness;
        const args = kind.full("own");
        const inputs = await provider.check(args);
        for (const [argument, value] of Object.entries(OWN_CHANGES)) {
          const news = await provider.check(changed(args, { argument, value }), inputs);
          const diff = await planned(provider, inputs, news);
          assert.deepEqual([argument, diff.replaces, isDetailed(diff)], [argument, [], true]);
        }
      });

      it("takes another spelling of the same for no change", async () => {
        const { provider } = harness;
        const scheduled = kind.scheduled[kind.schedule] as { type: string };
        const spelled = (type: string): Props =>
          kind.program("spelled", { [kind.schedule]: { ...scheduled, type } });
        const inputs = await provider.check(spelled(scheduled.type.toUpperCase()));
        const news = await provider.check(spelled(scheduled.type), inputs);
        const diff = await planned(provider, inputs, news);
        assert.deepEqual([diff.changes, diff.replaces], ["none", []]);
      });
    });
  }

  it("takes a mode that ModelArts alone has in any spelling, or left out", async () => {
    const { provider } = harness;
    const schedule = {
      type: "daily",
      timezone: "+08:00",
      periods: [{ beginAt: "08:00:00", endAt: "20:00:00" }],
    };
    const inputs = await provider.check(iefArgs("mode", { schedule }));
    const news = await provider.check(
      iefArgs("mode", { schedule: { ...schedule, executionMode: "PERIOD" } }),
      inputs,
    );
    assert.equal((await planned(provider, inputs, news)).changes, "none");
  });
});

/** Copies of the arguments with the unknown sentinel at one place each. */
function withUnknowns(value: unknown, path = ""): { path: string; args: Props }[] {
  const spots = (inner: unknown, at: string): { path: string; args: unknown }[] => {
    const here = { path: at, args: UNKNOWN as unknown };
    if (Array.isArray(inner)) {
      const items: readonly unknown[] = inner;
      return [
        here,
        ...items.flatMap((item, index) =>
          spots(item, `${at}[${index}]`).map((spot) => ({ ...spot, args: items.with(index, spot.args) })),
        ),
      ];
    }
    if (typeof inner !== "object" || inner === null) return [here];
    const nested = Object.entries(inner).flatMap(([key, item]) =>
      spots(item, `${at}.${key}`).map((spot) => ({ ...spot, args: { ...inner, [key]: spot.args } })),
    );
    return [here, ...nested];
  };
  return spots(value, path).filter((spot): spot is { path: string; args: Props } => spot.path !== path);
}
