/** The type of an argument in a few words, as the reference pages show it. */
import type { z } from "zod";
import { metaOf } from "../../provider/services/catalog";
import type { Schema } from "../../provider/core/schema/walk";

const quoted = (values: readonly unknown[]): string =>
  values.map((value) => JSON.stringify(value)).join(" | ");

/** Such as `string`, `"edge" | "ief"`, `object[]`, `Record<string, string>`. */
export function typeText(schema: Schema): string {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  const values = metaOf(schema)?.values;
  if (values !== undefined) return quoted(values);
  switch (def.type) {
    case "optional":
      return typeText(def.innerType);
    case "number":
      return (def as z.core.$ZodNumberFormatDef).format === "safeint" ? "integer" : "number";
    case "literal":
      return quoted(def.values);
    case "enum":
      return quoted(Object.values(def.entries));
    case "array": {
      const element = typeText(def.element);
      return element.includes(" | ") ? `(${element})[]` : `${element}[]`;
    }
    case "record":
      return `Record<string, ${typeText(def.valueType)}>`;
    case "union":
    case "object":
      return "object";
    case "lazy": // Only JSON values are lazy.
    case "unknown":
      return "any";
    case "string":
    case "boolean":
      return def.type;
    default:
      throw new Error(`Schemas of type "${def.type}" have no words yet, extend typeText.`);
  }
}
