/** The stack that tasks are imported into, its explicit provider, and the configuration that the services are read with. */
import { VideoAnalysisError } from "../../../provider/common/errors";
import {
  CONFIGURATION_NAMESPACE,
  DYNAMIC_PROVIDER,
  PLUGIN_PROVIDER,
} from "../../../provider/services/configuration";
import {
  type Configuration,
  type ConfigurationLayer,
  configurationOf,
  optionsLayer,
} from "../../stack/configuration/layers";
import { openConfiguration, projectNear } from "../../stack/configuration/open";
import type { ExportedResource } from "../../stack/deployment/export-file";
import { openStack } from "../../stack/open";
import type { OpenedStack } from "../../stack/opened-stack";
import { isDefaultProvider, ownProvider, providerConfiguration } from "../../stack/provider-configurations";
import { nameOf } from "../../stack/recorded-resources";
import type { ExplicitProvider } from "./import-file";
import type { ImportOptions } from "./options";

/** All sub-tasks of a batch: which sources it has is in no answer about the batch itself. */
const DETAILED: ConfigurationLayer = {
  values: { [`${CONFIGURATION_NAMESPACE}:batchDetail`]: "all" },
  sealed: [],
  secrets: [],
  origin: "command",
};

export function openStackOf(options: ImportOptions): Promise<OpenedStack> | undefined {
  return options.state === undefined && options.stack === undefined ? undefined : openStack(options);
}

export interface StackProvider extends ExplicitProvider {
  readonly resource: ExportedResource;
}

/** @throws `CONFIGURATION` where the stack has no such provider */
export function explicitProvider(
  { provider: name, language }: ImportOptions,
  stack: OpenedStack | undefined,
): StackProvider | undefined {
  if (name === undefined) return undefined;
  if (stack === undefined)
    throw refused("--provider needs the stack that has the provider. Give --stack or --state too.");
  const [wanted, other] =
    language === "typescript" ? [DYNAMIC_PROVIDER, PLUGIN_PROVIDER] : [PLUGIN_PROVIDER, DYNAMIC_PROVIDER];
  const ofType = (type: string): ExportedResource[] =>
    stack.state.resources.filter((resource) => resource.type === type && !isDefaultProvider(resource.urn));
  const named = (resources: readonly ExportedResource[]): ExportedResource[] =>
    resources.filter(({ urn }) => urn === name || nameOf(urn) === name);
  const [found, ...others] = named(ofType(wanted));
  if (found !== undefined && others.length === 0) {
    return { name: nameOf(found.urn), urn: found.urn, resource: found };
  }
  if (found === undefined && named(ofType(other)).length > 0) throw ofOtherFront(name, language);
  const known = ofType(wanted).map(({ urn }) => urn);
  throw refused(
    `the stack has ${found === undefined ? "no" : "more than one"} provider "${name}". ` +
      (known.length === 0 ? "Declare it and run `pulumi up` first." : `Give one of ${known.join(", ")}.`),
  );
}

const refused = (message: string): VideoAnalysisError => new VideoAnalysisError("CONFIGURATION", message);

/** The classes of the one take no provider of the other. */
function ofOtherFront(name: string, language: ImportOptions["language"]): VideoAnalysisError {
  return refused(
    language === "typescript"
      ? `provider "${name}" is one of the provider plugin, and a program in typescript is written with the dynamic ` +
          "classes. Declare a `Provider` of `pulumi-video-analysis` for it, or leave --provider out."
      : `provider "${name}" is one of the dynamic classes, and a program in ${language} needs one of the provider ` +
          "plugin. Declare that, or leave --provider out.",
  );
}

/** As the provider process of the stack would have it. */
export async function readConfiguration(
  options: ImportOptions,
  stack: OpenedStack | undefined,
  provider: StackProvider | undefined,
): Promise<Configuration> {
  const given = [DETAILED, optionsLayer(options.config)];
  if (stack === undefined) {
    const { layers, directory } = await openConfiguration(options.configFile, options.cwd);
    return configurationOf([...given, ...layers], directory);
  }
  const { configuration, complete, directory } = stack;
  if (provider !== undefined) {
    return configurationOf([...given, providerConfiguration(provider.resource, stack)], directory);
  }
  const recorded = providerConfiguration(ownProvider(stack), stack);
  const today = configuration === undefined ? [] : [configuration];
  return configurationOf([...given, ...today, ...(complete ? [] : [recorded])], directory);
}

/** The keys of the project's own configuration, with the values that can be read: a secret must not take their place. */
export async function ownKeys(
  { configFile, cwd }: ImportOptions,
  stack: OpenedStack | undefined,
): Promise<ReadonlyMap<string, string | undefined>> {
  const layers =
    stack === undefined ? (await openConfiguration(configFile, cwd)).layers : [stack.configuration];
  const namespace = `${(await projectNear(cwd, configFile))?.name ?? ""}:`;
  const keys = layers.flatMap((layer): [string, string | undefined][] => [
    ...(layer?.sealed ?? []).map((key): [string, undefined] => [key, undefined]),
    ...Object.entries(layer?.values ?? {}),
  ]);
  return new Map(
    keys.flatMap(([key, value]) => (key.startsWith(namespace) ? [[key.slice(namespace.length), value]] : [])),
  );
}
