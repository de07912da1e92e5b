/** One cell: an operation that meets its fault, the state of affairs after it, and the run that follows. */
import assert from "node:assert/strict";
import { CallFailed, CheckFailed, InitFailed } from "../../contract/failures";
import type { Provider } from "../../contract/provider";
import type { Outcome } from "../resource";
import type { Cell } from "./cells";
import { TIMEOUT } from "./faults";
import { operationOf } from "./requests";
import { CellScene } from "./scene";
import type { SharedRun } from "./shared-run";
import { recover } from "./recover";

export interface Runs {
  /** The process that meets the faults. */
  readonly first: SharedRun;
  /** That of the run of the engine that comes next. */
  readonly next: SharedRun;
  /** An earlier and a later one: a run reserves the names that it creates, and does not delete what it took over. */
  readonly last: SharedRun;
}

/** Time that a busy machine may take beyond a timeout, in milliseconds. */
const MARGIN = 4000;

const nameOf = ({ number }: Pick<Cell, "number">): string => `cell-${number}`;

/** The operation itself, in its run. */
function act(scene: CellScene, run: Provider, timeout: number): Promise<Outcome> {
  const { resource, operation } = scene;
  switch (operation.act) {
    case "up":
      return resource.up(run, scene.program(timeout));
    case "refresh":
      return resource.refresh(run);
    case "destroy":
      return resource.destroy(run);
  }
}

/** Names of the requests that the operation makes with nothing in the way, in order. */
export async function trace(
  cell: Pick<Cell, "subject" | "operation" | "number">,
  runs: Runs,
): Promise<string[]> {
  const scene = await CellScene.open(cell.subject, cell.operation, `trace-${cell.number}`, false);
  try {
    await scene.prepare(runs.last, runs.first);
    scene.emulator.clearRequests();
    const { error } = await act(scene, runs.first.provider, TIMEOUT);
    if (error !== undefined) throw error;
    return scene.emulator.requests.map(({ operation }) => operation);
  } finally {
    await scene.close();
  }
}

/** Lets the fault loose; the function takes it away and says whether it struck. */
async function arm(cell: Cell, scene: CellScene, traced: readonly string[]): Promise<() => boolean> {
  const { fault } = cell.fault;
  const operation = operationOf(scene.kind, cell.request.kind);
  const earlier = cell.request.nth - 1;
  if (fault.kind !== "refused") {
    scene.emulator.inject({ ...fault, after: earlier, match: { operation } });
    return () => {
      const struck = scene.emulator.requests.some((entry) => entry.fault !== undefined);
      scene.emulator.clearFaults();
      return struck;
    };
  }
  const places = [...traced.entries()].filter(([, name]) => name === operation).map(([index]) => index);
  const index = places[earlier];
  assert.ok(index !== undefined && scene.relay !== undefined, "the trace knows the request");
  const before = scene.relay.answers;
  await scene.relay.refuseAfter(index, fault.reopenAfter);
  return () => (scene.relay?.answers ?? 0) - before >= index;
}

const told = ({ op, error }: Outcome): string => `${op}: ${error?.message ?? "succeeded"}`;

/** Only errors that the package made for its user. */
function assertOwn({ error }: Outcome): void {
  if (error === undefined) return;
  assert.ok(!(error instanceof CheckFailed), error.message);
  if (error instanceof InitFailed) {
    assert.ok(error.details.reasons.length > 0 && error.details.reasons.every((reason) => reason !== ""));
    assert.ok(error.details.id !== "", "an initialization error has the id");
  } else {
    assert.ok(error instanceof CallFailed && error.code !== "", `an error of the package: ${error.message}`);
  }
}

/** The time was too short for this machine: over before the fault struck, or before it was overcome. */
class TooSlow extends Error {}

/** Each has a name of its own: what an earlier one of the cell left behind is still held by the run. */
let attempts = 0;

/** How much more time a cell gets that was too slow. */
const MORE = 4;

const isTimeout = ({ error }: Outcome): boolean => /TIMEOUT: /.test(error?.message ?? "");

/** Every attempt of the client fell into the refusal: pauses are short in a process under test, the refusal is not. */
const outranRefusal = ({ error }: Outcome): boolean => /ECONNREFUSED/.test(error?.message ?? "");

const isAmbiguous = ({ error }: Outcome): boolean => /^CREATE_AMBIGUOUS: /.test(error?.message ?? "");

/** Runs a cell; throws what it broke. */
export async function runCell(
  cell: Cell,
  runs: Runs,
  traced: readonly string[],
  patience = 1,
): Promise<void> {
  try {
    await tryCell(cell, runs, traced, patience);
  } catch (error) {
    if (!(error instanceof TooSlow) || patience > MORE) throw error;
    await runCell(cell, runs, traced, patience * MORE);
  }
}

async function tryCell(cell: Cell, runs: Runs, traced: readonly string[], patience: number): Promise<void> {
  const refused = cell.fault.fault.kind === "refused";
  const name = `${nameOf(cell)}-${(attempts += 1)}`;
  const scene = await CellScene.open(cell.subject, cell.operation, name, refused);
  let story = "";
  try {
    const { resource, operation } = scene;
    const timeout = (cell.fault.timeout ?? TIMEOUT) * patience;
    await scene.prepare(runs.last, runs.first);
    scene.emulator.clearRequests();
    scene.limit(timeout);
    const knew = resource.ids;
    const there = scene.made;
    const disarm = await arm(cell, scene, traced);
    const begin = performance.now();
    const outcome = await act(scene, runs.first.provider, timeout);
    const took = performance.now() - begin;
    story = `after ${told(outcome)}`;
    const struck = disarm();
    scene.limit();

    if (!struck) throw new TooSlow("the fault did not strike: else the table of requests is wrong");
    assertOwn(outcome);
    const parts = operation.title === "replace" ? 2 : 1;
    assert.ok(took <= parts * timeout + MARGIN, `ended within its timeout, not after ${took} ms`);
    if (cell.fault.passes && cell.request.kind !== "create" && outcome.error !== undefined) {
      const text = "what passes is overcome";
      throw isTimeout(outcome) || outranRefusal(outcome) ? new TooSlow(text) : new Error(text);
    }
    const expected = cell.subject.tasksOf(operation.sources ?? 1);
    assert.ok(scene.made.length <= expected, `no duplicate: ${scene.made.join()}`);
    const lives = there.filter((id) => scene.made.includes(id));
    const mayForget = operation.title === "replace" && lives.length === 0;
    for (const id of knew) {
      const kept = resource.ids.includes(id);
      assert.ok(kept || mayForget || lives.length === 0, "the state has not lost an id");
    }
    const removes = operation.act === "destroy" || operation.title === "replace";
    if (!removes)
      assert.deepEqual(
        there.filter((id) => !scene.made.includes(id)),
        [],
        "nothing was deleted",
      );
    if (operation.act === "destroy" && outcome.error === undefined)
      assert.deepEqual(scene.made, [], "it is gone");
    scene.assertUnharmed();
    if (cell.fault.fault.kind === "stuckPending") scene.cure();
    // The next run cannot find a create that takes effect after its name lookups, so the effect comes first.
    if (cell.fault.fault.kind === "latency" && isAmbiguous(outcome)) await scene.untilMade();

    await recover(scene, runs, outcome);
  } catch (error) {
    if (error instanceof TooSlow && patience <= MORE) throw error;
    const failed = error instanceof Error ? error : new Error(String(error));
    const log = scene.emulator.requests.map(
      ({ operation, status, fault }) => `${operation} ${status}${fault === undefined ? "" : ` (${fault})`}`,
    );
    throw new Error(`${failed.message}\n${story}\nrequests: ${log.join(", ")}`, { cause: error });
  } finally {
    await scene.close();
  }
}
