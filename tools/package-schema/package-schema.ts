/** The package schema of the provider plugin: what SDKs of all Pulumi languages are generated from. */
import type { z } from "zod";
import { RESOURCES } from "../../provider/services";
import { catalog, type CatalogEntry } from "../../provider/services/catalog";
import { CONFIGURATION, PLUGIN_PACKAGE, pluginToken } from "../../provider/services/configuration";
import type { ListLookup, Lookup } from "../../provider/services/lookups/lookup";
import { LOOKUPS } from "../../provider/services/lookups/registry";
import type { Resource } from "../../provider/services/resource";
import type { ResourceName } from "../../provider/services/resource-names";
import { changeText } from "../change-text";
import { fenced, lookupPrograms, type Program, resourcePrograms } from "../examples/programs";
import { sentences } from "../hover-text";
import { languages } from "./languages";
import type { Manifest, SourceManifest } from "./manifest";
import { configurationSpec, providerSpec } from "./provider";
import type { FunctionSpec, ObjectSpec, PackageSpec, PropertySpec, ResourceSpec } from "./spec";
import { requiredOf, TypeSpecs } from "./type-specs";

const DESCRIPTION =
  "Video analysis tasks on Huawei Cloud and Open Telekom Cloud: service tasks of ModelArts, batches of VIAS, jobs of VAS.";

/** The type of the same resource as a dynamic one, whose stacks move to the plugin without a call to a service. */
const dynamicType = (name: string): string => `pulumi-nodejs:dynamic/video-analysis:${name}`;

const INDENTATION = 2;

/** As a file. The same declarations always give the same text. */
export const packageSchemaText = (manifest: SourceManifest): string =>
  `${JSON.stringify(packageSchema(manifest), null, INDENTATION)}\n`;

export function packageSchema({ version, license, keywords, repository }: SourceManifest): PackageSpec {
  const types = new TypeSpecs();
  const resources = catalog.map((entry) => [pluginToken(entry.type), resourceSpec(types, entry)] as const);
  const functions = Object.entries<Lookup>(LOOKUPS).map(
    ([name, lookup]) => [pluginToken(name), functionSpec(types, name, lookup)] as const,
  );
  return {
    name: PLUGIN_PACKAGE,
    displayName: "Video Analysis",
    ...(version === undefined ? {} : { version }),
    description: DESCRIPTION,
    keywords,
    license,
    ...published(repository),
    meta: { supportPack: true },
    language: languages,
    config: { variables: configurationSpec(CONFIGURATION, types) },
    provider: providerSpec(CONFIGURATION, types),
    types: types.all,
    resources: Object.fromEntries(resources),
    functions: Object.fromEntries(functions),
  };
}

/** Only a release knows its repository; the CLI downloads plugins from the releases there. */
function published(
  repository: Manifest["repository"],
): Pick<PackageSpec, "repository" | "pluginDownloadURL"> {
  if (repository === undefined) return {};
  const url = repository.url.replace(/^git\+/, "").replace(/\.git$/, "");
  const { host, pathname } = new URL(url);
  return {
    repository: url,
    ...(host === "github.com" ? { pluginDownloadURL: `github://api.github.com${pathname}` } : {}),
  };
}

/** A change decided by the provider, which knows when two values mean the same: `replaceOnChanges` would not. */
function resourceSpec(types: TypeSpecs, entry: CatalogEntry): ResourceSpec {
  const args = entry.arguments.shape as Readonly<Record<string, z.ZodType>>;
  const shown = { ...args, ...entry.outputs.shape } as Readonly<Record<string, z.ZodType>>;
  const inputs = types.propertiesOf(args, { change: (key) => changeText(entry, key) });
  const properties = types.propertiesOf(shown);
  const resource: Resource = RESOURCES[entry.type as ResourceName];
  const { introduction, documents } = resource;
  const { required } = requiredOf(shown);
  const { required: requiredInputs } = requiredOf(args);
  return {
    description: [
      inLines(introduction),
      documents.map(([title, url]) => `[${title}](${url})`).join(", "),
      examples(resourcePrograms(resource)),
    ].join("\n\n"),
    properties,
    ...(required && { required }),
    inputProperties: marked(inputs, entry.immutable),
    ...(requiredInputs && { requiredInputs }),
    stateInputs: {
      type: "object",
      description: `What \`get\` of \`${entry.type}\` may be given.`,
      properties,
    },
    aliases: [{ type: dynamicType(entry.type) }],
  };
}

/** The markers of Pulumi's registry and generators, which keep of a text what is of their own language. */
const examples = (programs: readonly Program[]): string =>
  `{{% examples %}}
## Example Usage
{{% example %}}

${programs.map(fenced).join("")}
{{% /example %}}
{{% /examples %}}
`;

const marked = (properties: Readonly<Record<string, PropertySpec>>, replacing: readonly string[]) =>
  Object.fromEntries(
    Object.entries(properties).map(([key, property]) => [
      key,
      replacing.includes(key) ? { ...property, willReplaceOnChanges: true as const } : property,
    ]),
  );

/** A paragraph without the line breaks of its source. */
const inLines = (text: string): string => text.trim().replaceAll("\n", " ");

function functionSpec(types: TypeSpecs, name: string, lookup: Lookup): FunctionSpec {
  const { inputs, summary, errors = {}, source } = lookup;
  const occasions = Object.entries(errors).map(([code, occasion]) => `\`${code}\` where ${occasion}.`);
  return {
    description: [
      sentences([summary, ...occasions]),
      `Source: ${source}.`,
      examples(lookupPrograms(name, lookup)),
    ].join("\n\n"),
    inputs: objectSpec(types, inputs),
    outputs: "get" in lookup ? objectSpec(types, lookup.entry) : listSpec(types, lookup),
  };
}

const objectSpec = (types: TypeSpecs, { shape }: z.ZodObject): ObjectSpec => ({
  type: "object",
  properties: types.propertiesOf(shape),
  ...requiredOf(shape),
});

/** Without `details` some entries have less. */
function listSpec(types: TypeSpecs, { entry, summaryEntry = entry }: ListLookup): ObjectSpec {
  const always = requiredOf(summaryEntry.shape).required ?? [];
  const required = (requiredOf(entry.shape).required ?? []).filter((key) => always.includes(key));
  const entries = {
    type: "array",
    items: types.entry(entry, required),
    description: "The whole list.",
  } as const;
  return { type: "object", properties: { entries }, required: ["entries"] };
}
