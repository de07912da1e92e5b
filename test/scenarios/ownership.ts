/** The words that scenarios of ownership share. */
import assert from "node:assert/strict";
import type { JsonObject } from "../../testkit/emulator";
import type { Program } from "./program";
import type { Look } from "./scenario";

export const CREATED = ["createServiceTask"];
export const DELETED = ["deleteServiceTask"];

/** The service has exactly the tasks that the state has. */
export const settled = ({ emulator, exported }: Look): void => {
  const live = emulator.tasks().map(({ id }) => id);
  const recorded = (exported.deployment.resources ?? []).flatMap(
    ({ outputs }) => (outputs?.["taskIds"] ?? []) as string[],
  );
  if (JSON.stringify(live.sort()) !== JSON.stringify([...new Set(recorded)].sort())) {
    throw new Error(`the service has ${live.join()}, the state ${recorded.join()}`);
  }
};

export const again = (args: JsonObject): Program => ({ tasks: { cam: { args } } });

/** Of each class there is what is recorded, and nothing else. */
export const asRecorded =
  (names: readonly string[]) =>
  ({ emulator, ids }: Look): void => {
    const tasks = emulator.tasks().filter((task) => task["batch_id"] === undefined);
    const live = [...tasks, ...emulator.batches()].map(({ id }) => id);
    assert.deepEqual(live.sort(), names.flatMap(ids).sort());
  };
