/** Words and order that the formats share. */
import { countOf } from "../../../common/wording";
import { visible } from "../../../output/text";
import type { DriftReport, FailedTask, Status } from "../report/schema";

export const STATUS_LABELS: Readonly<Record<Status, string>> = {
  "in-sync": "in sync",
  changed: "changed",
  gone: "gone",
  unreachable: "unreachable",
  "not-compared": "not compared",
};

/** By urgency. */
export const STATUS_ORDER: readonly Status[] = ["changed", "gone", "unreachable", "not-compared", "in-sync"];

/** Why a difference does not count. */
export function acceptance({
  by,
  reason,
  expires,
}: DriftReport["resources"][number]["ignored"][number]): string {
  if (by === "ignoreChanges") return "ignoreChanges";
  return `${visible(reason ?? "")}${expires === undefined ? "" : ` (until ${expires})`}`;
}

/** `FAILED: VIDEO.2 lens cap`. */
export function failureText({ state, code, message }: FailedTask): string {
  const said = [code, message].filter((part) => part !== undefined).join(" ");
  return visible(said === "" ? state : `${state}: ${said}`);
}

/** `3 in sync, 1 changed, 1 gone`: what there is none of is left out. */
export function summaryLine({ summary, unmanaged }: DriftReport): string {
  const parts: [number, string][] = [
    [summary.inSync, STATUS_LABELS["in-sync"]],
    [summary.changed, STATUS_LABELS.changed],
    [summary.gone, STATUS_LABELS.gone],
    [summary.unreachable, STATUS_LABELS.unreachable],
    [summary.notCompared, STATUS_LABELS["not-compared"]],
    [summary.ignored, summary.ignored === 1 ? "accepted difference" : "accepted differences"],
    [summary.failed, "with failed tasks"],
    [unmanaged?.tasks.length ?? 0, "unmanaged"],
  ];
  const counts = parts.filter(([count]) => count > 0).map(([count, label]) => `${count} ${label}`);
  const total = countOf(summary.total, "resource");
  return counts.length === 0 ? total : `${total}: ${counts.join(", ")}`;
}

export const VERDICTS: Readonly<Record<DriftReport["status"], string>> = {
  "in-sync": "In sync",
  drift: "Drift",
  unknown: "Could not tell",
};

/** Sorts resources by urgency, failed tasks before others; otherwise keeps the order of the state. */
export function byUrgency(report: DriftReport): DriftReport["resources"] {
  const healthLast = [true, false].flatMap((failing) =>
    report.resources.filter(({ failed }) => failed.length > 0 === failing),
  );
  return STATUS_ORDER.flatMap((status) => healthLast.filter((resource) => resource.status === status));
}
