/** `sdk/types/lookups.ts`: arguments and entries of the lookups, and the functions themselves. */
import type { z } from "zod";
import { metaOf, type CatalogEntry } from "../../provider/services/catalog";
import { place } from "../../provider/services/lookups/entries";
import { creationInputs, listInputs, lookupInputs } from "../../provider/services/lookups/inputs";
import type { GetLookup, ListLookup, Lookup } from "../../provider/services/lookups/lookup";
import { hasSecret } from "../docs/field-paths";
import { lookupLine } from "../examples/typescript";
import { comment } from "../hover-text";
import { inputTypes } from "./input-types";
import { outputTypes } from "./output-types";
import { capitalized, GENERATED, TypeWriter } from "./type-writer";

const HEADER = `${GENERATED}import type * as pulumi from "@pulumi/pulumi";
import { get, getOutput, list, listOutput } from "../lookups/ask";
import type { LookupInputs } from "../lookups/ask";
import type { LookupOptions } from "../lookups/configuration";
import type { LookupList } from "../lookups/list";
import type * as input from "./input";
import type * as output from "./output";
`;

const MAY_BE_SECRET =
  "May hold a password, header values or a URL with credentials, which the plain functions return as they come.";
const SECRET_ANSWER = "A secret where the answer holds a password, header values or a URL with credentials.";

/** The whole module. The same declarations always give the same text. */
export function renderLookupTypes(
  entries: readonly CatalogEntry[],
  lookups: Readonly<Record<string, Lookup>>,
): string {
  const functions = Object.entries(lookups).map(([name, lookup]) =>
    "get" in lookup ? getFunctions(name, lookup) : listFunctions(name, lookup),
  );
  const parts = [argumentTypes(lookups), entryTypes(entries, lookups), ...functions];
  return [HEADER, ...parts].join("\n");
}

function argumentTypes(lookups: Readonly<Record<string, Lookup>>): string {
  const writer = new TypeWriter("argument");
  const bases = [lookupInputs, listInputs, creationInputs];
  for (const base of bases) writer.addObject(typeNameOf(base), base, { bases });
  for (const [name, { inputs }] of Object.entries(lookups)) {
    const description = `Arguments of \`${name}\`.`;
    writer.addObject(argumentsName(name), inputs, { bases, description });
  }
  return writer.toString();
}

function entryTypes(entries: readonly CatalogEntry[], lookups: Readonly<Record<string, Lookup>>): string {
  const inputs = inputTypes(entries).names;
  const outputs = outputTypes(entries, lookups).names;
  const writer = new TypeWriter("plain", {
    textOf: (schema) => [metaOf(schema)?.description ?? "", ...(hasSecret(schema) ? [MAY_BE_SECRET] : [])],
    // Arguments take outputs at every level; an entry has their values.
    importedAs: (name) =>
      inputs.has(name) ? `pulumi.Unwrap<input.${name}>` : outputs.has(name) ? `output.${name}` : undefined,
  });
  const shapes = Object.values(lookups).flatMap((lookup) => [
    ...("summaryEntry" in lookup ? [lookup.summaryEntry] : []),
    lookup.entry,
  ]);
  const bases = [place, ...shapes];
  for (const shape of new Set(bases)) writer.addObject(typeNameOf(shape), shape, { bases });
  return writer.toString();
}

function getFunctions(name: string, lookup: GetLookup): string {
  const args = argumentsName(name);
  const entry = typeNameOf(lookup.entry);
  return `${functionText(name, lookup)}export function ${name}(args: ${args}, options?: LookupOptions): Promise<${entry}> {
  return get("${name}", args, options);
}

${outputText(name, "", lookup)}export function ${name}Output(
  args: LookupInputs<${args}>,
  options?: LookupOptions,
): pulumi.Output<${entry}> {
  return getOutput("${name}", args, options);
}
`;
}

function listFunctions(name: string, lookup: ListLookup): string {
  const { inputs, entry, summaryEntry } = lookup;
  const args = argumentsName(name);
  const mark = Object.values<z.ZodType>(inputs.shape).every(isOptional) ? "?" : "";
  const forms = (of: string, text: string, answer: (entry: string) => string, given: string): string => {
    const signature = (taken: string, found: z.ZodObject): string =>
      `${text}export function ${of}(${taken}, options?: LookupOptions): ${answer(typeNameOf(found))}`;
    const plain = signature(`args${mark}: ${given}`, summaryEntry ?? entry);
    if (summaryEntry === undefined) return plain;
    const detailed = signature(`args: ${given} & { details: true }`, entry);
    return `${detailed};\n${plain};\n${plain.slice(text.length)}`;
  };
  const plain = forms(name, functionText(name, lookup), (found) => `LookupList<${found}>`, args);
  const text = outputText(name, "The whole list of ", lookup);
  const outputs = (found: string): string => `pulumi.Output<${found}[]>`;
  return `${plain} {
  return list("${name}", args, options);
}

${forms(`${name}Output`, text, outputs, `LookupInputs<${args}>`)} {
  return listOutput("${name}", args, options);
}
`;
}

function functionText(name: string, { summary, example, errors = {}, source }: Lookup): string {
  const thrown = Object.entries(errors).map(([code, occasion]) => `\`${code}\` where ${occasion}`);
  const tags = [
    `@example ${lookupLine(name, example).trim()}`,
    thrown.length === 0 ? "" : `@throws ${thrown.join(", ")}.`,
  ];
  return comment([summary, `Source: ${source}.`, ...tags.filter((tag) => tag !== "")], "");
}

function outputText(name: string, what: string, { entry }: Lookup): string {
  const secret = hasSecret(entry) ? ` ${SECRET_ANSWER}` : "";
  const text = `\`${name}\` with arguments that may be outputs.`;
  return comment([`${what}${text}${secret}`], "");
}

const isOptional = (schema: z.core.$ZodType): boolean => schema._zod.optin !== undefined;

const argumentsName = (name: string): string => `${capitalized(name)}Args`;

/** @throws if the shape was declared without a name */
function typeNameOf(schema: z.ZodObject): string {
  const name = metaOf(schema)?.typeName;
  if (name === undefined) throw new Error("This shape needs a typeName.");
  return name;
}
