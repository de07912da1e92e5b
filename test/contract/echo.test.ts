import assert from "node:assert/strict";
import { Harness } from "./harness";
import { KINDS } from "./kinds";
import type { Props } from "./values";
import { contract } from "./part";

/** Forms in which a service shows URLs and headers. */
const FORMS = [
  { urlEcho: "slash" },
  { urlEcho: "mask", headersEcho: "omit" },
  { urlEcho: "strip", headersEcho: "mask" },
] as const;

const webhook = (path: string, key: string): Props => ({
  output: { webhook: { url: `https://user:pw-canary@hooks.example.com/${path}`, headers: { "X-Key": key } } },
});

export const part = contract("forms in which services show what was written", () => {
  let harness: Harness;
  before(async () => {
    harness = await Harness.open({ transitions: { pendingMs: 0, startingMs: 0 } });
    await harness.start();
  });
  after(() => harness.close());
  afterEach(() => harness.emulator.configure({ urlEcho: "echo", headersEcho: "echo" }));

  for (const kind of KINDS) {
    describe(kind.title, () => {
      for (const [index, form] of FORMS.entries()) {
        const title = Object.entries(form)
          .map(([key, value]) => `${key}: ${value}`)
          .join(", ");
        it(`are no drift while they stay, and hide no change (${title})`, async () => {
          const name = `form-${index}`;
          harness.emulator.configure(form);
          const { state } = await harness.provider.up(kind.program(name, webhook("first", "k1")));
          const fresh = await harness.newRun();
          const first = await fresh.refresh(state);
          assert.deepEqual(first?.changed, []);
          assert.ok(state.outputs.echo !== undefined, "a form that differs is recorded");
          // The same service in another form shows a value that no program wrote.
          harness.emulator.configure({ urlEcho: "echo", headersEcho: "echo" });
          const plain = await (await harness.newRun()).refresh(state);
          assert.deepEqual(plain?.changed, [], "what equals the arguments is no drift either");
          for (const id of kind.made(harness.emulator, name)) kind.edit(harness.emulator, id, elsewhere);
          harness.emulator.configure(form);
          const changed = await (await harness.newRun()).refresh(state);
          assert.ok((changed?.changed.length ?? 0) > 0, "a change of the path is seen behind the form");
        });
      }

      it("are recorded for nothing where all is shown as it was written", async () => {
        harness.emulator.configure({ passwordEcho: "echo" });
        const { state } = await harness.provider.up(kind.program("plain", webhook("first", "k1")));
        assert.equal(state.outputs.echo, undefined);
      });
    });
  }

  it("are those of today after an update", async () => {
    const [, , job] = KINDS;
    assert.ok(job !== undefined);
    harness.emulator.configure({ urlEcho: "slash", headersEcho: "omit" });
    const { state } = await harness.provider.up(job.program("updated", webhook("first", "k1")));
    const step = await harness.provider.up(job.program("updated", webhook("second", "k2")), state);
    assert.equal(step.op, "update");
    const seen = await (await harness.newRun()).refresh(step.state);
    assert.deepEqual(seen?.changed, []);
  });
});

/** The webhook after a change by hand, in the service's own spelling. */
const elsewhere = {
  output: {
    webhook: { url: "https://user:pw-canary@hooks.example.com/elsewhere", headers: { "X-Key": "k1" } },
  },
};
