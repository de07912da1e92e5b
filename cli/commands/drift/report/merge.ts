/** Several stacks in one report. */
import type { DriftReport } from "./schema";
import { summaryOf, verdictOf, type FailOn } from "./verdict";

const unique = (texts: readonly string[]): string[] => [...new Set(texts)];

/** @param problems stacks that could not be read */
export function merged(
  reports: readonly DriftReport[],
  name: string,
  { now, failOn, problems }: { now: Date; failOn: readonly FailOn[]; problems: readonly string[] },
): DriftReport {
  const resources = reports.flatMap((report) => report.resources);
  const listed = reports.flatMap(({ unmanaged }) => unmanaged ?? []);
  const owned = new Set(resources.map(({ type, id }) => `${type} ${id}`));
  const unmanaged = {
    // A task that another of the stacks has is no stranger, and two stacks may share a service.
    tasks: listed
      .flatMap(({ tasks }) => tasks)
      .filter(
        ({ type, id }, at, all) =>
          !owned.has(`${type} ${id}`) && all.findIndex((one) => one.type === type && one.id === id) === at,
      ),
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
