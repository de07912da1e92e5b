/** What no read tells of a task's arguments, as far as the schema and the answer show it. */
import { z } from "zod";
import { setAt, withoutUndefined, type PropertyMap, type Path } from "../../common/json";
import { metaOf, type FieldMeta } from "../schema/field";
import { childrenOf } from "../schema/walk";
import { isMasked } from "./project";
import type { ResourceDefinition } from "../contract";

/** An argument whose value no call returns. */
export interface Untold {
  readonly path: Path;
  /** Whether the program cannot do without it. */
  readonly required: boolean;
  /** Whether it is a secret, which the service masks or leaves out. */
  readonly secret: boolean;
}

/** Whether a path leads to, or through, another one. */
export const isWithin = (outer: Path, path: Path): boolean =>
  outer.every((part, index) => part === path[index]);

/** The arguments that the service tells, and where others are missing. */
export function withoutUntold(
  definition: ResourceDefinition,
  shown: PropertyMap,
): { readonly args: PropertyMap; readonly untold: readonly Untold[] } {
  const untold = untoldBelow(definition.arguments, shown, []);
  const args = untold.reduce<unknown>((bag, { path }) => setAt(bag, path, undefined), shown);
  return { args: withoutUndefined(args) as PropertyMap, untold };
}

function untoldBelow(
  schema: z.core.$ZodType,
  value: unknown,
  path: Path,
  inherited?: FieldMeta["secret"],
): Untold[] {
  const meta = metaOf(schema);
  const secret = meta?.secret ?? inherited;
  const required = !(schema instanceof z.ZodOptional);
  if (meta?.writeOnly !== undefined) return [{ path, required, secret: false }];
  if (value === undefined) return required ? [{ path, required, secret: secret === "value" }] : [];
  if (isMasked(value, secret)) return [{ path, required: true, secret: true }];
  return childrenOf(schema, value).flatMap((child) =>
    untoldBelow(child.schema, child.value, [...path, child.part], secret),
  );
}

/**
 * What the recorded outputs have to say of it. Where elements of a list are known in part, which of them belong
 * together is not known either: the list as a whole is the program's.
 */
export function unrecorded(untold: readonly Untold[]): Path[] {
  const whole = untold.map(({ path, secret }) => {
    const element = path.findIndex((part) => typeof part === "number");
    return element < 0 || secret ? path : path.slice(0, element);
  });
  return whole.filter(
    (path, index) =>
      whole.findIndex((other) => other.length === path.length && isWithin(other, path)) === index,
  );
}
