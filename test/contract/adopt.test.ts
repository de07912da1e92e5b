import assert from "node:assert/strict";
import { DEFAULT_ACCESS_KEY } from "../../testkit/emulator";
import { Harness, failsWith, without } from "./harness";
import type { Provider } from "./provider";
import { changed, type Kind, KINDS, serviceTaskKind, videoAnalysisJobKind } from "./kinds";
import type { Props } from "./values";
import { contract } from "./part";

/** A second project of the same account; the services are those of the first one. */
const OTHER_PROJECT = { id: "b".repeat(32), name: "eu-de_other" };

export const part = contract("adopt", () => {
  let harness: Harness;
  /** A later run of the engine, whose process remembers nothing of the first one. */
  let later: Provider;
  before(async () => {
    harness = await Harness.open({ projects: [OTHER_PROJECT] });
    await harness.start();
    later = await harness.newRun();
  });
  after(() => harness.close());

  /** A create whose result never reached the state; its id. */
  async function lost(args: Props): Promise<string> {
    return (await harness.provider.up(args)).state.id;
  }

  const joined = KINDS.filter(({ features }) => features.severalIds);
  for (const kind of joined) {
    it(`takes over exactly the given tasks, in any order: ${kind.title}`, async () => {
      const sources = kind.sources(2);
      await lost(kind.program("turned", sources));
      const [first = "", second = ""] = kind.made(harness.emulator, "turned");
      const args = kind.program("turned", { ...sources, adopt: kind.idFor([second, first]) });
      const { state } = await later.up(args);
      assert.deepEqual(state.outputs.taskIds, [second, first]);
      assert.deepEqual((await later.refresh(state))?.changed, []);
    });
  }

  for (const kind of KINDS) {
    describe(kind.title, () => {
      const program = (name: string, more?: Props): Props => kind.program(name, more);
      const posts = (name: string): number => harness.posts(name, kind);
      const writes = (name: string): number => harness.posts(name, kind) + puts(kind, name);

      it("takes a live name where none is given, and changes nothing that fits", async () => {
        const adopt = await lost(program("adopted", kind.sources(2)));
        const unnamed = without(program("", kind.sources(2)), "name");
        const adopting = { ...unnamed, adopt };
        const { state } = await later.up(adopting);
        assert.deepEqual([state.id, state.outputs.name, writes("adopted")], [adopt, "adopted", 1]);
        assert.equal((await later.up(adopting, state)).op, "same");
        const refreshed = await later.refresh(state);
        assert.deepEqual(refreshed?.changed, []);
        assert.equal((await later.up(adopting, refreshed.state)).op, "same");
        const unasked = await later.up(unnamed, state);
        assert.equal(unasked.op, "update", "dropping `adopt` writes the outputs, and nothing else");
        assert.equal(writes("adopted"), 1);
      });

      it("happens in create only: check, diff and read call nothing for it and bring nothing back", async () => {
        const adopt = await lost(program("only-create"));
        const args = program("only-create", { adopt });
        const planning = await harness.newRun();
        harness.emulator.clearRequests();
        assert.equal((await planning.preview(args)).op, "create");
        assert.deepEqual(harness.emulator.requests, []);
        const { state } = await later.up(args);
        const other = program("only-create", { adopt: kind.missing });
        assert.equal((await (await harness.newRun()).preview(other, state)).op, "update");
        for (const id of kind.made(harness.emulator, "only-create")) kind.remove(harness.emulator, id);
        harness.emulator.clearRequests();
        assert.equal(await later.refresh(state), undefined, "what was adopted and is gone is gone");
        assert.deepEqual([...new Set(harness.emulator.requests.map(({ method }) => method))], ["GET"]);
        const run = await harness.newRun();
        await assert.rejects(run.up(args), failsWith("ADOPT_NOT_FOUND"));
        assert.equal(posts("only-create"), 0);
      });

      it("finds no task of another project", async () => {
        const adopt = await lost(program("elsewhere"));
        const key = { accessKey: DEFAULT_ACCESS_KEY.accessKey, secretKey: DEFAULT_ACCESS_KEY.secretKey };
        const abroad = await harness.newRun(
          harness.config({ projectId: OTHER_PROJECT.id, token: undefined, ...key }),
        );
        const code = kind.subscription === undefined ? "ADOPT_NOT_FOUND" : "SERVICE_NOT_FOUND";
        await assert.rejects(abroad.up(program("elsewhere", { adopt })), failsWith(code));
        assert.equal(posts("elsewhere"), 1);
      });

      it("brings the run state about at once", async () => {
        const adopt = await lost(program("adopted-stopped"));
        const args = program("adopted-stopped", { adopt, desiredState: "stopped" });
        assert.equal((await later.up(args)).state.outputs.state, "STOPPED");
      });

      it("never creates instead", async () => {
        const args = program("not-there", { adopt: kind.missing });
        await assert.rejects(later.up(args), failsWith("ADOPT_NOT_FOUND", /remove `adopt`/));
        assert.equal(posts("not-there"), 0);
        await assert.rejects(later.up(program("nonsense", { adopt: "no id" })), failsWith("INVALID_ID"));
      });

      it("refuses a replacement while it is still there", async () => {
        const adopt = await lost(program("kept"));
        const args = program("kept", { adopt });
        const { state } = await later.up(args);
        const change = { argument: "triggers", value: ["again"] };
        await assert.rejects(later.up(changed(args, change), state), /remove `adopt` first/);
        const plan = await later.preview(changed(without(args, "adopt"), change), state);
        assert.equal(plan.op, "replace");
      });
    });
  }

  for (const kind of KINDS.filter(({ features }) => features.drift === "updated")) {
    it(`applies what an update can change, and only that: ${kind.title}`, async () => {
      const adopt = await lost(kind.program("improved"));
      const args = kind.program("improved", {
        adopt,
        description: "new",
        output: { dis: { streamName: "b" } },
      });
      const { state } = await later.up(args);
      assert.deepEqual([state.id, puts(kind, "improved"), harness.posts("improved", kind)], [adopt, 1, 1]);
      const refreshed = await later.refresh(state);
      assert.deepEqual([refreshed?.changed, refreshed?.state.outputs.description], [[], "new"]);
    });
  }

  for (const kind of joined) {
    it(`refuses what only a replacement could change, and lists it: ${kind.title}`, async () => {
      const adopt = await lost(kind.program("unlike", kind.sources(2)));
      const other = kind.program("unlike", { ...kind.sources(2, 2), adopt });
      await assert.rejects(later.up(other), failsWith("ADOPT_MISMATCH", /input\.data\[/));
      const [service = ""] = Object.keys(other).filter((key) => /^service(?:Id|Name)$/.test(key));
      const elsewhere = kind.program("unlike", {
        ...kind.sources(2),
        adopt: adopt.replace(/^[^/]+/, "other-service"),
      });
      await assert.rejects(later.up(elsewhere), failsWith("ADOPT_MISMATCH", new RegExp(service)));
      assert.equal(puts(kind, "unlike"), 0);
    });
  }

  it("refuses of a job what no update can do: another version, and a schedule taken away", async () => {
    const kind = videoAnalysisJobKind;
    const adopt = await lost(kind.program("timed", kind.scheduled));
    const clearing = kind.program("timed", { adopt });
    await assert.rejects(later.up(clearing), failsWith("ADOPT_MISMATCH", /timing/));
    const version = kind.program("timed", { ...kind.scheduled, adopt, serviceVersion: "1.1" });
    const run = await harness.newRun();
    await assert.rejects(run.up(version), failsWith("ADOPT_MISMATCH", /serviceVersion/));
    assert.equal(puts(kind, "timed"), 0);
  });

  it("refuses every difference of a service task, whose API has no update", async () => {
    const kind = serviceTaskKind;
    const adopt = await lost(kind.program("fixed", { description: "there" }));
    const args = kind.program("fixed-too", { adopt, description: "here", config: { a: 1 } });
    await assert.rejects(later.up(args), failsWith("ADOPT_MISMATCH", /name: /, /description/, /config/));
  });

  const puts = ({ operations, service }: Kind, name: string): number =>
    operations.update === undefined
      ? 0
      : harness.emulator.calls({ operation: operations.update, service, name }).length;
});
