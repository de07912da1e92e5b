/** The documented arguments as JSON Schema, for editors and for validators of other languages. */
import { z } from "zod";
import { metaOf, type CatalogEntry } from "../../provider/services/catalog";
import { changeText } from "../change-text";
import { propertyText } from "../hover-text";

type JsonSchema = z.core.JSONSchema.BaseSchema;

const LIMITS =
  "Shapes and bounds of one resource. Rules between arguments, such as one output at least, are for the preview.";

/** Any letter case is accepted; editors offer the spelling that is sent. */
function anyCase(values: readonly string[]): JsonSchema {
  const texts = values.map((value) =>
    value.replace(/[a-z]/g, (letter) => `[${letter}${letter.toUpperCase()}]`),
  );
  const pattern = `^(?:${texts.join("|")})$`;
  return { anyOf: [{ enum: [...values] }, { type: "string", pattern }] };
}

/** The hover text of each argument, here too. */
function describe(schema: z.core.$ZodType, json: JsonSchema, change: (key: string) => string): void {
  if (!(schema instanceof z.ZodObject)) return;
  for (const [key, property] of Object.entries(json.properties ?? {})) {
    const text = propertyText(schema.shape[key] as z.ZodType, change(key)).join("\n\n");
    if (typeof property === "object" && text !== "") property.description = text;
  }
}

/**
 * JSON Schema 2020-12 of one resource's arguments. The same catalog always gives the same schema.
 *
 * @param version of the package that it is for
 */
export function jsonSchemaOf(entry: CatalogEntry, version: string): JsonSchema {
  const { $schema, ...schema } = z.toJSONSchema(entry.arguments, {
    target: "draft-2020-12",
    io: "input",
    override: ({ zodSchema, jsonSchema }) => {
      const values = metaOf(zodSchema)?.values;
      if (values !== undefined && jsonSchema.type === "string") {
        delete jsonSchema.type;
        Object.assign(jsonSchema, anyCase(values));
      }
      const isWhole = zodSchema === entry.arguments;
      describe(zodSchema, jsonSchema, (key) => (isWhole ? changeText(entry, key) : ""));
    },
  });
  return {
    ...($schema === undefined ? {} : { $schema }),
    title: entry.type,
    description: `Arguments of \`${entry.type}\` in pulumi-video-analysis ${version}. ${LIMITS}`,
    ...schema,
  };
}
