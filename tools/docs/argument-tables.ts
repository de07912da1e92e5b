/** The arguments of a resource as tables: one of all arguments, and one of the fields of each object. */
import { z } from "zod";
import type { Resource } from "../../provider/services/resource";
import { metaOf, unwrap } from "../../provider/core/schema/field";
import { defaultText, meaningOf, secretText, sentences } from "../hover-text";
import { typeText } from "./argument-types";
import { driftRows } from "./drift-table";
import type { Schema } from "../../provider/core/schema/walk";
import { fieldsIn } from "./field-paths";
import { table } from "./markdown";

/** Effects of changes of the arguments that no update call takes. */
const WITHOUT_UPDATE: Readonly<Record<string, string>> = { desiredState: "starts or stops" };

/** Effect of a change of an argument. */
function changeOf({ definition, conditionalUpdates }: Resource, key: string): string {
  if (definition.immutable.includes(key)) return "replaces";
  if (!definition.updatable.includes(key)) return WITHOUT_UPDATE[key] ?? "is recorded";
  return conditionalUpdates?.[key] ?? "updates";
}

const isRequired = (schema: Schema): string => (schema._zod.optin === undefined ? "yes" : "");

const textOf = (schema: Schema): string =>
  sentences([meaningOf(schema), defaultText(metaOf(schema)), secretText(metaOf(schema))]);

const sourceText = (schema: Schema): string | undefined => {
  const source = metaOf(schema)?.source;
  return source === undefined ? undefined : `Source: ${source}.`;
};

/** The section "Arguments" of a resource's page. */
export function argumentTables(resource: Resource): string {
  const { definition } = resource;
  const drift = new Map(driftRows(definition).map((row) => [row.field, row.class]));
  const top = Object.entries<Schema>(definition.arguments.shape);
  const rows = top.map(([key, schema]) => [
    `\`${key}\``,
    `\`${typeText(schema)}\``,
    isRequired(schema),
    changeOf(resource, key),
    drift.get(key) ?? "its fields",
    sentences([textOf(schema), sourceText(schema)]),
  ]);
  const head = ["argument", "type", "required", "a change", "drift", "meaning"];
  return [table(head, rows), ...top.flatMap(([key, schema]) => objectTables(key, schema, drift))].join("\n");
}

/** A table for an object, or for each variant of one. */
function objectTables(key: string, schema: Schema, drift: ReadonlyMap<string, string>): string[] {
  const fields = fieldsIn(schema, key)?.flatMap(([path, child]) => withInner(path, child)) ?? [];
  const prefixes = new Set(fields.map(([path]) => prefixOf(path)));
  return [...prefixes].map((prefix) => {
    const rows = fields
      .filter(([path]) => prefixOf(path) === prefix)
      .map(([path, field]) => [
        `\`${path.slice(prefix.length + 1)}\``,
        `\`${typeText(field)}\``,
        isRequired(field),
        drift.get(path) ?? "its fields",
        textOf(field),
      ]);
    return `### ${headingOf(prefix)}\n\n${typeLine(schema, prefix)}\n\n${table(
      ["field", "type", "required", "drift", "meaning"],
      rows,
    )}`;
  });
}

/** The object that a field is in: `input<vcn>`. */
const prefixOf = (path: string): string => path.slice(0, path.indexOf("."));

/** A field, and all that is below it. */
function withInner(path: string, schema: Schema): (readonly [string, Schema])[] {
  return [
    [path, schema],
    ...(fieldsIn(schema, path) ?? []).flatMap(([below, child]) => withInner(below, child)),
  ];
}

/** `input<vcn>` becomes "input, type vcn". */
const headingOf = (prefix: string): string => prefix.replace(/<(.*)>$/, ", type $1");

/** Meaning of the object, and the name of its type. */
function typeLine(schema: Schema, prefix: string): string {
  const inner = unwrap(schema);
  const variant = /<(.*)>$/.exec(prefix)?.[1];
  const shown =
    variant !== undefined && inner instanceof z.ZodDiscriminatedUnion
      ? (inner.options.find(
          (option) =>
            option instanceof z.ZodObject && typeText(option.shape["type"] as Schema) === `"${variant}"`,
        ) ?? inner)
      : inner;
  const meta = metaOf(shown);
  return sentences([meta?.description, meta?.typeName && `TypeScript: \`va.types.input.${meta.typeName}\`.`]);
}
