/** `video-analysis drift`: from the options to the report in the formats that were asked for. */
import { countOf } from "../../common/wording";
import { readText } from "../../../provider/services/auth/files";
import { VideoAnalysisError } from "../../../provider/common/errors";
import { refuseTwoOnOutput, writeReport } from "./formats/write-report";
import { startProgress } from "../../output/progress";
import { optionsLayer } from "../../stack/configuration/layers";
import { configurationsOf } from "../../stack/provider-configurations";
import { parseIgnoreFile } from "./report/ignore-file";
import { findUnmanaged } from "./report/unmanaged";
import type { DriftOptions } from "./options";
import { readAll } from "./report/readings";
import { recordedResources } from "../../stack/recorded-resources";
import { driftReport } from "./report/build";
import { openStack, withSelected } from "../../stack/open";
import type { OpenedStack } from "../../stack/opened-stack";

/**
 * Compares and reports. Sends requests that read, and writes nothing but the files of the report.
 *
 * @returns the exit status: 0 in sync, 2 drift, 1 unknown
 */
export async function drift(options: DriftOptions): Promise<0 | 1 | 2> {
  refuseOverwriting(options);
  refuseTwoOnOutput(options);
  const given = optionsLayer(options.config);
  const { ignoreFile } = options;
  const ignore =
    ignoreFile === undefined
      ? []
      : await parseIgnoreFile(readText(ignoreFile, "the file of --ignore-file"), ignoreFile);
  const stack = await openStack(await withSelected(options));
  const all = recordedResources(stack.state.resources, stack.decrypt);
  const resources = all.filter(({ leaving }) => !leaving);
  const configurations = configurationsOf(stack, given);
  const warnings = warningsOf(stack, all.length - resources.length);

  const progress = startProgress("reading", resources.length, process.stderr);
  const { readings, opened } = await readAll(resources, {
    concurrency: options.concurrency,
    configuration: configurations.of,
    notify: (message) => void warnings.push(message),
    onRead: () => {
      progress.step();
    },
  }).finally(() => {
    progress.end();
  });
  const unmanaged = options.unmanaged ? await findUnmanaged(all, opened, options.concurrency) : undefined;
  const report = driftReport(resources, readings, {
    source: stack.source,
    now: new Date(),
    ignore,
    secrets: configurations.secrets(),
    ...(unmanaged === undefined ? {} : { unmanaged }),
    warnings,
  });
  await writeReport(report, options, process.stdout);
  return report.exitStatus;
}

/** A report must not take the place of what it was made from. */
function refuseOverwriting({ state, configFile, ignoreFile, json, markdown, html }: DriftOptions): void {
  const outputs = [json, markdown, html].filter((file) => typeof file === "string");
  const inputs = [state, configFile, ignoreFile].filter((file) => file !== undefined);
  const clash = outputs.find((file, index) => inputs.includes(file) || outputs.indexOf(file) !== index);
  if (clash === undefined) return;
  throw new VideoAnalysisError(
    "CONFIGURATION",
    `the report would overwrite ${clash}, which another option names too. Give it a file of its own.`,
  );
}

function warningsOf({ state, configuration }: OpenedStack, leaving: number): string[] {
  return [
    ...(configuration?.warnings ?? []),
    ...(state.pendingOperations === 0
      ? []
      : [
          `the state has ${countOf(state.pendingOperations, "pending operation")} of a run that was killed: ` +
            "`pulumi refresh --clear-pending-creates --yes` clears them, once you know what it left behind",
        ]),
    ...(leaving === 0 ? [] : [`not compared: ${countOf(leaving, "replaced resource")} waiting for deletion`]),
  ];
}
