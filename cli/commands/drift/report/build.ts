/** The report on a stack: a pure function of its recorded resources and what their reads came to. */
import { formatPath, type Path } from "../../../../provider/common/json";
import { scrubber } from "../../../../provider/common/redaction";
import { differences, type Difference } from "../../../../provider/core/drift/compare";
import { ECHO_KEY } from "../../../../provider/core/drift/echo";
import { covers, parsePath } from "../../../common/property-path";
import { hasExpired, type IgnoreRule } from "./ignore-file";
import type { Reading } from "./readings";
import { nameOf, projectOf, stackOf, type RecordedResource } from "../../../stack/recorded-resources";
import { REPORT_VERSION, type Change, type DriftReport, type ResourceReport, type Unmanaged } from "./schema";
import { summaryOf, verdictOf, type FailOn } from "./verdict";
import { secretParts, withoutSecrets } from "../../../output/secrets";
import { secretsOfResource, secretTexts } from "./secrets";

export interface ReportOptions {
  readonly source: DriftReport["source"];
  /** When the reads ended; ignore rules expire by it. */
  readonly now: Date;
  readonly ignore: readonly IgnoreRule[];
  /** Secret texts from elsewhere, such as credentials: nothing in the report repeats them. */
  readonly secrets: readonly string[];
  /** Absent without `--unmanaged`. */
  readonly unmanaged?: Unmanaged;
  readonly warnings: readonly string[];
  /** What else than drift makes the exit status 2. */
  readonly failOn?: readonly FailOn[];
}

const SEALED =
  "encrypted in the state: give PULUMI_CONFIG_PASSPHRASE (or PULUMI_CONFIG_PASSPHRASE_FILE) to compare it";

const SEALED_ECHO =
  "the service may show it in a form of its own, whose record is encrypted in the state: give " +
  "PULUMI_CONFIG_PASSPHRASE (or PULUMI_CONFIG_PASSPHRASE_FILE) to compare it";

/** An accepted difference: the source of the acceptance, its reason and its end. */
type Accepted = Pick<ResourceReport["ignored"][number], "by" | "reason" | "expires">;

/** @param readings in the order of the resources */
export function driftReport(
  resources: readonly RecordedResource[],
  readings: readonly Reading[],
  options: ReportOptions,
): DriftReport {
  const { source, now, ignore, secrets, unmanaged, warnings } = options;
  const valid = ignore.filter((rule) => !hasExpired(rule, now));
  const texts = new Set(secrets);
  const reports = resources.map((resource, index) => {
    const reading = readings[index] ?? { outcome: "unreachable", reason: "it was not read" };
    return resourceReport(resource, reading, valid, texts);
  });
  const scrub = scrubber(texts);
  const urns = resources.map(({ urn }) => urn);
  const report: Omit<DriftReport, "status" | "exitStatus"> = {
    schemaVersion: REPORT_VERSION,
    createdAt: now.toISOString(),
    source,
    scope: scopeOf(resources),
    summary: summaryOf(reports),
    resources: reports.map((resource) => scrubbed(resource, scrub)),
    // Names and ids of unmanaged tasks are no secrets of this stack: they stay as the service has them.
    ...(unmanaged === undefined
      ? {}
      : { unmanaged: { ...unmanaged, problems: unmanaged.problems.map(scrub) } }),
    warnings: [...warnings, ...ruleWarnings(ignore, now, urns)].map(scrub),
  };
  return { ...report, ...verdictOf(report, options.failOn) };
}

const scopeOf = (resources: readonly RecordedResource[]): DriftReport["scope"] => {
  const outputs = (key: string): string[] =>
    unique(resources.map((resource) => resource.outputs[key]).filter((value) => typeof value === "string"));
  return {
    stacks: unique(resources.flatMap(({ urn }) => stackOf(urn) ?? [])),
    projects: unique(resources.flatMap(({ urn }) => projectOf(urn) ?? [])),
    regions: outputs("region"),
    accounts: outputs("projectId"),
  };
};

/** @param texts gets the secret texts of this resource */
function resourceReport(
  resource: RecordedResource,
  reading: Reading,
  ignore: readonly IgnoreRule[],
  texts: Set<string>,
): ResourceReport {
  const { definition } = resource.resourceType;
  const base = {
    urn: resource.urn,
    type: definition.type as ResourceReport["type"],
    name: nameOf(resource.urn),
    id: resource.id,
    changes: [],
    ignored: [],
    notCompared: [],
    failed: [],
    notRunning: [],
  };
  const values = reading.outcome === "live" ? [reading.recorded, reading.live] : [resource.outputs];
  const secrets = secretsOfResource(definition, resource.secrets, values);
  for (const text of secretTexts(secrets, values)) texts.add(text);
  if (reading.outcome === "gone") return { ...base, status: "gone" };
  if (reading.outcome === "unreachable") {
    const { code, reason } = reading;
    return { ...base, status: "unreachable", ...(code === undefined ? {} : { code }), reason };
  }
  const { recorded, live, failed, notRunning } = reading;
  const updates = definition.replacingUpdates(live, recorded);
  const toChange = (difference: Difference): Change => {
    const top = String(difference.path[0]);
    return changeOf(difference, secrets, definition.immutable.includes(top) || updates.includes(top));
  };
  const changes: Change[] = [];
  const ignored: ResourceReport["ignored"] = [];
  const [echo, sealed] = partition(resource.sealed, (path) => path[0] === ECHO_KEY);
  const notCompared = unique(sealed.map(formatPath)).map((path) => ({ path, reason: SEALED }));
  for (const difference of differences(recorded, live)) {
    if (sealed.some((path) => covers(path, difference.path))) continue;
    const accepted = acceptanceOf(difference.path, resource, ignore);
    if (accepted !== undefined) ignored.push({ ...toChange(difference), ...accepted });
    // The service may show the field in a form that the state knows and this report cannot open.
    else if (echo.length > 0) {
      notCompared.push({ path: formatPath(difference.path), reason: SEALED_ECHO });
    } else changes.push(toChange(difference));
  }
  const status = changes.length > 0 ? "changed" : notCompared.length > 0 ? "not-compared" : "in-sync";
  return {
    ...base,
    status,
    changes,
    ignored,
    notCompared,
    failed: [...failed],
    notRunning: [...notRunning],
  };
}

function changeOf({ path, recorded, live }: Difference, secrets: readonly Path[], replaces: boolean): Change {
  const before = withoutSecrets(recorded, path, secrets, secretParts);
  const after = withoutSecrets(live, path, secrets, secretParts);
  return {
    path: formatPath(path),
    ...(before.value === undefined ? {} : { recorded: before.value }),
    ...(after.value === undefined ? {} : { live: after.value }),
    secret: before.hidden || after.hidden,
    replaces,
  };
}

function acceptanceOf(
  path: Path,
  { urn, ignoreChanges }: RecordedResource,
  ignore: readonly IgnoreRule[],
): Accepted | undefined {
  const byOption = ignoreChanges.some((text) => {
    const pattern = parsePath(text);
    return pattern !== undefined && covers(pattern, path);
  });
  if (byOption) return { by: "ignoreChanges" };
  const rule = ignore.find((candidate) => candidate.matches(urn) && covers(candidate.pattern, path));
  if (rule === undefined) return undefined;
  const { reason, expires } = rule;
  return { by: "ignore-file", reason, ...(expires === undefined ? {} : { expires }) };
}

/** Names and ids are no secrets (the engine shows them everywhere), so they stay whole to be found by. */
function scrubbed(resource: ResourceReport, scrub: ReturnType<typeof scrubber>): ResourceReport {
  const plain = <T extends Change>(change: T): T => ({
    ...change,
    path: scrub(change.path),
    ...(change.recorded === undefined ? {} : { recorded: scrub(change.recorded) }),
    ...(change.live === undefined ? {} : { live: scrub(change.live) }),
  });
  return {
    ...resource,
    changes: resource.changes.map(plain),
    ignored: resource.ignored.map(plain),
    failed: resource.failed.map((task) => ({ ...scrub(task), id: task.id })),
    notRunning: resource.notRunning.map((task) => ({ ...scrub(task), id: task.id })),
    ...(resource.reason === undefined ? {} : { reason: scrub(resource.reason) }),
  };
}

function ruleWarnings(ignore: readonly IgnoreRule[], now: Date, urns: readonly string[]): string[] {
  return ignore.flatMap((rule) => {
    const subject = `ignore file: ${rule.property} of ${rule.urn}`;
    if (hasExpired(rule, now)) return [`${subject} expired on ${String(rule.expires)} and counts again`];
    return urns.some((urn) => rule.matches(urn)) ? [] : [`${subject} fits no resource of the state`];
  });
}

function partition<T>(items: readonly T[], isFirst: (item: T) => boolean): [T[], T[]] {
  return [items.filter(isFirst), items.filter((item) => !isFirst(item))];
}

const unique = (texts: readonly string[]): string[] => [...new Set(texts)];
