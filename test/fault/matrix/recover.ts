/** The run after a fault: it converges, or stops where the user has to decide, and names the ids to adopt. */
import assert from "node:assert/strict";
import { CallFailed } from "../../contract/failures";
import type { Provider } from "../../contract/provider";
import { changedPaths, type Props } from "../../contract/values";
import type { Outcome, Resource } from "../resource";
import type { CellScene } from "./scene";
import type { SharedRun } from "./shared-run";

/** Runs of the engine until everything is as wished: one, and one more for each decision that is the user's. */
const MOST_RUNS = 4;

/** Where an `up` stops and asks the user (docs/concepts.md, "Names"). */
const STOPS: ReadonlySet<string> = new Set(["NAME_TAKEN", "CREATE_AMBIGUOUS"]);

export async function recover(
  scene: CellScene,
  { next, last }: Readonly<Record<"next" | "last", SharedRun>>,
  before: Outcome,
): Promise<void> {
  const { resource, operation } = scene;
  const run = await scene.enter(next);
  if (operation.act === "destroy") {
    const { error } = await resource.destroy(run);
    assert.equal(error, undefined, `the next destroy: ${error?.message ?? ""}`);
  } else {
    if (operation.act === "refresh") {
      const { error } = await resource.refresh(run);
      assert.equal(error, undefined, `the next refresh: ${error?.message ?? ""}`);
    }
    const args = await converge(scene, run, before);
    assertWhole(scene);
    await assertSettled({ resource, args }, run);
    const { error } = await resource.destroy(await scene.enter(last));
    assert.equal(error, undefined, `destroy: ${error?.message ?? ""}`);
  }
  assert.deepEqual(scene.made, [], "a destroy empties the service");
  scene.assertUnharmed();
}

/** The program that it took. */
async function converge(scene: CellScene, run: Provider, before: Outcome): Promise<Props> {
  const { resource, operation } = scene;
  let args = scene.program();
  for (let runs = 1; ; runs += 1) {
    const held = scene.made;
    const { error } = await resource.up(run, args);
    if (error === undefined) return args;
    assert.ok(runs < MOST_RUNS && error instanceof CallFailed, `the next up: ${error.message}`);
    if (error.code === "TASK_GONE") {
      assert.deepEqual(held, [], error.message);
      await resource.refresh(run);
      continue;
    }
    assert.ok(STOPS.has(error.code), `the next up: ${error.message}`);
    // Only a name of the user's own, what no read shows, or a lost answer leads here; and never without the ids.
    const lost = before.error instanceof CallFailed && before.error.code === "CREATE_AMBIGUOUS";
    const isAsked = operation.given === true || scene.kind.features.unreadable.length > 0;
    assert.ok((isAsked && held.length > 0) || lost, error.message);
    const [, adopt] = /adopt: "([^"]+)"/.exec(error.message) ?? [];
    assert.ok(adopt !== undefined, `names the ids to adopt: ${error.message}`);
    args = { ...args, adopt };
  }
}

/** The state knows exactly what the service has, which is what the program asked for. */
function assertWhole(scene: CellScene): void {
  const { resource, subject, operation, made, kind } = scene;
  assert.equal(
    made.length,
    subject.tasksOf(operation.sources ?? 1),
    `no duplicate, nothing missing: ${made.join()}`,
  );
  const [id = ""] = resource.ids;
  const sorted = (text: string): string => text.replace(/^.*\//, "").split(",").sort().join();
  assert.equal(sorted(id), sorted(kind.idFor(made)), "the state has the id");
  assert.deepEqual(resource.state?.outputs.unfinished, []);
  assert.deepEqual(resource.state.initErrors, []);
  scene.settle();
  for (const item of made)
    assert.ok(operation.live?.(scene, item) ?? true, "the service has what was asked for");
}

/** A resource, and the program that made it what it is. */
interface Settling {
  readonly resource: Resource;
  readonly args: Props;
}

/** A further run finds nothing to do, and a refresh no drift. */
async function assertSettled({ resource: { state }, args }: Settling, run: Provider): Promise<void> {
  assert.ok(state !== undefined);
  const { op } = await run.preview(args, state);
  assert.equal(op, "same", "a further run finds nothing to do");
  const read = await run.read(state);
  assert.deepEqual(changedPaths(state.inputs, read?.inputs), [], "a refresh shows no drift");
}
