/** The fields that tasks show otherwise than they were written, one by one. */
import { z } from "zod";
import { getAt, isObject, type PropertyMap, type Path } from "../../common/json";
import { propertyOf, unionOption, unwrap } from "../schema/field";
import { isEmpty } from "../schema/equivalence";
import { differences, explained, projectArgument } from "./compare";
import { Echo, type ShownField } from "./echo";
import { readMembers } from "./members";
import type { LiveTask, ResourceDefinition } from "../contract";
import { sourcesIn } from "../reconcile/sources";

/** What the tasks show otherwise than the arguments have it. Names and what only the service has are no part of it. */
export function shownOtherwise(
  definition: ResourceDefinition,
  args: PropertyMap,
  tasks: readonly LiveTask[],
): ShownField[] {
  const lives = tasks.map((task) => explained(definition, args, task, Echo.none));
  const fieldsOf = (task: string, base: Path, written: unknown, projected: unknown, shown: unknown) =>
    differences(written, projected)
      .map(({ path }): ShownField => {
        const field = upToList(path);
        return {
          task,
          path: [...base, ...field],
          written: getAt(written, field),
          shown: getAt(shown, field),
        };
      })
      // What must be absent has no form in which it could be shown.
      .filter((field) => !isEmpty(field.written) || isInFreeMap(definition.arguments, field.path, args));
  const own = lives.flatMap((live) =>
    definition.observed.flatMap((key) => {
      const schema = propertyOf(definition.arguments, key);
      if (schema === undefined || key === "name") return [];
      const projected = projectArgument(schema, key, args, live.args);
      return fieldsOf(live.id, [key], args[key], projected, live.args[key]);
    }),
  );
  const sources = sourcesIn(args);
  const members = (readMembers(definition, args, lives, lives.length, Echo.none) ?? []).flat();
  const isCompared = own.every(({ path }) => !(path[0] === "input" && path[1] === "data"));
  const ofMembers = members.flatMap(({ position, task, shown, projected }) =>
    fieldsOf(task, ["input", "data", position], sources[position], projected, shown),
  );
  return distinct(isCompared ? [...own, ...ofMembers] : own);
}

/** Whether no schema names the field: there an empty value is a value. */
function isInFreeMap(schema: z.core.$ZodType, path: Path, value: unknown): boolean {
  const [part, ...rest] = path;
  const inner = unwrap(schema);
  if (part === undefined) return false;
  if (inner instanceof z.ZodRecord) return true;
  const next = getAt(value, [part]);
  if (inner instanceof z.ZodArray) return isInFreeMap(inner.element, rest, next);
  const object =
    inner instanceof z.ZodDiscriminatedUnion && isObject(value) ? unionOption(inner, value) : inner;
  const child = object instanceof z.ZodObject ? propertyOf(object, String(part)) : undefined;
  return child !== undefined && isInFreeMap(child, rest, next);
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
