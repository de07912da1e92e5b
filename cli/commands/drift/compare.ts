/** Compares one stack with what the services have. */
import { countOf } from "../../common/wording";
import { startProgress } from "../../output/progress";
import type { ConfigurationLayer } from "../../stack/configuration/layers";
import type { OpenedStack } from "../../stack/opened-stack";
import { configurationsOf } from "../../stack/provider-configurations";
import type { RecordedResource } from "../../stack/recorded-resources";
import { driftReport } from "./report/build";
import type { IgnoreRule } from "./report/ignore-file";
import { readAll } from "./report/readings";
import type { DriftReport } from "./report/schema";
import { findUnmanaged } from "./report/unmanaged";
import type { FailOn } from "./report/verdict";

export interface CompareOptions {
  readonly given: ConfigurationLayer;
  readonly ignore: readonly IgnoreRule[];
  readonly unmanaged: boolean;
  readonly concurrency: number;
  readonly failOn: readonly FailOn[];
}

/** @param all recorded resources of the stack */
export async function compare(
  stack: OpenedStack,
  all: readonly RecordedResource[],
  options: CompareOptions,
): Promise<DriftReport> {
  const { given, ignore, concurrency, failOn } = options;
  const resources = all.filter(({ leaving }) => !leaving);
  const configurations = configurationsOf(stack, given);
  const warnings = warningsOf(stack, all.length - resources.length);
  const progress = startProgress("reading", resources.length, process.stderr);
  const { readings, opened } = await readAll(resources, {
    concurrency,
    configuration: configurations.of,
    notify: (message) => void warnings.push(message),
    onRead: () => {
      progress.step();
    },
  }).finally(() => {
    progress.end();
  });
  if (options.unmanaged && opened.length === 0) warnings.push(NOWHERE);
  const unmanaged = options.unmanaged ? await findUnmanaged(all, opened, concurrency) : undefined;
  return driftReport(resources, readings, {
    source: stack.source,
    now: new Date(),
    ignore,
    secrets: configurations.secrets(),
    ...(unmanaged === undefined ? {} : { unmanaged }),
    warnings: counted(warnings),
    failOn,
  });
}

const NOWHERE =
  "--unmanaged found no service to look in: it looks in those of the stack's resources. `video-analysis ls` lists " +
  "the tasks of any service";

/** The same words once, with their number. */
function counted(texts: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return [...counts].map(([text, count]) => (count === 1 ? text : `${text} (${count} times)`));
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
