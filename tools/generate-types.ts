/**
 * Writes `sdk/types/input.ts`: plain interfaces for the arguments of every resource in the catalog and of
 * the provider, so that an editor shows meaning, bounds and consequences without loading any schema.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import type { z } from "zod";
import { catalog, fields, metaOf, type CatalogEntry } from "../provider/services/catalog";
import { CONFIGURATION, type ConfigurationKeyInfo } from "../provider/services/configuration";
import { changeText, providerChangeText } from "./change-text";
import { comment, defaultText, propertyText, sentences } from "./hover-text";

const HEADER = `// Generated from provider/schemas by npm run build; edits are lost.
import type * as pulumi from "@pulumi/pulumi";
`;

type Schema = z.core.$ZodType;
type ObjectSchema = z.core.$ZodObject;

/** Takes anything, outputs included, so that it is never wrapped in `pulumi.Input`. */
const UNKNOWN = "unknown";
const wrap = (type: string): string => (type === UNKNOWN ? type : `pulumi.Input<${type}>`);
const quote = (values: readonly unknown[]): string =>
  values.map((value) => JSON.stringify(value)).join(" | ");

/** Collects declarations by name, in the order in which they are first needed. */
class Declarations {
  private readonly texts = new Map<string, string>();

  /** Reserves the place of a declaration before those that it needs. */
  add(name: string, render: () => string): void {
    const before = this.texts.get(name);
    if (before === undefined) this.texts.set(name, "");
    const text = render();
    if (before !== undefined && before !== "" && before !== text) {
      throw new Error(`Two different schemas have the typeName "${name}": give one of them another name.`);
    }
    this.texts.set(name, text);
  }

  toString(): string {
    return [...this.texts.values()].join("\n");
  }
}

/** Renders the whole module. The same catalog always gives the same text. */
export function renderInputTypes(
  entries: readonly CatalogEntry[],
  configuration: Readonly<Record<string, ConfigurationKeyInfo>>,
): string {
  const declarations = new Declarations();
  for (const entry of entries) {
    declareObject(declarations, `${entry.type}Args`, entry.arguments, (key) => changeText(entry, key));
  }
  declareProvider(declarations, configuration);
  return `${HEADER}\n${declarations.toString()}`;
}

/** What a change of a property, and of what is inside of it, does. */
type Changes = (key: string) => string;

function declareObject(
  declarations: Declarations,
  name: string,
  schema: ObjectSchema,
  changes: Changes,
  /** The property that tells the variants of a union apart: a plain literal, or no editor could narrow by it. */
  discriminator?: string,
): void {
  declarations.add(name, () => {
    const properties = Object.entries(schema._zod.def.shape).map(([key, value]) => {
      const optional = value._zod.optin !== undefined;
      const change = changes(key);
      const bare = typeOf(declarations, value, `${name}${capitalized(key)}`, () => change);
      const plain = bare === UNKNOWN || key === discriminator;
      const type = plain ? bare : wrap(optional ? `${bare} | undefined` : bare);
      return `${comment(inOneLine(propertyText(value, change)), "  ")}  ${key}${optional ? "?" : ""}: ${type};\n`;
    });
    const { description = name, exclusive } = metaOf(schema) ?? {};
    const fields = (of: string): string => `export interface ${of} {\n${properties.join("\n")}}\n`;
    if (exclusive === undefined) return `${comment([description], "")}${fields(name)}`;
    const variants = exclusive.map((absent) => `{ ${absent}?: undefined }`).join(" | ");
    return (
      `${comment([description], "")}export type ${name} = ${name}Fields & (${variants});\n\n` +
      comment([`Fields of \`${name}\`, of which it has only one of \`${exclusive.join("` and `")}\`.`], "") +
      fields(`${name}Fields`)
    );
  });
}

/** Longest text that needs no paragraphs. */
const SHORT = 96;

/** Paragraphs that fit into a line together: most declarations are of such, and every editor loads all of them. */
function inOneLine(paragraphs: readonly string[]): readonly string[] {
  const text = sentences(paragraphs);
  return text.length <= SHORT ? [text] : paragraphs;
}

function declareUnion(
  declarations: Declarations,
  name: string,
  schema: z.core.$ZodUnion | z.core.$ZodDiscriminatedUnion,
  changes: Changes,
): void {
  const { def } = schema._zod;
  const discriminator = "discriminator" in def ? def.discriminator : undefined;
  declarations.add(name, () => {
    const variants = def.options.map((option, index) =>
      typeOf(declarations, option, `${name}${index + 1}`, changes, discriminator),
    );
    return `${comment([metaOf(schema)?.description ?? name], "")}export type ${name} = ${variants.join(" | ")};\n`;
  });
}

/** The TypeScript type of a schema; what is nested takes `pulumi.Input`, the outermost level is the caller's. */
function typeOf(
  declarations: Declarations,
  schema: Schema,
  place: string,
  changes: Changes,
  discriminator?: string,
): string {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  const inner = (nested: Schema, suffix = ""): string =>
    typeOf(declarations, nested, `${place}${suffix}`, changes, discriminator);
  const values = fields.get(schema as z.ZodType)?.values;
  if (values) return anyCaseLiterals(values);
  switch (def.type) {
    case "optional":
    case "default":
    case "prefault":
    case "nonoptional":
    case "readonly":
    case "catch":
      return inner(def.innerType);
    case "nullable":
      return `${inner(def.innerType)} | null`;
    case "pipe":
      return inner(def.in);
    case "string":
      return "string";
    case "number":
      return "number";
    case "boolean":
      return "boolean";
    case "literal":
      return quote(def.values);
    case "enum":
      return quote(Object.values(def.entries));
    case "array": {
      const element = wrap(inner(def.element, "Element"));
      return `${element}[]`;
    }
    case "record":
      return `Record<string, ${wrap(inner(def.valueType, "Value"))}>`;
    case "object": {
      const name = metaOf(schema)?.typeName ?? place;
      declareObject(declarations, name, schema as ObjectSchema, changes, discriminator);
      return name;
    }
    case "union": {
      const name = metaOf(schema)?.typeName ?? place;
      declareUnion(declarations, name, schema as z.core.$ZodUnion, changes);
      return name;
    }
    case "unknown":
    case "any":
    case "lazy": // Only JSON values are lazy: any value that the service understands.
      return UNKNOWN;
    default:
      throw new Error(`${place}: schemas of type "${def.type}" have no TypeScript form yet, extend typeOf.`);
  }
}

/** The spellings of a string that takes any letter case: those that documents and programs use. */
function anyCaseLiterals(values: readonly string[]): string {
  return quote([...new Set(values.flatMap((value) => [value.toLowerCase(), value.toUpperCase()]))]);
}

function declareProvider(
  declarations: Declarations,
  configuration: Readonly<Record<string, ConfigurationKeyInfo>>,
): void {
  declarations.add("ProviderArgs", () => {
    const properties = Object.entries(configuration).map(([key, info]) => {
      const source = `Configuration key: \`video-analysis:${key}\`.`;
      const change = providerChangeText(key);
      const text = [
        info.description,
        sentences([defaultText(info), source, change, info.secret && "Always a secret."]),
      ];
      const type = wrap(`${configurationType(declarations, key, info)} | undefined`);
      return `${comment(text, "  ")}  ${key}?: ${type};\n`;
    });
    return `${comment(["Arguments of `Provider`."], "")}export interface ProviderArgs {\n${properties.join("\n")}}\n`;
  });
}

function configurationType(declarations: Declarations, key: string, info: ConfigurationKeyInfo): string {
  if (info.values) return quote(info.values);
  const { members } = info;
  if (members === undefined) return info.type ?? "string";
  const name = `Provider${capitalized(key)}`;
  declarations.add(name, () => {
    const properties = Object.entries(members).map(
      ([member, text]) =>
        `${comment([text, providerChangeText(key)], "  ")}  ${member}?: ${wrap("string | undefined")};\n`,
    );
    return `${comment([info.description], "")}export interface ${name} {\n${properties.join("\n")}}\n`;
  });
  return name;
}

const capitalized = (key: string): string => key.charAt(0).toUpperCase() + key.slice(1);

function main(): void {
  const target = path.join(__dirname, "..", "..", "sdk", "types", "input.ts");
  const text = renderInputTypes(catalog, CONFIGURATION);
  // An unchanged file keeps its time, so that nothing that depends on it is compiled again.
  if (existsSync(target) && readFileSync(target, "utf8") === text) return;
  mkdirSync(path.dirname(target), { recursive: true });
  writeFileSync(target, text);
}

if (require.main === module) main();
