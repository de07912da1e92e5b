/** The words that scenarios of ownership share. */
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
