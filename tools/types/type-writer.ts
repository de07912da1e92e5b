/** TypeScript declarations made of zod schemas, with what an editor shows on hovering. */
import type { z } from "zod";
import { fields, metaOf } from "../../provider/services/catalog";
import type { Schema } from "../../provider/core/schema/walk";
import { comment, propertyText, sentences } from "../hover-text";

type ObjectSchema = z.core.$ZodObject;

/** The first line of a generated module. */
export const GENERATED = "// Generated from provider/services by npm run build; edits are lost.\n";

/** Takes anything, outputs included, so that it is never wrapped in `pulumi.Input`. */
const UNKNOWN = "unknown";

/** Effects of a change of a property, and of the properties inside it. */
export type Changes = (key: string) => string;

const NO_CHANGES: Changes = () => "";

/** `input`: every level takes `pulumi.Input`. `argument`: plain values, also undefined. `plain`: values as they are. */
type Form = "input" | "argument" | "plain";

interface WriterOptions {
  /** What hovering over a property shows. */
  readonly textOf?: (schema: Schema, change: string) => readonly string[];
  /** How a type is called that another module declares; undefined for one to declare here. */
  readonly importedAs?: (typeName: string) => string | undefined;
}

interface ObjectOptions {
  readonly changes?: Changes;
  readonly discriminator?: string | undefined;
  /** In place of the schema's own. */
  readonly description?: string;
  /** Declared objects to extend where all of their properties are this object's too. */
  readonly bases?: readonly ObjectSchema[];
}

/** A place in a declaration: how its type is called where it has no name of its own, and what a change of it does. */
interface Place {
  readonly name: string;
  readonly changes?: Changes;
  /** The discriminator of a union: a plain literal, or no editor could narrow by it. */
  readonly discriminator?: string | undefined;
}

/** Collects declarations by name, in the order in which they are first needed. */
export class TypeWriter {
  readonly #form: Form;
  readonly #textOf: NonNullable<WriterOptions["textOf"]>;
  readonly #importedAs: NonNullable<WriterOptions["importedAs"]>;
  readonly #texts = new Map<string, string>();

  constructor(form: Form, { textOf = propertyText, importedAs = () => undefined }: WriterOptions = {}) {
    this.#form = form;
    this.#textOf = textOf;
    this.#importedAs = importedAs;
  }

  /** Of all declarations. */
  get names(): ReadonlySet<string> {
    return new Set(this.#texts.keys());
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
    return this.#form !== "input" || type === UNKNOWN ? type : `pulumi.Input<${type}>`;
  }

  addObject(name: string, schema: ObjectSchema, options: ObjectOptions = {}): void {
    const { changes = NO_CHANGES, discriminator, bases = [] } = options;
    this.add(name, () => {
      const { extended, own } = inheritance(schema, bases);
      const properties = own.map(([key, value]) =>
        this.#property(key, value, { name: `${name}${capitalized(key)}`, changes, discriminator }),
      );
      const { exclusive, ...meta } = metaOf(schema) ?? { description: name };
      const { description = meta.description } = options;
      const fields = (of: string): string =>
        `export interface ${of}${extended} {\n${properties.join("\n")}}\n`;
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

  #property(key: string, schema: Schema, { name, changes = NO_CHANGES, discriminator }: Place): string {
    const optional = schema._zod.optin !== undefined;
    const change = changes(key);
    const bare = this.typeOf(schema, { name, changes: () => change });
    const isPlain = bare === UNKNOWN || key === discriminator;
    const orAbsent = this.#form !== "plain" && optional ? `${bare} | undefined` : bare;
    const type = isPlain ? bare : this.wrap(orAbsent);
    return `${comment(inOneLine(this.#textOf(schema, change)), "  ")}  ${key}${optional ? "?" : ""}: ${type};\n`;
  }

  #addUnion(
    schema: z.core.$ZodUnion | z.core.$ZodDiscriminatedUnion,
    { name, changes = NO_CHANGES }: Place,
  ): void {
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
        return / [|&] /.test(element) && this.#form !== "input" ? `(${element})[]` : `${element}[]`;
      }
      case "record":
        return `Record<string, ${this.wrap(inner(def.valueType, "Value"))}>`;
      case "object": {
        const name = metaOf(schema)?.typeName ?? place.name;
        return (
          this.#importedAs(name) ??
          this.#declared(name, () => this.addObject(name, schema as ObjectSchema, place))
        );
      }
      case "union": {
        const name = metaOf(schema)?.typeName ?? place.name;
        const union = schema as z.core.$ZodUnion;
        return (
          this.#importedAs(name) ?? this.#declared(name, () => this.#addUnion(union, { ...place, name }))
        );
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

  #declared(name: string, declare: () => void): string {
    declare();
    return name;
  }

  #enumeration(schema: Schema, values: readonly unknown[]): string {
    const { typeName, description = "" } = metaOf(schema) ?? {};
    if (typeName === undefined) return quote(values);
    this.add(typeName, () => `${comment([description], "")}export type ${typeName} = ${quote(values)};\n`);
    return typeName;
  }
}

/** What an object inherits: of the bases that it has all properties of, those that no other of them has too. */
function inheritance(schema: ObjectSchema, bases: readonly ObjectSchema[]) {
  const includes = (whole: ObjectSchema, part: ObjectSchema): boolean =>
    Object.entries(part._zod.def.shape).every(([key, property]) => whole._zod.def.shape[key] === property);
  const candidates = bases.filter((base) => base !== schema && includes(schema, base));
  const chosen = candidates.filter(
    (base) => !candidates.some((other) => other !== base && includes(other, base)),
  );
  const inherited = new Set(chosen.flatMap((base) => Object.keys(base._zod.def.shape)));
  const names = chosen.map((base) => metaOf(base)?.typeName).join(", ");
  return {
    extended: names === "" ? "" : ` extends ${names}`,
    own: Object.entries(schema._zod.def.shape).filter(([key]) => !inherited.has(key)),
  };
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
