/**
 * `sdk/types/output.ts`, the shapes of outputs, and `sdk/types/resources.ts`, the properties of the resource classes.
 */
import type { z } from "zod";
import type { CatalogEntry } from "../../provider/services/catalog";
import type { Lookup } from "../../provider/services/lookups/lookup";
import { hasSecret } from "../docs/field-paths";
import { comment, propertyText } from "../hover-text";
import { inputTypes } from "./input-types";
import { GENERATED, TypeWriter } from "./type-writer";

type Lookups = Readonly<Record<string, Lookup>>;

/** The shapes of outputs and of entries of lookups. The same declarations always give the same text. */
export const renderOutputTypes = (entries: readonly CatalogEntry[], lookups: Lookups): string =>
  `${GENERATED}\n${outputTypes(entries, lookups).toString()}`;

export function outputTypes(entries: readonly CatalogEntry[], lookups: Lookups): TypeWriter {
  const inputs = inputTypes(entries).names;
  const writer = new TypeWriter("plain", { importedAs: (name) => (inputs.has(name) ? name : undefined) });
  const objects = [
    ...entries.map(({ outputs }) => outputs),
    ...Object.values(lookups).map(({ entry }) => entry),
  ];
  for (const { shape } of objects) {
    for (const [key, schema] of Object.entries<z.ZodType>(shape)) writer.typeOf(schema, { name: key });
  }
  return writer;
}

/** The properties of each class: its arguments, and what the service and this package add to them. */
export function renderResourceTypes(entries: readonly CatalogEntry[]): string {
  const inputs = new TypeWriter("plain");
  const outputs = new TypeWriter("plain");
  const classes = entries.map((entry) => {
    const properties = Object.entries<z.ZodType>({ ...entry.arguments.shape, ...entry.outputs.shape });
    const lines = properties.map(([key, schema]) => {
      const isOutput = Object.hasOwn(entry.outputs.shape, key);
      const bare = isOutput
        ? named(outputs.typeOf(schema, { name: key }), "output")
        : inputs.typeOf(schema, { name: key });
      const type = isOutput ? bare : unwrapped(named(bare, "input"));
      const orAbsent = schema._zod.optin === undefined ? type : `${type} | undefined`;
      const text = [...propertyText(schema, ""), hasSecret(schema) ? SECRET : ""].filter(
        (line) => line !== "",
      );
      return `${comment(text, "  ")}  readonly ${key}: pulumi.Output<${orAbsent}>;\n`;
    });
    const names = properties.map(([key]) => `  ${key}: undefined,\n`).join("");
    return (
      `${comment([`Properties of \`${entry.type}\`. ${ALONE}`], "")}export declare class ${entry.type}Members extends pulumi.CustomResource {\n${lines.join("\n")}}\n\n` +
      comment(
        ["Registered with every resource, so that each becomes a property also where nothing is sent."],
        "",
      ) +
      `export const ${entry.type}Names = {\n${names}} as const satisfies Record<Exclude<keyof ${entry.type}Members, keyof pulumi.CustomResource>, undefined>;\n`
    );
  });
  return `${GENERATED}import type * as pulumi from "@pulumi/pulumi";
import type * as input from "./input";
import type * as output from "./output";

${classes.join("\n")}`;
}

const ALONE =
  "A type alone: the class extends Pulumi's own, which counts stack frames to report the program's line.";

/** The engine makes a property a secret as a whole. */
const SECRET = "A secret as a whole where it holds a password, header values or a URL with credentials.";

/** Names of declared types begin with a capital. */
const named = (type: string, module: "input" | "output"): string =>
  type.replace(/(?<![\w"])(?!Record\b)([A-Z]\w*)(?!\w*")/g, `${module}.$1`);

/** Arguments take outputs at every level, which the engine has resolved in a property. */
const unwrapped = (type: string): string => (/\binput\./.test(type) ? `pulumi.Unwrap<${type}>` : type);
