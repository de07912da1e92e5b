/** Words, groups and order that the formats share. */
import { countOf } from "../../../common/wording";
import { visible } from "../../../output/text";
import type { Change, DriftReport, FailedTask, IdleTask, ResourceReport, Status } from "../report/schema";

export const STATUS_LABELS: Readonly<Record<Status, string>> = {
  "in-sync": "in sync",
  changed: "changed",
  gone: "gone",
  unreachable: "unreachable",
  "not-compared": "not compared",
};

/** What a person does about a resource, in the order in which it has to be done: first what no longer runs. */
export const GROUPS = [
  "gone",
  "failed",
  "not-running",
  "changed",
  "unreachable",
  "not-compared",
  "in-sync",
] as const;
export type Group = (typeof GROUPS)[number];

export const GROUP_LABELS: Readonly<Record<Group, string>> = {
  ...STATUS_LABELS,
  failed: "failed",
  "not-running": "not running",
};

/** The first that a resource belongs to. */
export function groupOf({ status, failed, notRunning }: ResourceReport): Group {
  if (status === "gone") return "gone";
  if (failed.length > 0) return "failed";
  return notRunning.length > 0 ? "not-running" : status;
}

/** In the order in which a summary counts them. */
const SUMMARY: readonly Group[] = [
  "in-sync",
  "changed",
  "gone",
  "failed",
  "not-running",
  "unreachable",
  "not-compared",
];

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
export function failureText({ state, code, message }: FailedTask | (IdleTask & { code?: string })): string {
  const said = [code, message].filter((part) => part !== undefined).join(" ");
  return visible(said === "" ? state : `${state}: ${said}`);
}

/** `3 in sync, 1 changed, 1 gone`: each resource in its group, so that the counts add up; what there is none of is left out. */
export function summaryLine({ resources, summary, unmanaged }: DriftReport): string {
  const of = (group: Group): number => resources.filter((resource) => groupOf(resource) === group).length;
  const parts: [number, string][] = [
    ...SUMMARY.map((group): [number, string] => [of(group), GROUP_LABELS[group]]),
    [summary.ignored, summary.ignored === 1 ? "accepted difference" : "accepted differences"],
    [unmanaged?.tasks.length ?? 0, "unmanaged"],
  ];
  const counts = parts.filter(([count]) => count > 0).map(([count, label]) => `${count} ${label}`);
  const total = countOf(summary.total, "resource");
  return counts.length === 0 ? total : `${total}: ${counts.join(", ")}`;
}

const VERDICTS: Readonly<Record<DriftReport["status"], string>> = {
  "in-sync": "In sync",
  drift: "Drift",
  unknown: "Could not tell",
};

/** In sync, and yet `--fail-on` names what was found. */
const failsInSync = ({ status, exitStatus }: DriftReport): boolean =>
  status === "in-sync" && exitStatus !== 0;

export const headlineOf = (report: DriftReport): string =>
  failsInSync(report) ? "In sync, but not every task runs" : VERDICTS[report.status];

/** The status whose colour and icon a report has. */
export const toneOf = (report: DriftReport): DriftReport["status"] =>
  failsInSync(report) ? "drift" : report.status;

/** `prod (site)`, or the file; `all stacks of site` has the project in its name. */
export function sourceText({ source, scope }: DriftReport): string {
  const projects = scope.projects.join(", ");
  const isNamed = source.kind === "state" || source.name.endsWith(` of ${projects}`);
  return isNamed || projects === "" ? source.name : `${source.name} (${projects})`;
}

/** `region eu-de, account 0985…`. */
export function placeText({ scope: { regions, accounts } }: DriftReport): string {
  const list = (noun: string, all: readonly string[]): string[] =>
    all.length === 0 ? [] : [`${noun}${all.length === 1 ? "" : "s"} ${all.join(", ")}`];
  return [...list("region", regions), ...list("account", accounts)].join(", ");
}

/** Both sides read the same where only their secret parts differ. */
export const differsInSecret = ({ secret, recorded, live }: Change): boolean =>
  secret && JSON.stringify(recorded) === JSON.stringify(live);

/** `since 2026-12-31`, with `--history`. */
const sinceText = (time: string | undefined): string[] =>
  time === undefined ? [] : [`since ${time.slice(0, "2026-12-31".length)}`];

/** What there is to say of a difference beside its values. */
export const remarksOf = (change: Change): string[] => [
  ...(change.replaces ? ["replaces"] : []),
  ...(differsInSecret(change) ? ["the secret part"] : []),
  ...sinceText(change.since),
];

/** Since when a resource is as it is; where properties differ, each of them says it. */
export const ageOf = ({ changes, since }: ResourceReport): string[] =>
  changes.length > 0 ? [] : sinceText(since);

const { compare } = new Intl.Collator("en", { numeric: true });

/** By group, and in each by name. */
export function byUrgency(report: DriftReport): ResourceReport[] {
  const place = (resource: ResourceReport): number => GROUPS.indexOf(groupOf(resource));
  return [...report.resources].sort(
    (a, b) => place(a) - place(b) || compare(a.name, b.name) || compare(a.urn, b.urn),
  );
}

/** Resources of which there is the same to say; alone, or with others of the same failure. */
export interface Cluster {
  readonly group: Group;
  readonly resources: readonly [ResourceReport, ...ResourceReport[]];
}

/** In the order of the first of each. Differences are of one resource alone. */
export function clustersOf(report: DriftReport): Cluster[] {
  const clusters = new Map<string, { group: Group; resources: [ResourceReport, ...ResourceReport[]] }>();
  for (const [index, resource] of byUrgency(report).entries()) {
    const group = groupOf(resource);
    const key = `${group} ${signatureOf(resource) ?? index}`;
    const known = clusters.get(key);
    if (known === undefined) clusters.set(key, { group, resources: [resource] });
    else known.resources.push(resource);
  }
  return [...clusters.values()];
}

/** Undefined for a resource with something of its own to show. */
function signatureOf(resource: ResourceReport): string | undefined {
  const { type, status, code, reason, changes, ignored, notCompared, failed, notRunning } = resource;
  if (changes.length + ignored.length > 0) return undefined;
  const states = [...failed, ...notRunning].map(failureText);
  const paths = notCompared.map(({ path }) => path);
  return JSON.stringify([type, status, code, reason, paths, [...new Set(states)]]);
}

/** True for a resource that the default output shows. */
export const isInteresting = (resource: ResourceReport): boolean =>
  groupOf(resource) !== "in-sync" || resource.ignored.length > 0;
