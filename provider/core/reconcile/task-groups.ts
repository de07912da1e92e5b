/** Which of several tasks of one name are those of one resource. */
import { setAt, type PropertyMap } from "../../common/json";
import { compareWithLive } from "../drift/compare";
import { memberCount, membersIn } from "../drift/members";
import type { LiveTask, ResourceDefinition } from "../contract";

/** The sets of tasks that together equal the arguments: of several members one task may be made, or several. */
export function matchingGroups(
  definition: ResourceDefinition,
  inputs: PropertyMap,
  tasks: readonly LiveTask[],
): (readonly string[])[] {
  const equals = (group: readonly LiveTask[]): boolean =>
    compareWithLive(definition, inputs, group).length === 0;
  const single = tasks.filter((task) => equals([task])).map((task) => [task.id]);
  const count = memberCount(definition, inputs);
  if (single.length > 0 || count < 2) return single;
  if (tasks.length !== count) return [];
  const ordered = inOrderOfMembers(definition, inputs, tasks);
  return equals(ordered) ? [ordered.map((task) => task.id)] : [];
}

/** Tasks in the order of the members that they work on. */
function inOrderOfMembers(
  definition: ResourceDefinition,
  inputs: PropertyMap,
  tasks: readonly LiveTask[],
): LiveTask[] {
  const left = [...tasks];
  const ordered = membersIn(definition, inputs).flatMap((member) => {
    const wanted = setAt(inputs, definition.members?.path ?? [], [member]) as PropertyMap;
    const index = left.findIndex((task) => compareWithLive(definition, wanted, [task]).length === 0);
    return index < 0 ? [] : left.splice(index, 1);
  });
  return [...ordered, ...left];
}
