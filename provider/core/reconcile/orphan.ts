/**
 * Whether a task that holds a default name may be the orphan of an interrupted run. Neither its name nor its age prove
 * it (renamed stacks, moved states and two backends make the same names), so a run has to ask for it, and even then
 * nothing is taken over that differs, or could.
 */
import { formatPath, getAt, type PropertyMap, type Path } from "../../common/json";
import { metaOf, propertyOf } from "../schema/field";
import type { Operation } from "../operation";
import type { LiveTask, ResourceDefinition } from "../contract";
import { matchingGroups } from "./task-groups";
import { withoutUnreadable } from "../drift/unreadable";

/** The tasks, and the arguments to write anew since no read shows them. */
export interface Orphan {
  /** In the order of the arguments' inputs. */
  readonly ids: readonly string[];
  readonly rewrite: readonly string[];
}

export type OrphanVerdict =
  | { readonly orphan: Orphan }
  /** Several tasks equal the arguments. */
  | { readonly several: true }
  /** Why it is none. */
  | { readonly refused: string };

/** @param tasks all of the name, which no resource is known to own */
export function judgeOrphan(
  { definition, inputs, binding }: Operation,
  tasks: readonly LiveTask[],
): OrphanVerdict {
  const groups = matchingGroups(definition, inputs, tasks);
  if (groups.length > 1) return { several: true };
  const [ids] = groups;
  // An interrupted run left all of its tasks: one of them beside others is not the whole of it.
  if (ids?.length !== tasks.length) return { refused: "it differs from the arguments" };
  const unreadable = unreadableInputs(definition, inputs, tasks);
  const rewrite = [...new Set(unreadable.map(([key]) => String(key)))];
  const replacing = definition.replacingUpdates({ ...inputs, taskIds: ids }, inputs);
  const canWrite = (key: string): boolean =>
    binding.gateway.update !== undefined && definition.updatable.includes(key) && !replacing.includes(key);
  const left = unreadable.filter(([key]) => !canWrite(String(key)));
  return left.length === 0 ? { orphan: { ids, rewrite } } : { refused: `no read shows ${list(left)}` };
}

/** Paths of given arguments that no answer shows, or only masked: nothing says whether they differ. */
export function unreadableInputs(
  definition: ResourceDefinition,
  inputs: PropertyMap,
  tasks: readonly LiveTask[],
): Path[] {
  const paths = tasks.flatMap((task) => {
    const shown = definition.alignToRecorded(inputs, task);
    const observed = Object.fromEntries(definition.observed.map((key) => [key, shown[key]]));
    return withoutUnreadable(definition, observed).unreadable.map(({ path }) => path);
  });
  const given = paths.filter((path) => getAt(inputs, path) !== undefined && mayDiffer(definition, path));
  return [...new Map(given.map((path) => [formatPath(path), path])).values()];
}

/** Fields of the API only, without those that locate the task. */
function mayDiffer({ arguments: schema }: ResourceDefinition, [key]: Path): boolean {
  const property = propertyOf(schema, String(key));
  return property !== undefined && metaOf(property)?.neverDrifts === undefined && key !== "name";
}

const list = (paths: readonly Path[]): string => paths.map((path) => `\`${formatPath(path)}\``).join(", ");
