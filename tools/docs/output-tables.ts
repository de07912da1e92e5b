/** The section "Outputs" of a resource's page, from the schema of its outputs. */
import { z } from "zod";
import { metaOf } from "../../provider/services/catalog";
import { unwrap } from "../../provider/core/schema/field";
import { meaningOf } from "../hover-text";
import { TypeWriter } from "../types/type-writer";
import { table } from "./markdown";

type Member = readonly [key: string, schema: z.ZodType];

/** Outputs of the same name as an argument are described there. */
export function outputTables(outputs: z.ZodObject, argumentNames: ReadonlySet<string>): string {
  const members = Object.entries<z.ZodType>(outputs.shape).filter(([key]) => !argumentNames.has(key));
  const rows = members.map(([key, schema]) => row(key, schema, " | undefined"));
  return [table(["output", "type", "meaning"], rows), ...shapeSections(shapesIn(members))].join("\n");
}

/** The shapes that have a name, in the order in which they are met. */
export function shapesIn(members: readonly Member[]): ReadonlyMap<string, z.ZodObject> {
  const shapes = new Map<string, z.ZodObject>();
  for (const [, schema] of members) collectShapes(schema, shapes);
  return shapes;
}

export const shapeSections = (shapes: ReadonlyMap<string, z.ZodObject>): string[] =>
  [...shapes].map(
    ([name, shape]) =>
      `### ${name}\n\n${metaOf(shape)?.description ?? ""} TypeScript: \`va.types.output.${name}\`.\n\n${memberTable("field", shape)}`,
  );

/** The members of an object, those that may be absent with a question mark. */
export function memberTable(title: string, { shape }: z.ZodObject): string {
  const rows = Object.entries<z.ZodType>(shape).map(([key, schema]) =>
    row(`${key}${schema instanceof z.ZodOptional ? "?" : ""}`, schema, ""),
  );
  return table([title, "type", "meaning"], rows);
}

function row(key: string, schema: z.ZodType, absent: string): string[] {
  const type = new TypeWriter("plain").typeOf(schema, { name: key });
  const orAbsent = schema instanceof z.ZodOptional ? `${type}${absent}` : type;
  return [`\`${key}\``, `\`${orAbsent}\``, meaningOf(schema)];
}

function collectShapes(schema: z.core.$ZodType, shapes: Map<string, z.ZodObject>): void {
  const inner = unwrap(schema);
  const name = metaOf(inner)?.typeName;
  if (name !== undefined && inner instanceof z.ZodObject) {
    if (shapes.has(name)) return;
    shapes.set(name, inner);
  }
  if (inner instanceof z.ZodArray) collectShapes(inner.element, shapes);
  if (inner instanceof z.ZodObject) {
    for (const child of Object.values(inner.shape)) collectShapes(child as z.ZodType, shapes);
  }
}
