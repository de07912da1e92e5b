/** `video-analysis import`: from the options to the import file and the program. */
import { existsSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { readText } from "../../../provider/services/auth/files";
import { messageOf, isVideoAnalysisError, VideoAnalysisError } from "../../../provider/common/errors";
import { CONFIGURATION_NAMESPACE } from "../../../provider/services/configuration";
import type { PropertyMap } from "../../../provider/common/json";
import { printable } from "../../../provider/common/printable";
import {
  type Configuration,
  configurationOf,
  optionsLayer,
  SEALED_CREDENTIALS,
} from "../../stack/configuration/layers";
import { isDefaultProvider, providerConfiguration } from "../../stack/provider-configurations";
import type { Kind } from "../../stack/resource-types";
import { mapBounded } from "../../common/map-bounded";
import { startProgress } from "../../output/progress";
import type { ExportedResource } from "../../stack/deployment/export-file";
import { nameOf, recordedResources } from "../../stack/recorded-resources";
import { openConfiguration } from "../../stack/configuration/open";
import { openStack } from "../../stack/open";
import type { OpenedStack } from "../../stack/opened-stack";
import type { ConfigurationLayer } from "../../stack/configuration/layers";
import { declare } from "./declared";
import { describe } from "./describe";
import { importFileOf, type ExplicitProvider } from "./import-file";
import type { ImportOptions } from "./options";
import { programOf } from "./program";
import { reachOf, type Reach } from "./reach";
import { CONCURRENCY, select, type Selected } from "./selection";
import { tell } from "./tell";
import { parseValues, refuseStrangers, type Values } from "./values";

/** Something is left to fill in; 2 is the drift of the other command. */
const INCOMPLETE = 3;

const PROVIDER_TYPE = "pulumi:providers:pulumi-nodejs";

/** All sub-tasks of a batch: which sources it has is in no answer about the batch itself. */
const DETAILED: ConfigurationLayer = {
  values: { [`${CONFIGURATION_NAMESPACE}:batchDetail`]: "all" },
  sealed: [],
  secrets: [],
};

/**
 * Reads and writes the two files; nothing is written to a service or a state.
 *
 * @returns the exit status: 0, or 3 where something is left to fill in
 */
export async function importTasks(options: ImportOptions): Promise<0 | typeof INCOMPLETE> {
  refuseOverwriting(options);
  const { values: file } = options;
  const values: Values =
    file === undefined ? new Map() : await parseValues(readText(file, "the file of --values"), file);
  const source = await sourceOf(options);
  const provider = explicitProvider(options, source);
  const configuration = await readConfiguration(options, source, provider);
  const reach = reachOf(configuration);
  for (const warning of configuration.warnings) reach.say(`warning: ${warning}`);
  const recorded = source === undefined ? [] : recordedResources(source.state.resources, source.decrypt);
  try {
    const selection = await select(options, recorded, reach);
    if (selection.selected.length === 0) throw nothingFound(selection.owned.length);
    refuseStrangers(
      values,
      selection.selected.map(({ id }) => id),
    );
    const tasks = await describeAll(selection.selected, options, values, reach);
    const taken = (source?.state.resources ?? []).map(({ urn }) => nameOf(urn));
    const declared = declare(tasks, taken);
    write(options, {
      importFile: importFileOf(declared, provider),
      program: programOf(declared, {
        protect: options.protect,
        ...(provider === undefined ? {} : { provider: provider.name }),
      }),
    });
    process.stdout.write(printable(tell(declared, selection, options)));
    return declared.some(({ task }) => task.untold.length > 0 || task.problems.length > 0) ? INCOMPLETE : 0;
  } catch (error) {
    if (!configuration.sealed || !isVideoAnalysisError(error)) throw error;
    throw new VideoAnalysisError(error.code, `${messageOf(error)}${SEALED_CREDENTIALS}`, { cause: error });
  }
}

function refuseOverwriting({ outFile, program, force, state, configFile, values }: ImportOptions): void {
  const refuse = (problem: string): VideoAnalysisError => new VideoAnalysisError("CONFIGURATION", problem);
  const outputs = [outFile, program].map((file) => path.resolve(file));
  const inputs = [state, configFile, values]
    .filter((file) => file !== undefined)
    .map((file) => path.resolve(file));
  const clash = outputs.find((file, index) => inputs.includes(file) || outputs.indexOf(file) !== index);
  if (clash !== undefined)
    throw refuse(`${clash} is named by two options. Give each file a name of its own.`);
  const [importFile = "", programFile = ""] = outputs;
  if (importFile === programFile.replace(/\.\w+$/, ".json")) {
    throw refuse(
      `an import of ${programFile} without its extension would load ${importFile}. Give one another name.`,
    );
  }
  const existing = force ? undefined : outputs.find((file) => existsSync(file));
  if (existing === undefined) return;
  throw refuse(
    `${existing} exists already. Give another --out-file or --program, or --force to overwrite it.`,
  );
}

function sourceOf(options: ImportOptions): Promise<OpenedStack> | undefined {
  return options.state === undefined && options.stack === undefined ? undefined : openStack(options);
}

interface StackProvider extends ExplicitProvider {
  readonly resource: ExportedResource;
}

/** @throws `CONFIGURATION` where the stack has no such provider */
function explicitProvider(
  { provider: name }: ImportOptions,
  source: OpenedStack | undefined,
): StackProvider | undefined {
  if (name === undefined) return undefined;
  const providers = (source?.state.resources ?? []).filter(
    ({ type, urn }) => type === PROVIDER_TYPE && !isDefaultProvider(urn),
  );
  const [found, ...others] = providers.filter(({ urn }) => urn === name || nameOf(urn) === name);
  if (found !== undefined && others.length === 0) {
    return { name: nameOf(found.urn), urn: found.urn, resource: found };
  }
  const known = providers.map(({ urn }) => urn).join(", ");
  throw new VideoAnalysisError(
    "CONFIGURATION",
    source === undefined
      ? "--provider goes with --stack or --state, which tell the provider's URN and configuration."
      : `the stack has ${found === undefined ? "no" : "more than one"} provider "${name}". ` +
          (known === "" ? "Declare it and run `pulumi up` first." : `Give one of ${known}.`),
  );
}

/** As the provider process of the stack would have it. */
async function readConfiguration(
  options: ImportOptions,
  source: OpenedStack | undefined,
  provider: StackProvider | undefined,
): Promise<Configuration> {
  const given = [DETAILED, optionsLayer(options.config)];
  if (source === undefined) {
    const { layers, directory } = await openConfiguration(options.configFile, options.cwd);
    return configurationOf([...given, ...layers], directory);
  }
  const { configuration, complete, directory } = source;
  if (provider !== undefined) {
    return configurationOf([...given, providerConfiguration(provider.resource, source)], directory);
  }
  const recorded = providerConfiguration(
    source.state.resources.find(({ type, urn }) => type === PROVIDER_TYPE && isDefaultProvider(urn)),
    source,
  );
  const today = configuration === undefined ? [] : [configuration];
  return configurationOf([...given, ...today, ...(complete ? [] : [recorded])], directory);
}

function nothingFound(owned: number): VideoAnalysisError {
  const why = owned === 0 ? "no task fits the options" : "the stack has every task that fits the options";
  return new VideoAnalysisError("NOT_FOUND", `${why}, so nothing was written.`);
}

async function describeAll(
  selected: readonly Selected[],
  { platform }: ImportOptions,
  values: Values,
  reach: Reach,
): Promise<{ readonly kind: Kind; readonly task: Awaited<ReturnType<typeof describe>> }[]> {
  const progress = startProgress("reading", selected.length, process.stderr);
  try {
    return await mapBounded(selected, CONCURRENCY, async ({ kind, id }) => {
      const { definition } = kind;
      const hasPlatform = Object.hasOwn(definition.arguments.shape, "platform");
      const more: PropertyMap = platform !== undefined && hasPlatform ? { platform } : {};
      const task = await describe(definition, id, more, values.get(id) ?? {}, reach.environmentOf(kind));
      progress.step();
      return { kind, task };
    });
  } finally {
    progress.end();
  }
}

/** The import file has what the tasks keep secret: nobody else may read it, not even while it is written. */
function write(
  { outFile, program }: ImportOptions,
  texts: { readonly importFile: string; readonly program: string },
): void {
  rmSync(outFile, { force: true });
  // What tasks are called must not play with whoever reads the files; the escapes mean the same.
  writeFileSync(outFile, printable(texts.importFile), { mode: 0o600, flag: "wx" });
  writeFileSync(program, printable(texts.program));
}
