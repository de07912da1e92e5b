/** `video-analysis import`: from the options to the import file and the program. */
import { existsSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { readText } from "../../../provider/services/auth/files";
import { isVideoAnalysisError, VideoAnalysisError } from "../../../provider/common/errors";
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
import type { ResourceType } from "../../stack/resource-types";
import { mapBounded } from "../../common/map-bounded";
import { sentence, withoutCode } from "../../common/wording";
import { startProgress } from "../../output/progress";
import type { ExportedResource } from "../../stack/deployment/export-file";
import { nameOf, recordedResources } from "../../stack/recorded-resources";
import { openConfiguration } from "../../stack/configuration/open";
import { openStack } from "../../stack/open";
import type { OpenedStack } from "../../stack/opened-stack";
import type { ConfigurationLayer } from "../../stack/configuration/layers";
import { declare } from "./declaration";
import { readTask, type ExistingTask } from "./read-task";
import { importFileOf, type ExplicitProvider } from "./import-file";
import type { ImportOptions } from "./options";
import { programOf } from "./program";
import { createAccess, type Access } from "./access";
import { CONCURRENCY, select, type Selected } from "./selection";
import { summaryOf } from "./summary";
import { parseValues, refuseStrangers, type Values } from "./values";

/** Something is left to fill in; 2 is the drift of the other command. */
const INCOMPLETE = 3;

const PROVIDER_TYPE = "pulumi:providers:pulumi-nodejs";

/** All sub-tasks of a batch: which sources it has is in no answer about the batch itself. */
const DETAILED: ConfigurationLayer = {
  values: { [`${CONFIGURATION_NAMESPACE}:batchDetail`]: "all" },
  sealed: [],
  secrets: [],
  origin: "command",
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
  const stack = await openStackOf(options);
  const provider = explicitProvider(options, stack);
  const configuration = await readConfiguration(options, stack, provider);
  const access = createAccess(configuration);
  for (const warning of configuration.warnings) access.notify(`warning: ${warning}`);
  const recorded = stack === undefined ? [] : recordedResources(stack.state.resources, stack.decrypt);
  try {
    const selection = await select(options, recorded, access);
    if (selection.selected.length === 0) throw nothingFound(selection.owned.length);
    refuseStrangers(
      values,
      selection.selected.map(({ id }) => id),
    );
    const tasks = await readTasks(selection.selected, options, values, access);
    const taken = (stack?.state.resources ?? []).map(({ urn }) => nameOf(urn));
    const declarations = declare(tasks, taken);
    write(options, {
      importFile: importFileOf(declarations, provider),
      program: programOf(declarations, {
        protect: options.protect,
        ...(provider === undefined ? {} : { provider: provider.name }),
      }),
    });
    process.stdout.write(printable(summaryOf(declarations, selection, options)));
    return declarations.some(({ task }) => task.unreadable.length > 0 || task.problems.length > 0)
      ? INCOMPLETE
      : 0;
  } catch (error) {
    if (!configuration.sealed || !isVideoAnalysisError(error)) throw error;
    throw new VideoAnalysisError(error.code, `${sentence(withoutCode(error))} ${SEALED_CREDENTIALS}`, {
      cause: error,
    });
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

function openStackOf(options: ImportOptions): Promise<OpenedStack> | undefined {
  return options.state === undefined && options.stack === undefined ? undefined : openStack(options);
}

interface StackProvider extends ExplicitProvider {
  readonly resource: ExportedResource;
}

/** @throws `CONFIGURATION` where the stack has no such provider */
function explicitProvider(
  { provider: name }: ImportOptions,
  stack: OpenedStack | undefined,
): StackProvider | undefined {
  if (name === undefined) return undefined;
  const providers = (stack?.state.resources ?? []).filter(
    ({ type, urn }) => type === PROVIDER_TYPE && !isDefaultProvider(urn),
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
async function readConfiguration(
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
  const recorded = providerConfiguration(
    stack.state.resources.find(({ type, urn }) => type === PROVIDER_TYPE && isDefaultProvider(urn)),
    stack,
  );
  const today = configuration === undefined ? [] : [configuration];
  return configurationOf([...given, ...today, ...(complete ? [] : [recorded])], directory);
}

function nothingFound(owned: number): VideoAnalysisError {
  const why = owned === 0 ? "no task fits the options" : "the stack has every task that fits the options";
  return new VideoAnalysisError(
    "NOT_FOUND",
    `${why}, so nothing was written. \`video-analysis ls\` lists what the services have.`,
  );
}

async function readTasks(
  selected: readonly Selected[],
  { platform }: ImportOptions,
  values: Values,
  access: Access,
): Promise<{ readonly resourceType: ResourceType; readonly task: ExistingTask }[]> {
  const progress = startProgress("reading", selected.length, process.stderr);
  try {
    return await mapBounded(selected, CONCURRENCY, async ({ resourceType, id }) => {
      const { definition } = resourceType;
      const hasPlatform = Object.hasOwn(definition.arguments.shape, "platform");
      const more: PropertyMap = platform !== undefined && hasPlatform ? { platform } : {};
      const task = await readTask(definition, id, more, values.get(id) ?? {}, access.contextOf(resourceType));
      progress.step();
      return { resourceType, task };
    });
  } finally {
    progress.end();
  }
}

/** Writes both files. Only the user may read the import file, which holds secrets of the tasks, also while it is written. */
function write(
  { outFile, program }: ImportOptions,
  texts: { readonly importFile: string; readonly program: string },
): void {
  rmSync(outFile, { force: true });
  // Names of tasks must not control a terminal; the escapes mean the same.
  writeFileSync(outFile, printable(texts.importFile), { mode: 0o600, flag: "wx" });
  writeFileSync(program, printable(texts.program));
}
