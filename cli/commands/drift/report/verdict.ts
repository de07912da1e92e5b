/** The counts of a report, and what follows from them. */
import type { DriftReport, ResourceReport } from "./schema";

/** What `--fail-on` counts like drift. */
export type FailOn = "failed" | "stopped";

export function summaryOf(reports: readonly ResourceReport[]): DriftReport["summary"] {
  const count = (of: ResourceReport["status"]): number =>
    reports.filter(({ status }) => status === of).length;
  return {
    total: reports.length,
    inSync: count("in-sync"),
    changed: count("changed"),
    gone: count("gone"),
    unreachable: count("unreachable"),
    notCompared: count("not-compared"),
    ignored: reports.reduce((sum, { ignored }) => sum + ignored.length, 0),
    failed: reports.filter(({ failed }) => failed.length > 0).length,
    notRunning: reports.filter(({ notRunning }) => notRunning.length > 0).length,
  };
}

/** Drift counts before what is unknown. */
export function verdictOf(
  { summary, unmanaged }: Pick<DriftReport, "summary" | "unmanaged">,
  failOn: readonly FailOn[] = [],
): Pick<DriftReport, "status" | "exitStatus"> {
  if (summary.changed + summary.gone > 0) return { status: "drift", exitStatus: 2 };
  const open = summary.unreachable + summary.notCompared + (unmanaged?.problems.length ?? 0);
  const status = open > 0 ? "unknown" : "in-sync";
  const asked = failOn.some((what) => summary[what === "failed" ? "failed" : "notRunning"] > 0);
  return { status, exitStatus: asked ? 2 : open > 0 ? 1 : 0 };
}
