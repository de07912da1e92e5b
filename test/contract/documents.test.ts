import assert from "node:assert/strict";
import { type Document, DOCUMENTED_SERVICES, documentsOf } from "../support/documents";
import { Harness } from "./harness";
import { type Kind, KINDS } from "./kinds";
import { plain, type Props } from "./values";
import { contract } from "./part";

type Row = Pick<Document, "title" | "args" | "body">;

/** The documents of a resource type, and its largest program. Each name is used once in a run of the engine. */
function rows(kind: Kind): Row[] {
  const full = { title: "every argument at once", args: kind.full("full"), body: kind.fullBody("full") };
  const taken = new Set<unknown>();
  return [...documentsOf(kind.title), full].map(({ title, args, body }, index) => {
    const name = taken.has(args.name) ? `${String(args.name)}-${index}` : args.name;
    taken.add(name);
    return { title, args: { ...args, name }, body: { ...body, name } };
  });
}

/** How many tasks a service makes of a create: one of each input, or of each video source. */
function tasksOf({ input }: Props): number | undefined {
  return (input as { data: unknown[] } | undefined)?.data.length;
}

export const part = contract("documented bodies", () => {
  let harness: Harness;
  before(async () => {
    // `logSecrets` keeps header values in the log, so that bodies can be compared whole.
    harness = await Harness.open({ logSecrets: true, passwordEcho: "echo", services: DOCUMENTED_SERVICES });
    await harness.start();
  });
  after(() => harness.close());
  afterEach(() => harness.emulator.clearRequests());

  for (const kind of KINDS) {
    describe(kind.title, () => {
      for (const { title, args, body } of rows(kind)) {
        it(`go through a whole life: ${title}`, async () => {
          const { provider, emulator } = harness;
          const program = { __provider: kind.provider, ...args };
          const name = String(args.name);
          const { state } = await provider.up(program);

          const posts = emulator.calls({ operation: kind.operations.create, service: kind.service });
          assert.equal(posts.length, 1);
          assert.deepEqual(posts[0]?.body, body);
          assert.equal(posts[0].path, `/${kind.service}${kind.createPath(emulator.projectId, args)}`);
          const ids = kind.made(emulator, name);
          assert.equal(ids.length, tasksOf(args) ?? 1);
          assert.equal(state.id, kind.idFor(ids, args));
          assert.deepEqual(state.outputs.taskIds, kind.taskIds(emulator, name));
          assert.equal(state.outputs.__provider, kind.provider);

          const checked = await provider.check(program, state.inputs);
          assert.deepEqual(checked, state.inputs, "check must be idempotent");
          const again = await provider.up(program, state);
          assert.equal(again.op, "same");

          const refreshed = await provider.refresh(again.state);
          assert.deepEqual(refreshed?.changed, []);
          assert.deepEqual(plain(refreshed.state.inputs), plain(state.inputs), "a read gives the inputs");
          assert.notEqual(refreshed.diff.changes, "some");
          assert.deepEqual(refreshed.diff.replaces, []);
          assert.equal((await provider.up(program, refreshed.state)).op, "same");

          await provider.delete(refreshed.state);
          assert.deepEqual(kind.made(emulator, name), []);
          assert.equal(await provider.refresh(refreshed.state), undefined);
          assert.equal(emulator.calls({ operation: kind.operations.update ?? "none" }).length, 0);
        });
      }
    });
  }
});
