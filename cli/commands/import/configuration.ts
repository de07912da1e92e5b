/** The stack that tasks are imported into, its explicit provider, and the configuration that the services are read with. */
import { VideoAnalysisError } from "../../../provider/common/errors";
import { CONFIGURATION_NAMESPACE } from "../../../provider/services/configuration";
import {
  type Configuration,
  type ConfigurationLayer,
  configurationOf,
  optionsLayer,
} from "../../stack/configuration/layers";
import { openConfiguration } from "../../stack/configuration/open";
import type { ExportedResource } from "../../stack/deployment/export-file";
import { openStack } from "../../stack/open";
import type { OpenedStack } from "../../stack/opened-stack";
import {
  DYNAMIC_PROVIDER,
  isDefaultProvider,
  ownProvider,
  providerConfiguration,
} from "../../stack/provider-configurations";
import { PLUGIN_PROVIDER } from "../../../provider/services/configuration";
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
  const wanted = language === "typescript" ? DYNAMIC_PROVIDER : PLUGIN_PROVIDER;
  const providers = (stack?.state.resources ?? []).filter(
    ({ type, urn }) => type === wanted && !isDefaultProvider(urn),
  );
  const [found, ...others] = providers.filter(({ urn }) => urn === name || nameOf(urn) === name);
  if (found !== undefined && others.length === 0) {
    return { name: nameOf(found.urn), urn: found.urn, resource: found };
  }
  const known = providers.map(({ urn }) => urn).join(", ");
  throw new VideoAnalysisError(
    "CONFIGURATION",
    stack === undefined
      ? "--provider needs the stack that has the provider. Give --stack or --state too."
      : `the stack has ${found === undefined ? "no" : "more than one"} provider "${name}". ` +
          (known === "" ? "Declare it and run `pulumi up` first." : `Give one of ${known}.`),
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
