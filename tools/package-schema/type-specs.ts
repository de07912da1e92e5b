/** Types of the package schema made of zod schemas, with what an editor shows on hovering. */
import { isDeepStrictEqual } from "node:util";
import type { z } from "zod";
import { fields, metaOf } from "../../provider/services/catalog";
import { pluginToken } from "../../provider/services/configuration";
import type { Schema } from "../../provider/core/schema/walk";
import { propertyText } from "../hover-text";
import { capitalized } from "../types/type-writer";
import type { ComplexTypeSpec, ObjectSpec, PropertySpec, TypeSpec } from "./spec";

const ANY: TypeSpec = { $ref: "pulumi.json#/Any" };

const refTo = (name: string): string => `#/types/${pluginToken(name)}`;

/** What a change of a property, or of one inside it, does; empty where nothing is to be said. */
export type Change = (key: string) => string;

export const NO_CHANGE: Change = () => "";

interface Place {
  /** Name of the type where it has none of its own. */
  readonly name: string;
  readonly change: string;
}

/** Collects named types, in the order in which they are first needed. */
export class TypeSpecs {
  readonly #types = new Map<
    string,
    { readonly schema: Schema | undefined; readonly spec: ComplexTypeSpec }
  >();

  /** By token. */
  get all(): Readonly<Record<string, ComplexTypeSpec>> {
    return Object.fromEntries([...this.#types].map(([name, { spec }]) => [pluginToken(name), spec]));
  }

  /** The properties of an object. */
  propertiesOf(
    shape: Readonly<Record<string, Schema>>,
    { change = NO_CHANGE, prefix = "" }: { readonly change?: Change; readonly prefix?: string } = {},
  ): Readonly<Record<string, PropertySpec>> {
    return Object.fromEntries(
      Object.entries(shape).map(([key, schema]) => {
        const place = { name: `${prefix}${capitalized(key)}`, change: change(key) };
        return [key, this.#property(schema, place)];
      }),
    );
  }

  /** A declared object, of which a list has fewer members than its own lookup. */
  entry(schema: z.ZodObject, required: readonly string[]): TypeSpec {
    const name = metaOf(schema)?.typeName ?? "";
    const properties = this.propertiesOf(schema.shape, { prefix: name });
    const { description = "" } = metaOf(schema) ?? {};
    return this.#declare(name, schema, () => ({ type: "object", description, properties, required }));
  }

  /** An object of strings, all of which may be left out. */
  texts(name: string, description: string, members: Readonly<Record<string, string>>): TypeSpec {
    const properties = Object.fromEntries(
      Object.entries(members).map(([key, text]) => [key, { type: "string", description: text } as const]),
    );
    return this.#declare(name, undefined, () => ({ type: "object", description, properties }));
  }

  #property(schema: Schema, place: Place): PropertySpec {
    const type = this.#typeOf(schema, place);
    const secret = metaOf(schema)?.secret === "value";
    return {
      ...type,
      ...constantOf(schema),
      description: propertyText(schema, place.change).join("\n\n"),
      ...(secret ? { secret: true } : {}),
    };
  }

  #typeOf(schema: Schema, place: Place): TypeSpec {
    const { def } = (schema as z.core.$ZodTypes)._zod;
    const inner = (nested: Schema): TypeSpec => this.#typeOf(nested, place);
    const { values } = fields.get(schema as z.ZodType) ?? {};
    if (values !== undefined) return this.#enumeration(schema, values, place);
    switch (def.type) {
      case "optional":
        return inner(def.innerType);
      case "string":
      case "boolean":
        return { type: def.type };
      case "number":
        return { type: "format" in def && def.format === "safeint" ? "integer" : "number" };
      case "literal":
        return { type: "string" };
      case "enum":
        return this.#enumeration(schema, Object.values(def.entries).map(String), place);
      case "array":
        return { type: "array", items: inner(def.element) };
      case "record":
        return { type: "object", additionalProperties: inner(def.valueType) };
      case "object":
        return this.#object(schema as z.ZodObject, place);
      case "union":
        return this.#union(schema as z.core.$ZodDiscriminatedUnion, place);
      case "unknown":
      case "lazy": // Only JSON values are lazy: any value that the service understands.
        return ANY;
      default:
        throw new Error(
          `${place.name}: schemas of type "${def.type}" have no package schema yet, extend typeOf.`,
        );
    }
  }

  #object(schema: z.ZodObject, { name: fallback, change }: Place): TypeSpec {
    const { typeName: name = fallback, description = "" } = metaOf(schema) ?? {};
    return this.#declare(name, schema, () => {
      const properties = this.propertiesOf(schema.shape, { change: () => change, prefix: name });
      return { type: "object", description, properties, ...requiredOf(schema.shape) };
    });
  }

  /** A string of any other value is taken too: the check knows the letter cases, and later versions more values. */
  #enumeration(schema: Schema, values: readonly string[], { name: fallback }: Place): TypeSpec {
    const meta = metaOf(schema);
    const name = meta?.typeName ?? fallback;
    const description =
      meta?.typeName === undefined ? `Values of \`${uncapitalized(name)}\`.` : meta.description;
    const named = values.map((value) => ({ name: enumName(value), value }));
    const type = this.#declare(name, schema, () => ({ type: "string", description, enum: named }));
    return { oneOf: [{ type: "string" }, type] };
  }

  #union({ _zod: { def } }: z.core.$ZodDiscriminatedUnion, place: Place): TypeSpec {
    const options = def.options.map((option) => {
      const { type } = (option as z.ZodObject).shape;
      return { of: this.#typeOf(option, place), value: constantOf(type as Schema).const ?? "" };
    });
    const mapping = Object.fromEntries(options.map(({ of, value }) => [value, of.$ref ?? ""]));
    return {
      oneOf: options.map(({ of }) => of),
      discriminator: { propertyName: def.discriminator, mapping },
    };
  }

  #declare(name: string, schema: Schema | undefined, make: () => ComplexTypeSpec): TypeSpec {
    const before = this.#types.get(name);
    if (before === undefined || before.schema !== schema) {
      const spec = make();
      if (before !== undefined && !isDeepStrictEqual(before.spec, spec))
        throw new Error(`Two different schemas have the name "${name}": give one of them a typeName.`);
      this.#types.set(name, { schema, spec });
    }
    return { $ref: refTo(name) };
  }
}

function constantOf(schema: Schema): { readonly const?: string } {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  return def.type === "literal" ? { const: String(def.values[0]) } : {};
}

/** The keys that must be there. */
export function requiredOf(shape: Readonly<Record<string, Schema>>): Pick<ObjectSpec, "required"> {
  const required = Object.keys(shape).filter((key) => shape[key]?._zod.optin === undefined);
  return required.length === 0 ? {} : { required };
}

/** `START_FAILED` and `real-time` as names of values: `StartFailed`, `RealTime`. */
const enumName = (value: string): string => value.toLowerCase().split(/[-_]/).map(capitalized).join("");

const uncapitalized = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);
