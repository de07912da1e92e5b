/** Examples as Python programs, with the classes that Pulumi makes of the package schema. */
import { isObject, type PropertyMap } from "../../provider/common/json";
import { nameOfToken } from "../../provider/services/configuration";
import type { ResourceExample } from "../../provider/services/resource";
import type { ComplexTypeSpec, TypeSpec } from "../package-schema/spec";
import { broken, type Brackets, type Code, laidOut } from "./code";

const LAYOUT = { width: 100, indent: 4 };

const IMPORT = "import pulumi_video_analysis as va\n\n";

/** Of the package schema, by their tokens. */
type Types = Readonly<Record<string, ComplexTypeSpec>>;
type Properties = Readonly<Record<string, TypeSpec>>;

export function resourceProgram(
  type: string,
  { name, args }: ResourceExample,
  inputs: Properties,
  types: Types,
): string {
  const { parts } = callCode("", args, inputs, types);
  const call = { open: `va.${type}(`, close: ")", parts: [["", JSON.stringify(name)], ...parts] } as const;
  const variable = snakeCase(name);
  const exports = ["taskIds", "state"].map(
    (output) => `pulumi.export("${output}", ${variable}.${snakeCase(output)})\n`,
  );
  return `import pulumi\n${IMPORT}${broken(call, LAYOUT, { before: `${variable} = ` })}\n${exports.join("")}`;
}

export function lookupProgram(name: string, args: PropertyMap): string {
  return IMPORT + laidOut(callCode(`va.${snakeCase(name)}`, args, {}, {}), LAYOUT, { before: "found = " });
}

const callCode = (name: string, args: PropertyMap, properties: Properties, types: Types): Brackets => ({
  open: `${name}(`,
  close: ")",
  parts: Object.entries(args).map(([key, value]) => [
    `${snakeCase(key)}=`,
    codeOf(value, properties[key], types),
  ]),
});

function codeOf(value: unknown, spec: TypeSpec | undefined, types: Types): Code {
  if (Array.isArray(value))
    return {
      open: "[",
      close: "]",
      parts: value.map((item: unknown) => ["", codeOf(item, spec?.items, types)]),
    };
  if (!isObject(value))
    return typeof value === "boolean" ? (value ? "True" : "False") : JSON.stringify(value);
  const token = tokenOf(value, spec);
  const type = types[token];
  if (type === undefined || !("properties" in type))
    throw new Error(`An example has an object whose type the package schema does not know.`);
  return callCode(`va.${nameOfToken(token) ?? ""}Args`, value, type.properties, types);
}

/** The token of an object's type; of a union that of the variant which the value has. */
function tokenOf(value: PropertyMap, spec: TypeSpec | undefined): string {
  const { propertyName, mapping } = spec?.discriminator ?? {};
  const $ref = propertyName === undefined ? spec?.$ref : mapping?.[String(value[propertyName])];
  return $ref?.replace("#/types/", "") ?? "";
}

const snakeCase = (name: string): string =>
  name.replaceAll("-", "_").replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
