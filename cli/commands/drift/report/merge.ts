/** Several stacks in one report. */
import { keyOf } from "../../../../provider/core/ownership/run-registry";
import type { DriftReport } from "./schema";
import { summaryOf, verdictOf, type FailOn } from "./verdict";

const unique = (texts: readonly string[]): string[] => [...new Set(texts)];

export interface MergeOptions {
  readonly now: Date;
  readonly failOn: readonly FailOn[];
  /** Stacks that could not be read. */
  readonly problems: readonly string[];
  /** Keys of the tasks that the stacks own, those of resources that are not compared included. */
  readonly owned: ReadonlySet<string>;
}

export function merged(
  reports: readonly DriftReport[],
  name: string,
  { now, failOn, problems, owned }: MergeOptions,
): DriftReport {
  const resources = reports.flatMap((report) => report.resources);
  const listed = reports.flatMap(({ unmanaged }) => unmanaged ?? []);
  // A task that another of the stacks has is no stranger, and two stacks may share a service.
  const seen = new Set(owned);
  const unmanaged = {
    tasks: listed
      .flatMap(({ tasks }) => tasks)
      .filter((task) => (seen.has(keyOf(task)) ? false : seen.add(keyOf(task)))),
    problems: unique(listed.flatMap((one) => one.problems)),
  };
  const scope = (key: keyof DriftReport["scope"]): string[] =>
    unique(reports.flatMap((report) => report.scope[key]));
  const summary = summaryOf(resources);
  const report = {
    schemaVersion: 1 as const,
    createdAt: now.toISOString(),
    source: { kind: "stacks" as const, name },
    scope: {
      stacks: scope("stacks"),
      projects: scope("projects"),
      regions: scope("regions"),
      accounts: scope("accounts"),
    },
    summary,
    resources,
    ...(listed.length === 0 ? {} : { unmanaged }),
    warnings: [
      ...problems,
      ...reports.flatMap(({ source, warnings }) => warnings.map((text) => `${source.name}: ${text}`)),
    ],
  };
  const verdict = verdictOf(report, failOn);
  // A stack that could not be read may hide drift.
  const isOpen = problems.length > 0 && verdict.status === "in-sync";
  return {
    ...report,
    ...(isOpen ? { status: "unknown" as const, exitStatus: verdict.exitStatus === 2 ? 2 : 1 } : verdict),
  };
}
