/**
 * `sdk/types/input.ts`: plain interfaces for the arguments of every resource and of the provider, so that an editor shows
 * meaning, bounds and consequences without loading any schema.
 */
import type { CatalogEntry } from "../../provider/services/catalog";
import type { ConfigurationKeyInfo } from "../../provider/services/configuration";
import { changeText, providerChangeText } from "../change-text";
import { comment, defaultText, sentences } from "../hover-text";
import { capitalized, quote, GENERATED, TypeWriter } from "./type-writer";

const HEADER = `${GENERATED}import type * as pulumi from "@pulumi/pulumi";
`;

/** The whole module. The same catalog always gives the same text. */
export function renderInputTypes(
  entries: readonly CatalogEntry[],
  configuration: Readonly<Record<string, ConfigurationKeyInfo>>,
): string {
  const writer = inputTypes(entries);
  addProvider(writer, configuration);
  return `${HEADER}\n${writer.toString()}`;
}

/** The arguments of the resources, with all shapes in them. */
export function inputTypes(entries: readonly CatalogEntry[]): TypeWriter {
  const writer = new TypeWriter("input");
  for (const entry of entries) {
    writer.addObject(`${entry.type}Args`, entry.arguments, { changes: (key) => changeText(entry, key) });
  }
  return writer;
}

function addProvider(
  writer: TypeWriter,
  configuration: Readonly<Record<string, ConfigurationKeyInfo>>,
): void {
  writer.add("ProviderArgs", () => {
    const properties = Object.entries(configuration).map(([key, info]) => {
      const source = `Configuration key: \`video-analysis:${key}\`.`;
      const change = providerChangeText(key);
      const text = [
        info.description,
        sentences([defaultText(info), source, change, info.secret && "Always a secret."]),
      ];
      const type = writer.wrap(`${configurationType(writer, key, info)} | undefined`);
      return `${comment(text, "  ")}  ${key}?: ${type};\n`;
    });
    return `${comment(["Arguments of `Provider`."], "")}export interface ProviderArgs {\n${properties.join("\n")}}\n`;
  });
}

function configurationType(writer: TypeWriter, key: string, info: ConfigurationKeyInfo): string {
  if (info.values) return quote(info.values);
  const { members } = info;
  if (members === undefined) return info.type ?? "string";
  const name = `Provider${capitalized(key)}`;
  writer.add(name, () => {
    const properties = Object.entries(members).map(
      ([member, text]) =>
        `${comment([text, providerChangeText(key)], "  ")}  ${member}?: ${writer.wrap("string | undefined")};\n`,
    );
    return `${comment([info.description], "")}export interface ${name} {\n${properties.join("\n")}}\n`;
  });
  return name;
}
