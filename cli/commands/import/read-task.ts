/** Reads an existing task as a program would declare it: its arguments, and those that no call returns. */
import type { PropertyMap, Path } from "../../../provider/common/json";
import { importState, type Imported } from "../../../provider/core/operations/import-state";
import type { ResourceDefinition } from "../../../provider/core/contract";
import type { RunContext } from "../../../provider/core/operation";
import { suppliedBy, type SuppliedValues } from "./values";

export interface ExistingTask extends Imported {
  readonly id: string;
}

/**
 * @param given arguments that no service knows
 * @param values those that the user supplies
 * @throws `NOT_FOUND` where there is none, `ADOPT_MISMATCH` for several that one resource could not have made
 */
export async function readTask(
  definition: ResourceDefinition,
  id: string,
  given: PropertyMap,
  values: SuppliedValues,
  context: RunContext,
): Promise<ExistingTask> {
  const supply = (open: readonly Path[]): ReturnType<typeof suppliedBy> => suppliedBy(values, open, id);
  const imported = await importState(definition, id, { given, supply }, context);
  const unreadable = imported.unreadable.filter(({ path }) => !isNeedless(imported.args, path));
  return { ...imported, id, unreadable };
}

/** The documents demand it on Edge only (ModelArts, Creating a Service Task, table 13). */
const isNeedless = ({ platform }: PropertyMap, [key]: Path): boolean =>
  platform === "ief" && key === "sourceUsageEstimate";
