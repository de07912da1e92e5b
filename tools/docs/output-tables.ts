/** The section "Outputs" of a resource's page, from the schema of its outputs. */
import { z } from "zod";
import { metaOf } from "../../provider/services/catalog";
import { unwrap } from "../../provider/core/schema/field";
import { meaningOf } from "../hover-text";
import { TypeWriter } from "../types/type-writer";
import { table } from "./markdown";

/** Outputs of the same name as an argument are described there. */
export function outputTables(outputs: z.ZodObject, argumentNames: ReadonlySet<string>): string {
  const rows = Object.entries(outputs.shape).filter(([key]) => !argumentNames.has(key));
  const shapes = new Map<string, z.ZodObject>();
  for (const [, schema] of rows) collectShapes(schema as z.ZodType, shapes);
  return [
    table(
      ["output", "type", "meaning"],
      rows.map(([key, schema]) => row(key, schema as z.ZodType, " | undefined")),
    ),
    ...[...shapes].map(([name, shape]) => section(name, shape)),
  ].join("\n");
}

function section(name: string, shape: z.ZodObject): string {
  const heading = `### ${name}\n\n${metaOf(shape)?.description ?? ""} TypeScript: \`va.types.output.${name}\`.\n`;
  const rows = Object.entries(shape.shape).map(([key, schema]) => {
    const mark = schema instanceof z.ZodOptional ? "?" : "";
    return row(`${key}${mark}`, schema as z.ZodType, "");
  });
  return `${heading}\n${table(["field", "type", "meaning"], rows)}`;
}

function row(key: string, schema: z.ZodType, absent: string): string[] {
  const type = new TypeWriter("plain").typeOf(schema, { name: key, changes: () => "" });
  const orAbsent = schema instanceof z.ZodOptional ? `${type}${absent}` : type;
  return [`\`${key}\``, `\`${orAbsent}\``, meaningOf(schema)];
}

/** The shapes that have a name, in the order in which they are met. */
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
