/** Arguments of lookups as a command line has them. */
import { z } from "zod";
import { propertyOf, unwrap } from "../../core/schema/field";

/**
 * The value that a text stands for: parts of a list are separated by commas, letter case does not count in what only
 * knows some values. A text that stands for nothing stays, for the check of the arguments to refuse.
 */
export function argumentFromText(schema: z.ZodObject, key: string, text: string): unknown {
  const property = propertyOf(schema, key);
  return property === undefined ? text : valueOf(unwrap(property), text);
}

function valueOf(schema: z.core.$ZodType, text: string): unknown {
  if (schema instanceof z.ZodArray) {
    const element = unwrap(schema.element);
    return text.split(",").map((part) => valueOf(element, part.trim()));
  }
  if (schema instanceof z.ZodBoolean) return text === "true" ? true : text === "false" ? false : text;
  if (schema instanceof z.ZodNumber) return /^\d+$/.test(text) ? Number(text) : text;
  if (!(schema instanceof z.ZodEnum)) return text;
  return schema.options.find((option) => String(option).toLowerCase() === text.toLowerCase()) ?? text;
}
