/** Which of several tasks of one name are those of one resource. */
import type { PropertyMap } from "../../common/json";
import { compareWithLive } from "../drift/compare";
import type { LiveTask, ResourceDefinition } from "../contract";
import { sourcesIn } from "./sources";

/**
 * The sets of tasks that together equal the arguments. Several inputs make several tasks, or one task of
 * several inputs: which one is not documented.
 */
export function matchingGroups(
  definition: ResourceDefinition,
  args: PropertyMap,
  tasks: readonly LiveTask[],
): (readonly string[])[] {
  const equals = (group: readonly LiveTask[]): boolean =>
    compareWithLive(definition, args, group).length === 0;
  const single = tasks.filter((task) => equals([task])).map((task) => [task.id]);
  const inputs = sourceCount(args);
  if (single.length > 0 || inputs < 2) return single;
  if (tasks.length !== inputs) return [];
  const ordered = inOrderOfInputs(definition, args, tasks);
  return equals(ordered) ? [ordered.map((task) => task.id)] : [];
}

/** Tasks in the order of the inputs that they work on. */
function inOrderOfInputs(
  definition: ResourceDefinition,
  args: PropertyMap,
  tasks: readonly LiveTask[],
): LiveTask[] {
  const left = [...tasks];
  const ordered = sourcesIn(args).flatMap((source) => {
    const wanted = { ...args, input: { ...(args.input as PropertyMap), data: [source] } };
    const index = left.findIndex((task) => compareWithLive(definition, wanted, [task]).length === 0);
    return index < 0 ? [] : left.splice(index, 1);
  });
  return [...ordered, ...left];
}

/** How many tasks the arguments stand for. */
export function sourceCount(args: PropertyMap): number {
  return Math.max(1, sourcesIn(args).length);
}
