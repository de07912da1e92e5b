/** `video-analysis import`: from the options to the import file and the program. */
import { rmSync } from "node:fs";
import path from "node:path";
import { readText } from "../../../provider/services/auth/files";
import { isVideoAnalysisError, VideoAnalysisError } from "../../../provider/common/errors";
import type { PropertyMap } from "../../../provider/common/json";
import { printable } from "../../../provider/common/printable";
import { SEALED_CREDENTIALS } from "../../stack/configuration/layers";
import { findProject } from "../../stack/configuration/project-file";
import type { ResourceType } from "../../stack/resource-types";
import { mapBounded } from "../../common/map-bounded";
import { sentence, withoutCode } from "../../common/wording";
import { startProgress } from "../../output/progress";
import { jsonText, writeText } from "../../output/write";
import { withSelected } from "../../stack/open";
import { nameOf, recordedResources } from "../../stack/recorded-resources";
import type { OpenedStack } from "../../stack/opened-stack";
import { createAccess, type Access } from "../../stack/access";
import { appendTo, entryOf } from "./append";
import { BatchCatalog } from "./batch-catalog";
import { explicitProvider, openStackOf, ownKeys, readConfiguration } from "./configuration";
import { declare, type Declaration } from "./declaration";
import { importFileOf, pluginImportFileOf, type ExplicitProvider } from "./import-file";
import { nextSteps, stepsOf, type Followed } from "./next-steps";
import type { ImportOptions, Platforms } from "./options";
import { platformOf } from "./platforms";
import { programOf } from "./program";
import { readTask, type ExistingTask } from "./read-task";
import { refuseOverwriting, refuseUnfit, whatIsLost } from "./refusals";
import { CONCURRENCY, select, type Selected } from "./selection";
import { setSecrets } from "./set-secrets";
import { summaryJson, summaryOf } from "./summary";
import { BATCH } from "./targets";
import { parseValues, refuseStrangers, refuseUnused, valuesOf, type Values } from "./values";

/** Something is left to fill in; 2 is the drift of the other command. */
const INCOMPLETE = 3;

/**
 * Reads and writes the two files; nothing is written to a service or a state.
 *
 * @returns the exit status: 0, or 3 where something is left to fill in
 */
export async function importTasks(given: ImportOptions): Promise<0 | typeof INCOMPLETE> {
  const options = await withSelected(given);
  refuseUnfit(options);
  refuseOverwriting(options);
  const { values: file } = options;
  const values: Values =
    file === undefined ? new Map() : await parseValues(readText(file, "the file of --values"), file);
  const stack = await openStackOf(options);
  const provider = explicitProvider(options, stack);
  const configuration = await readConfiguration(options, stack, provider);
  const access = createAccess(configuration);
  for (const warning of configuration.warnings) access.notify(`warning: ${warning}`);
  const recorded = stack === undefined ? [] : recordedResources(stack);
  const lost = whatIsLost(options, recorded);
  // The summary is for people, and JSON has no place for it.
  if (lost !== undefined && options.json) access.notify(`warning: ${lost}`);
  try {
    const selection = await select(options, recorded, access);
    if (selection.selected.length === 0) throw nothingFound(selection.owned.length);
    refuseStrangers(values, selection);
    const tasks = await readTasks(selection.selected, options, values, access);
    refuseUnused(values, new Map(tasks.map(({ task }) => [task.id, task.open])));
    const taken = (stack?.state.resources ?? []).map(({ urn }) => nameOf(urn));
    const declarations = declare(inOrder(tasks), taken, await ownKeys(options, stack));
    write(options, textsOf(declarations, options, provider));
    if (options.setSecrets) await setSecrets(declarations, options);
    if (options.appendTo !== undefined) appendTo(options.appendTo, options.program);
    const next = stepsOf(declarations, options, await followed(options.cwd, stack));
    process.stdout.write(
      options.json
        ? jsonText(summaryJson(declarations, selection, options, next))
        : printable(summaryOf(declarations, selection, { ...options, lost }) + nextSteps(next)),
    );
    return declarations.some(({ task }) => task.unreadable.length > 0 || task.problems.length > 0)
      ? INCOMPLETE
      : 0;
  } catch (error) {
    if (!configuration.sealed || !isVideoAnalysisError(error)) throw error;
    throw new VideoAnalysisError(error.code, `${sentence(withoutCode(error))} ${SEALED_CREDENTIALS}`, {
      cause: error,
    });
  } finally {
    access.close();
  }
}

interface Texts {
  readonly importFile: string;
  /** Absent where `pulumi import` writes it. */
  readonly program?: string;
}

function textsOf(
  declarations: readonly Declaration[],
  { language, protect }: ImportOptions,
  provider: ExplicitProvider | undefined,
): Texts {
  if (language !== "typescript") return { importFile: pluginImportFileOf(declarations, provider) };
  const named = provider === undefined ? {} : { provider: provider.name };
  return {
    importFile: importFileOf(declarations, provider),
    program: programOf(declarations, { protect, ...named }),
  };
}

function nothingFound(owned: number): VideoAnalysisError {
  const why = owned === 0 ? "no task fits the options" : "the stack has every task that fits the options";
  return new VideoAnalysisError(
    "NOT_FOUND",
    `${why}, so nothing was written. \`video-analysis ls\` lists what the services have.`,
  );
}

interface ReadTask {
  readonly resourceType: ResourceType;
  readonly task: ExistingTask;
}

async function readTasks(
  selected: readonly Selected[],
  { language, platform }: ImportOptions,
  values: Values,
  access: Access,
): Promise<ReadTask[]> {
  // Programs in other languages have what the plugin reads by itself.
  const fillsIn = language === "typescript" && selected.some(({ resourceType }) => resourceType === BATCH);
  const catalog = fillsIn ? await BatchCatalog.read(access) : undefined;
  const progress = startProgress("reading", selected.length, process.stderr);
  try {
    return await mapBounded(selected, CONCURRENCY, async ({ resourceType, id }) => {
      const { definition } = resourceType;
      const more = platformIn(resourceType, id, platform);
      const sources = {
        values: valuesOf(values, id),
        catalog: resourceType === BATCH ? catalog : undefined,
      };
      const task = await readTask(definition, id, more, sources, access.contextOf(resourceType));
      progress.step();
      return { resourceType, task };
    });
  } finally {
    progress.end();
  }
}

/** By type and name, numbers in names by their value. */
function inOrder(tasks: readonly ReadTask[]): ReadTask[] {
  const { compare } = new Intl.Collator("en", { numeric: true });
  const keysOf = ({ resourceType: { definition }, task }: ReadTask): [string, string, string] => [
    definition.type,
    String(task.args.name),
    task.id,
  ];
  return [...tasks].sort((a, b) => {
    const others = keysOf(b);
    return keysOf(a).reduce((order, key, at) => (order === 0 ? compare(key, others[at] ?? "") : order), 0);
  });
}

async function followed(cwd: string, stack: OpenedStack | undefined): Promise<Followed> {
  const project = await findProject(cwd);
  const counted = stack?.state.resources.filter(({ type }) => !type.startsWith("pulumi:providers:"));
  return {
    entry: entryOf(project?.main ?? path.resolve(cwd)),
    // Of an empty stack the preview counts the stack itself.
    ...(counted === undefined ? {} : { resources: Math.max(1, counted.length) }),
  };
}

function platformIn({ definition }: ResourceType, id: string, platforms: Platforms): PropertyMap {
  if (!Object.hasOwn(definition.arguments.shape, "platform")) return {};
  const platform = platformOf(String(definition.parseId(id).args.serviceId), platforms);
  return platform === undefined ? {} : { platform };
}

/** Writes the files. Only the user may read the import file, which holds secrets of the tasks, also while it is written. */
function write({ outFile, program }: ImportOptions, texts: Texts): void {
  rmSync(outFile, { force: true });
  // Names of tasks must not control a terminal; the escapes mean the same.
  writeText(outFile, printable(texts.importFile), { mode: 0o600, flag: "wx" });
  if (texts.program !== undefined) writeText(program, printable(texts.program));
}
