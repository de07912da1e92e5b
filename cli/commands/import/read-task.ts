/** Reads an existing task as a program would declare it: its arguments, and those that no call returns. */
import { type PropertyMap, type Path, setAt } from "../../../provider/common/json";
import { isWithin } from "../../../provider/core/drift/unreadable";
import {
  importState,
  type Imported,
  type ImportOptions,
} from "../../../provider/core/operations/import-state";
import type { ResourceDefinition } from "../../../provider/core/contract";
import type { RunContext } from "../../../provider/core/operation";
import type { BatchCatalog } from "./batch-catalog";
import { suppliedBy, type SuppliedValues } from "./values";

export interface ExistingTask extends Imported {
  readonly id: string;
}

/**
 * @param given arguments that no service knows
 * @param sources of the values that no call about the task returns: the user, and other lists
 * @throws `NOT_FOUND` where there is none, `ADOPT_MISMATCH` for several that one resource could not have made
 */
export async function readTask(
  definition: ResourceDefinition,
  id: string,
  given: PropertyMap,
  sources: { readonly values: SuppliedValues; readonly catalog: BatchCatalog | undefined },
  context: RunContext,
): Promise<ExistingTask> {
  const supply: ImportOptions["supply"] = (open, found) => {
    const own = suppliedBy(sources.values, open, id);
    const args = own.reduce<PropertyMap>(
      (bag, { path, value }) => setAt(bag, path, value) as PropertyMap,
      found.args,
    );
    const derived = sources.catalog?.supplied({ ...found, args }) ?? [];
    return [...own, ...derived.filter(({ path }) => !own.some((one) => isWithin(one.path, path)))];
  };
  const imported = await importState(definition, id, { given, supply }, context);
  const unreadable = imported.unreadable.filter(({ path }) => !isNeedless(imported.args, path));
  return { ...imported, id, unreadable };
}

/** The documents demand it on Edge only (ModelArts, Creating a Service Task, table 13). */
const isNeedless = ({ platform }: PropertyMap, [key]: Path): boolean =>
  platform === "ief" && key === "sourceUsageEstimate";
