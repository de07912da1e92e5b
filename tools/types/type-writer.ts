/** TypeScript declarations made of zod schemas, with what an editor shows on hovering. */
import type { z } from "zod";
import { fields, metaOf } from "../../provider/services/catalog";
import { comment, propertyText, sentences } from "../hover-text";

type Schema = z.core.$ZodType;
type ObjectSchema = z.core.$ZodObject;

/** Takes anything, outputs included, so that it is never wrapped in `pulumi.Input`. */
const UNKNOWN = "unknown";

/** Effects of a change of a property, and of the properties inside it. */
export type Changes = (key: string) => string;

const NO_CHANGES: Changes = () => "";

/** `input`: every level takes `pulumi.Input`. `plain`: values as they are. */
type Form = "input" | "plain";

/** A place in a declaration: how its type is called where it has no name of its own, and what a change of it does. */
interface Place {
  readonly name: string;
  readonly changes: Changes;
  /** The discriminator of a union: a plain literal, or no editor could narrow by it. */
  readonly discriminator?: string | undefined;
}

/** Collects declarations by name, in the order in which they are first needed. */
export class TypeWriter {
  readonly #form: Form;
  readonly #texts = new Map<string, string>();

  constructor(form: Form) {
    this.#form = form;
  }

  /** Reserves the place of a declaration before those that it needs. */
  add(name: string, render: () => string): void {
    const before = this.#texts.get(name);
    if (before === undefined) this.#texts.set(name, "");
    const text = render();
    if (before !== undefined && before !== "" && before !== text) {
      throw new Error(`Two different schemas have the typeName "${name}": give one of them another name.`);
    }
    this.#texts.set(name, text);
  }

  toString(): string {
    return [...this.#texts.values()].join("\n");
  }

  /** A type as a property has it. */
  wrap(type: string): string {
    return this.#form === "plain" || type === UNKNOWN ? type : `pulumi.Input<${type}>`;
  }

  addObject(name: string, schema: ObjectSchema, changes: Changes = NO_CHANGES, discriminator?: string): void {
    this.add(name, () => {
      const properties = Object.entries(schema._zod.def.shape).map(([key, value]) =>
        this.#property(key, value, { name: `${name}${capitalized(key)}`, changes, discriminator }),
      );
      const { description = name, exclusive } = metaOf(schema) ?? {};
      const fields = (of: string): string => `export interface ${of} {\n${properties.join("\n")}}\n`;
      if (exclusive === undefined) return `${comment([description], "")}${fields(name)}`;
      const variants = exclusive.map((absent) => `{ ${absent}?: undefined }`).join(" | ");
      return (
        `${comment([description], "")}export type ${name} = ${name}Fields & (${variants});\n\n` +
        comment(
          [`Fields of \`${name}\`, of which it has only one of \`${exclusive.join("` and `")}\`.`],
          "",
        ) +
        fields(`${name}Fields`)
      );
    });
  }

  #property(key: string, schema: Schema, place: Place): string {
    const optional = schema._zod.optin !== undefined;
    const change = place.changes(key);
    const bare = this.typeOf(schema, { name: place.name, changes: () => change });
    const isPlain = bare === UNKNOWN || key === place.discriminator;
    const orAbsent = this.#form === "input" && optional ? `${bare} | undefined` : bare;
    const type = isPlain ? bare : this.wrap(orAbsent);
    return `${comment(inOneLine(propertyText(schema, change)), "  ")}  ${key}${optional ? "?" : ""}: ${type};\n`;
  }

  #addUnion(schema: z.core.$ZodUnion | z.core.$ZodDiscriminatedUnion, { name, changes }: Place): void {
    const { def } = schema._zod;
    const discriminator = "discriminator" in def ? def.discriminator : undefined;
    this.add(name, () => {
      const variants = def.options.map((option, index) =>
        this.typeOf(option, { name: `${name}${index + 1}`, changes, discriminator }),
      );
      return `${comment([metaOf(schema)?.description ?? name], "")}export type ${name} = ${variants.join(" | ")};\n`;
    });
  }

  /** The TypeScript type of a schema; what is nested is wrapped, the outermost level is the caller's. */
  typeOf(schema: Schema, place: Place): string {
    const { def } = (schema as z.core.$ZodTypes)._zod;
    const inner = (nested: Schema, suffix = ""): string =>
      this.typeOf(nested, { ...place, name: `${place.name}${suffix}` });
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
        return this.#enumeration(schema, Object.values(def.entries));
      case "array": {
        const element = this.wrap(inner(def.element, "Element"));
        return / [|&] /.test(element) && this.#form === "plain" ? `(${element})[]` : `${element}[]`;
      }
      case "record":
        return `Record<string, ${this.wrap(inner(def.valueType, "Value"))}>`;
      case "object": {
        const name = metaOf(schema)?.typeName ?? place.name;
        this.addObject(name, schema as ObjectSchema, place.changes, place.discriminator);
        return name;
      }
      case "union": {
        const name = metaOf(schema)?.typeName ?? place.name;
        this.#addUnion(schema as z.core.$ZodUnion, { ...place, name });
        return name;
      }
      case "unknown":
      case "any":
      case "lazy": // Only JSON values are lazy: any value that the service understands.
        return UNKNOWN;
      default:
        throw new Error(
          `${place.name}: schemas of type "${def.type}" have no TypeScript form yet, extend typeOf.`,
        );
    }
  }

  #enumeration(schema: Schema, values: readonly unknown[]): string {
    const { typeName, description = "" } = metaOf(schema) ?? {};
    if (typeName === undefined) return quote(values);
    this.add(typeName, () => `${comment([description], "")}export type ${typeName} = ${quote(values)};\n`);
    return typeName;
  }
}

/** Longest text that needs no paragraphs. */
const SHORT = 96;

/** Paragraphs that fit into a line together: most declarations are of such, and every editor loads all of them. */
function inOneLine(paragraphs: readonly string[]): readonly string[] {
  const text = sentences(paragraphs);
  return text.length <= SHORT ? [text] : paragraphs;
}

/** The spellings of a string that takes any letter case: those that documents and programs use. */
function anyCaseLiterals(values: readonly string[]): string {
  return quote([...new Set(values.flatMap((value) => [value.toLowerCase(), value.toUpperCase()]))]);
}

export const quote = (values: readonly unknown[]): string =>
  values.map((value) => JSON.stringify(value)).join(" | ");

export const capitalized = (key: string): string => key.charAt(0).toUpperCase() + key.slice(1);
