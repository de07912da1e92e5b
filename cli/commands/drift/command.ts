/** `video-analysis drift`: from the options to the report in the formats that were asked for. */
import path from "node:path";
import { VideoAnalysisError } from "../../../provider/common/errors";
import { explain } from "../../../provider/fronts/engine/remedies";
import { readText } from "../../../provider/services/auth/files";
import { optionsLayer } from "../../stack/configuration/layers";
import { findProject } from "../../stack/configuration/project-file";
import { openStack, withSelected } from "../../stack/open";
import type { OpenedStack } from "../../stack/opened-stack";
import { recordedResources } from "../../stack/recorded-resources";
import { ownedTasks } from "../../stack/tasks";
import { refuseClash, writeText } from "../../output/write";
import { filesOf, refuseTwoOnOutput, writeReport } from "./formats/write-report";
import { compare, type CompareOptions } from "./compare";
import { withHistory } from "./report/history";
import { parseIgnoreFile } from "./report/ignore-file";
import { merged } from "./report/merge";
import type { DriftReport } from "./report/schema";
import { ignoreFileOf } from "./report/write-ignore";
import type { DriftOptions } from "./options";

/**
 * Compares and reports. Sends requests that read, and writes nothing but the files of the report.
 *
 * @returns the exit status: 0 in sync, 2 drift, 1 unknown
 */
export async function drift(options: DriftOptions): Promise<0 | 1 | 2> {
  const { state, configFile, ignoreFile, history, writeIgnoreFile } = options;
  refuseClash([...filesOf(options), writeIgnoreFile], [state, configFile, ignoreFile]);
  refuseTwoOnOutput(options);
  const given = optionsLayer(options.config);
  const ignore =
    ignoreFile === undefined
      ? []
      : await parseIgnoreFile(readText(ignoreFile, "the file of --ignore-file"), ignoreFile);
  const { unmanaged, concurrency, failOn } = options;
  const how: CompareOptions = { given, ignore, unmanaged, concurrency, failOn };
  const found =
    options.allStacks === undefined
      ? await compareOne(await openStack(await withSelected(options)), how)
      : await compareAll(options, options.allStacks, how);
  const report = history === undefined ? found : withHistory(found, history);
  if (writeIgnoreFile !== undefined) writeText(writeIgnoreFile, ignoreFileOf(report));
  await writeReport(report, options, process.stdout);
  return report.exitStatus;
}

const compareOne = (stack: OpenedStack, how: CompareOptions): Promise<DriftReport> =>
  compare(stack, recordedResources(stack), how);

/** One stack after the other; one that cannot be read is a warning, and leaves the answer open. */
async function compareAll(
  { state, stack, configFile, cwd }: DriftOptions,
  names: string | true,
  how: CompareOptions,
): Promise<DriftReport> {
  if (state !== undefined || stack !== undefined || configFile !== undefined) {
    throw new VideoAnalysisError(
      "CONFIGURATION",
      "--all-stacks excludes --state, --stack and --config-file. Leave these out.",
    );
  }
  const { stacksOf } = await import("../../stack/pulumi-cli.js");
  const stacks = names === true ? await stacksOf(cwd) : names.split(",").map((name) => name.trim());
  if (stacks.length === 0) {
    throw new VideoAnalysisError(
      "CONFIGURATION",
      "--all-stacks found no stack of the project in this backend. Check the login and --cwd.",
    );
  }
  const reports: DriftReport[] = [];
  const owned = new Set<string>();
  /** By the reason, the same for all stacks but their names. */
  const failures = new Map<string, { readonly names: string[]; readonly text: string }>();
  for (const name of stacks) {
    try {
      const stack = await openStack({ stack: name, cwd });
      const resources = recordedResources(stack);
      for (const key of ownedTasks(resources)) owned.add(key);
      reports.push(await compare(stack, resources, how));
    } catch (error) {
      const text = explain(error);
      const reason = text.replaceAll(name, "");
      const failure = failures.get(reason) ?? { names: [], text };
      failure.names.push(name);
      failures.set(reason, failure);
    }
  }
  const problems = [...failures.values()].map(
    ({ names: all, text }) =>
      `${all.length === 1 ? "stack" : "stacks"} ${all.join(", ")} could not be compared: ${text}`,
  );
  const project = (await findProject(cwd))?.name ?? path.basename(path.resolve(cwd));
  const name = names === true ? `all stacks of ${project}` : stacks.join(", ");
  return merged(reports, name, { now: new Date(), failOn: how.failOn, problems, owned });
}
