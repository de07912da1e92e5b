/** The fields that tasks show otherwise than they were written, one by one. */
import { z } from "zod";
import { getAt, type PropertyMap, type Path } from "../../common/json";
import { unwrap } from "../schema/field";
import { childSchema } from "../schema/walk";
import { isEmpty } from "../schema/equivalence";
import { differences, explained, projectArgument } from "./compare";
import { Echo, type ShownField } from "./echo";
import { membersIn, readMembers } from "./members";
import { isWithin } from "./unreadable";
import type { LiveTask, ResourceDefinition } from "../contract";

/** Fields that the tasks show otherwise than the arguments have them, without names and fields of the service alone. */
export function shownOtherwise(
  definition: ResourceDefinition,
  inputs: PropertyMap,
  live: readonly LiveTask[],
): ShownField[] {
  const tasks = live.map((task) => explained(definition, inputs, task, Echo.none));
  const path = definition.members?.path;
  const own = tasks.flatMap((task) =>
    definition.observed
      .filter((key) => key !== "name")
      .flatMap((key) =>
        fieldsIn(definition, inputs, {
          task: task.id,
          base: [key],
          written: inputs[key],
          projected: projectArgument(definition, key, inputs, task.args),
          shown: task.args[key],
        }),
      ),
  );
  // Where the list itself is shown otherwise its elements say nothing more.
  if (path === undefined || own.some((field) => isWithin(path, field.path))) return distinct(own);
  const written = membersIn(definition, inputs);
  const readings = readMembers(definition, inputs, { tasks, total: tasks.length, echo: Echo.none }) ?? [];
  const ofMembers = readings
    .flat()
    .flatMap(({ position, ...pair }) =>
      fieldsIn(definition, inputs, { ...pair, base: [...path, position], written: written[position] }),
    );
  return distinct([...own, ...ofMembers]);
}

interface Comparison {
  readonly task: string;
  readonly base: Path;
  readonly written: unknown;
  readonly projected: unknown;
  readonly shown: unknown;
}

/** The fields inside a value that differ. A field that must be absent has no form in which it could be shown. */
function fieldsIn(
  definition: ResourceDefinition,
  inputs: PropertyMap,
  { task, base, written, projected, shown }: Comparison,
): ShownField[] {
  return differences(written, projected)
    .map(({ path }): ShownField => {
      const field = upToList(path);
      return { task, path: [...base, ...field], written: getAt(written, field), shown: getAt(shown, field) };
    })
    .filter((field) => !isEmpty(field.written) || isInFreeMap(definition.arguments, field.path, inputs));
}

/** Whether no schema names the field: there an empty value is a value. */
function isInFreeMap(schema: z.core.$ZodType, path: Path, value: unknown): boolean {
  const [part, ...rest] = path;
  if (part === undefined) return false;
  if (unwrap(schema) instanceof z.ZodRecord) return true;
  const child = childSchema(schema, value, part);
  return child !== undefined && isInFreeMap(child, rest, getAt(value, [part]));
}

/** Elements of lists have no identity of their own: the list is the field. */
function upToList(path: Path): Path {
  const index = path.findIndex((part) => typeof part === "number");
  return index < 0 ? path : path.slice(0, index);
}

function distinct(fields: readonly ShownField[]): ShownField[] {
  const byPlace = new Map(fields.map((field) => [JSON.stringify([field.task, field.path]), field]));
  return [...byPlace.values()];
}
