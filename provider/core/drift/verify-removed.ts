/** Finds fields that an update removed and the service still shows. */
import { z } from "zod";
import { getAt, isObject, type PropertyMap, type Path } from "../../common/json";
import { metaOf, propertyOf } from "../schema/field";
import { childSchema, schemaOf } from "../schema/walk";
import { isAbsent, isEmpty } from "../schema/equivalence";
import { compareWithLive } from "./compare";
import type { LiveTask } from "../contract";
import type { Operation } from "../operation";

export interface Updated {
  /** Undefined where the program's earlier arguments are not recorded. */
  readonly recorded: PropertyMap | undefined;
  /** As shown after the update. */
  readonly tasks: readonly LiveTask[];
  /** The arguments that it sent. */
  readonly changed: readonly string[];
}

export function notRemoved(
  { definition, inputs }: Pick<Operation, "definition" | "inputs">,
  { recorded: before, tasks, changed }: Updated,
): Path[] {
  const appeared = compareWithLive(definition, inputs, tasks)
    .filter(({ path, recorded, live }) => isEmpty(recorded) && live !== undefined && isSent(path, changed))
    .map(({ path }) => path);
  // A field whose absence means nothing in general is no drift, but this update has just taken it away.
  const shown = tasks.map((task) => definition.alignToRecorded(inputs, task));
  const kept = changed
    .flatMap((key) => removedIn(propertyOf(definition.arguments, key), before?.[key], inputs[key], [key]))
    .filter(({ path, schema }) => shown.some((args) => !isAbsent(schema, getAt(args, path))))
    .map(({ path }) => path);
  return [...appeared, ...kept.filter((path) => !appeared.some((other) => startsWith(path, other)))];
}

const isSent = (path: Path, changed: readonly string[]): boolean => changed.includes(String(path[0]));

const startsWith = (path: Path, start: Path): boolean => start.every((part, index) => path[index] === part);

interface Removed {
  readonly path: Path;
  readonly schema: z.core.$ZodType;
}

/** Optional fields that were there and are not now. Not inside of free maps, which services complete, and of lists. */
function removedIn(
  schema: z.core.$ZodType | undefined,
  before: unknown,
  after: unknown,
  path: Path,
): Removed[] {
  const meta = schema === undefined ? undefined : metaOf(schema);
  if (schema === undefined || meta?.writeOnly !== undefined || meta?.implied === true) return [];
  if (isAbsent(schema, before)) return [];
  if (isAbsent(schema, after)) return [{ path, schema }];
  if (!isObject(before) || !isObject(after)) return [];
  if (!(schemaOf(schema, after) instanceof z.ZodObject)) return [];
  return Object.keys(before).flatMap((key) =>
    removedIn(childSchema(schema, after, key), before[key], after[key], [...path, key]),
  );
}
