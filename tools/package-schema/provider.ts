/** The configuration of the package, and its provider, made of the declared keys. */
import type { ConfigurationKeyInfo } from "../../provider/services/configuration";
import { defaultText, sentences } from "../hover-text";
import { capitalized } from "../types/type-writer";
import type { PropertySpec, ResourceSpec, TypeSpec } from "./spec";
import type { TypeSpecs } from "./type-specs";

type Configuration = Readonly<Record<string, ConfigurationKeyInfo>>;

/** The other keys say who calls and how, not which tasks are meant. */
const REPLACING: readonly string[] = ["region", "projectId", "projectName"];

const REPLACES = "A change replaces the provider, and with it the resources that it has.";

/** SDKs read variables from the stack configuration, which holds text: enumerations stay texts. */
export const configurationSpec = (
  configuration: Configuration,
  types: TypeSpecs,
): Readonly<Record<string, PropertySpec>> =>
  Object.fromEntries(
    Object.entries(configuration).map(([key, info]) => [key, propertySpec(types, key, info, "")]),
  );

/** Without defaults from the environment, which SDKs would copy into the recorded inputs of the provider. */
export function providerSpec(configuration: Configuration, types: TypeSpecs): ResourceSpec {
  const inputs = Object.entries(configuration).map(([key, info]): [string, PropertySpec] => {
    const replaces = REPLACING.includes(key);
    const property = propertySpec(types, key, info, replaces ? REPLACES : "");
    return [key, replaces ? { ...property, willReplaceOnChanges: true } : property];
  });
  return {
    description: "The provider of the package `video-analysis`: an account, a region and a project.",
    inputProperties: Object.fromEntries(inputs),
  };
}

function propertySpec(
  types: TypeSpecs,
  key: string,
  info: ConfigurationKeyInfo,
  change: string,
): PropertySpec {
  const values = info.values?.map((value) => `\`${value}\``);
  const text = sentences([
    info.description,
    values !== undefined &&
      !values.every((value) => info.description.includes(value)) &&
      `One of ${values.join(", ")}.`,
    defaultText(info),
    change,
  ]);
  return {
    ...typeOf(types, key, info),
    description: text,
    ...(info.secret === true ? { secret: true } : {}),
  };
}

function typeOf(
  types: TypeSpecs,
  key: string,
  { type, members, description }: ConfigurationKeyInfo,
): TypeSpec {
  if (members !== undefined) return types.texts(`Provider${capitalized(key)}`, description, members);
  // Numbers of the configuration are counts.
  return { type: type === "number" ? "integer" : (type ?? "string") };
}
