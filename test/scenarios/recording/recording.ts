/** The recording of a scenario on an engine, in a form in which two engines can be compared. */
import type { DetailedDiff, ExportedStack, ResourceV3 } from "../../../tools/engine";
import { PassphraseSecrets } from "../../../tools/engine/crypto";
import { SIGNATURE_KEY, SIGNATURES } from "../../../tools/engine/wire";
import { type Outcome, PASSPHRASE } from "../drivers/driver";
import type { HookCall } from "./hook-calls";

export interface StepRecording {
  readonly title: string;
  readonly ok: boolean;
  /** Steps by resource, in the order of their end. */
  readonly operations: Readonly<Record<string, readonly { op: string; failed: boolean }[]>>;
  /** Detailed diffs by resource and step. */
  readonly diffs: Readonly<Record<string, DetailedDiff>>;
  /** Hook calls by resource, in their order. */
  readonly calls: Readonly<Record<string, readonly HookCall[]>>;
  /** The state afterwards, sorted by URN. */
  readonly resources: readonly unknown[];
  readonly pendingOperations: readonly string[];
}

export interface RawStep {
  readonly title: string;
  readonly outcome: Outcome;
  readonly calls: readonly HookCall[];
  readonly state: ExportedStack;
}

/** A resource's name with the last part of its type, such as `ServiceTask cam`. */
export function labelOf(urn: string): string {
  const [, , type = "", ...name] = urn.split("::");
  return `${type.split(/[:$]/).at(-1) ?? ""} ${name.join("::")}`;
}

/** Default names end with a hash; the logical name before it shows whose call it is. */
const DEFAULT_NAME = /^(.*)-[0-9a-f]{12}$/;

export function ownerOf({ kind, args }: HookCall): string {
  for (const key of ["autoName", "name"]) {
    for (const bag of [...args].reverse()) {
      const name =
        typeof bag === "object" && bag !== null ? (bag as Record<string, unknown>)[key] : undefined;
      if (typeof name === "string") return `${kind} ${DEFAULT_NAME.exec(name)?.[1] ?? name}`;
    }
  }
  // Nothing has a name that is only read, or is about to be adopted.
  return typeof args[0] === "string" ? `${kind} by id` : kind;
}

function grouped<Item, Value>(
  items: readonly Item[],
  key: (item: Item) => string,
  value: (item: Item) => Value,
): Record<string, Value[]> {
  const groups = new Map<string, Value[]>();
  for (const item of items) groups.set(key(item), [...(groups.get(key(item)) ?? []), value(item)]);
  return Object.fromEntries([...groups].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Fields of a state that say when and where from, not what. */
const INCIDENTAL: ReadonlySet<string> = new Set(["created", "modified", "sourcePosition", "stackTrace"]);

const byUrn = (a: ResourceV3, b: ResourceV3): number =>
  a.urn === b.urn ? Number(a.delete ?? false) - Number(b.delete ?? false) : a.urn < b.urn ? -1 : 1;

/** Secrets in the open, each marked as one. */
async function opened(state: ExportedStack): Promise<(value: unknown) => unknown> {
  const salt = state.deployment.secrets_providers?.state?.salt;
  const secrets = salt === undefined ? undefined : await PassphraseSecrets.open(PASSPHRASE, salt);
  const open = (value: unknown, isInside = false): unknown => {
    if (Array.isArray(value)) return value.map((item) => open(item, isInside));
    if (typeof value !== "object" || value === null) return value;
    const map = value as Record<string, unknown>;
    if (map[SIGNATURE_KEY] !== SIGNATURES.secret) {
      const entries = Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1));
      return Object.fromEntries(entries.map(([key, item]) => [key, open(item, isInside)]));
    }
    const { plaintext, ciphertext } = map as { plaintext?: string; ciphertext?: string };
    // A secret within a secret is not encrypted again.
    const text = plaintext ?? (isInside ? ciphertext : secrets?.decrypt(ciphertext ?? ""));
    return { secret: open(JSON.parse(text ?? "null"), true) };
  };
  return open;
}

/** The CLI reports its default providers too, which its display and the stand-in leave out. */
const isDefaultProvider = (urn: string): boolean => /::pulumi:providers:[^:]+::default(?:_|$)/.test(urn);

async function stepOf({ title, outcome, calls, state }: RawStep): Promise<StepRecording> {
  const { resources = [], pending_operations = [] } = state.deployment;
  const open = await opened(state);
  const operations = outcome.operations.filter(({ urn }) => !isDefaultProvider(urn));
  const shown = operations.filter(({ detailedDiff }) => Object.keys(detailedDiff).length > 0);
  return {
    title,
    ok: outcome.ok,
    operations: grouped(
      operations,
      ({ urn }) => labelOf(urn),
      ({ op, failed }) => ({ op, failed }),
    ),
    diffs: Object.fromEntries(
      shown
        .map(({ urn, op, detailedDiff }) => [`${labelOf(urn)}: ${op}`, sortedDiff(detailedDiff)] as const)
        .sort(([a], [b]) => (a < b ? -1 : 1)),
    ),
    calls: grouped(calls, ownerOf, (call) => call),
    resources: [...resources]
      .sort(byUrn)
      .map((resource) =>
        open(Object.fromEntries(Object.entries(resource).filter(([key]) => !INCIDENTAL.has(key)))),
      ),
    pendingOperations: pending_operations
      .map(({ type, resource }) => `${type} ${labelOf(resource.urn)}`)
      .sort(),
  };
}

const sortedDiff = (diff: DetailedDiff): DetailedDiff =>
  Object.fromEntries(Object.entries(diff).sort(([a], [b]) => (a < b ? -1 : 1)));

/** Addresses, times, claims and random identifiers, which differ from run to run. */
const ADDRESS = /http:\/\/127\.0\.0\.1:\d+/g;
const TIME = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g;
const CLAIM = /\b\d{13}-[0-9a-f]{8}\b/g;
const IDENTIFIER = /\b(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{32})\b/g;

/**
 * The name of a service task's service is in the answer to a show call only. Whether a task is shown or found in a
 * list, which reads at the same moment share, is a matter of chance; and so is which sub-task of a batch is the one
 * whose times are looked up, since it is the first one by its random id.
 */
const isOfChance = (key: string, bag: object): boolean => {
  const isTask = "id" in bag && "state" in bag;
  return key === "serviceName" ? isTask || "serviceId" in bag : key === "updatedAt" && isTask;
};

/**
 * Recordings of all steps. Identifiers are numbered in the order of their first appearance, which is that of the
 * resources' names: independent resources may get theirs in any order.
 */
export async function recordingOf(steps: readonly RawStep[]): Promise<StepRecording[]> {
  const numbers = new Map<string, number>();
  const number = (id: string): string => {
    if (!numbers.has(id)) numbers.set(id, numbers.size + 1);
    return `<id ${numbers.get(id) ?? 0}>`;
  };
  const masked = (value: unknown): unknown => {
    if (typeof value === "string") {
      const withoutTimes = value
        .replace(ADDRESS, "<service>")
        .replace(TIME, "<time>")
        .replace(CLAIM, "<claim>");
      return withoutTimes.replace(IDENTIFIER, number);
    }
    if (Array.isArray(value)) return value.map(masked);
    if (typeof value !== "object" || value === null) return value;
    const entries = Object.entries(value).filter(([key]) => !isOfChance(key, value));
    return Object.fromEntries(entries.map(([key, item]) => [key, masked(item)]));
  };
  const recorded = await Promise.all(steps.map(stepOf));
  return recorded.map((step) => masked(step) as StepRecording);
}
