/** The arguments of a task that no read returns, by the schema and by the answer. */
import { z } from "zod";
import { setAt, withoutUndefined, type PropertyMap, type Path } from "../../common/json";
import { metaOf, type FieldMeta } from "../schema/field";
import { childrenOf } from "../schema/walk";
import { isMasked } from "./project";
import type { ResourceDefinition } from "../contract";

/** An argument whose value no call returns. */
export interface Unreadable {
  readonly path: Path;
  /** Whether the program cannot do without it. */
  readonly required: boolean;
  /** Whether it is a secret, which the service masks or leaves out. */
  readonly secret: boolean;
}

/** Whether a path leads to, or through, another one. */
export const isWithin = (outer: Path, path: Path): boolean =>
  outer.every((part, index) => part === path[index]);

/** The arguments that an answer shows, and those that it lacks. */
export function withoutUnreadable(
  definition: ResourceDefinition,
  shown: PropertyMap,
): { readonly args: PropertyMap; readonly unreadable: readonly Unreadable[] } {
  const unreadable = unreadableBelow(definition.arguments, shown, []);
  const args = unreadable.reduce<unknown>((bag, { path }) => setAt(bag, path, undefined), shown);
  return { args: withoutUndefined(args) as PropertyMap, unreadable };
}

function unreadableBelow(
  schema: z.core.$ZodType,
  value: unknown,
  path: Path,
  inherited?: FieldMeta["secret"],
): Unreadable[] {
  const meta = metaOf(schema);
  const secret = meta?.secret ?? inherited;
  const required = !(schema instanceof z.ZodOptional);
  if (meta?.writeOnly !== undefined) return [{ path, required, secret: false }];
  if (value === undefined) return required ? [{ path, required, secret: secret === "value" }] : [];
  if (isMasked(value, secret)) return [{ path, required: true, secret: true }];
  return childrenOf(schema, value).flatMap((child) =>
    unreadableBelow(child.schema, child.value, [...path, child.part], secret),
  );
}

/**
 * The paths to record as unreadable. Where elements of a list are known in part, which of them belong
 * together is not known either: the list as a whole is the program's.
 */
export function unrecorded(unreadable: readonly Unreadable[]): Path[] {
  const whole = unreadable.map(({ path, secret }) => {
    const element = path.findIndex((part) => typeof part === "number");
    return element < 0 || secret ? path : path.slice(0, element);
  });
  return whole.filter(
    (path, index) =>
      whole.findIndex((other) => other.length === path.length && isWithin(other, path)) === index,
  );
}
