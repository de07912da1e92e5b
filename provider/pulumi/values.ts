/** Values on their way to the engine: plain JSON only, sensitive leaves in secret envelopes. */
import { isObject, type Path } from "../common/json";
import { isUnknown } from "./unknowns";

/** The engine's marks of a secret on the wire (pulumi.md 1.4). */
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";

/** A copy that the SDK can put on the wire. Total: what JSON cannot hold becomes its text or is left out. */
export function sanitize(value: unknown, depth = 0): unknown {
  /** Deeper than any argument; a cycle ends here. */
  const maxDepth = 100;
  if (value === null || typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  if (typeof value === "bigint") return value.toString();
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (depth > maxDepth) return null;
  if (Array.isArray(value)) return value.map((item) => sanitize(item, depth + 1) ?? null);
  if (!isObject(value)) return undefined;
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, item]): [string, unknown] => [key, sanitize(item, depth + 1)])
      .filter(([, item]) => item !== undefined),
  );
}

/** Wraps the leaves at the paths. Unknown values stay bare: the engine must see their sentinel. */
export function withSecrets(
  value: Readonly<Record<string, unknown>>,
  paths: readonly Path[],
): Record<string, unknown> {
  return paths.reduce<unknown>((current, path) => wrapAt(current, path), value) as Record<string, unknown>;
}

function wrapAt(value: unknown, path: Path): unknown {
  const [part, ...rest] = path;
  if (part === undefined) {
    return value === undefined || isUnknown(value) ? value : { [SIGNATURE]: SECRET, value };
  }
  if (Array.isArray(value))
    return value.map((item: unknown, index) => (index === part ? wrapAt(item, rest) : item));
  return isObject(value) && part in value ? { ...value, [part]: wrapAt(value[part], rest) } : value;
}

/** Tags and lengths around one value of a protobuf `Struct`, and the eight bytes of a number. */
const WIRE_OVERHEAD = 16;

/** At least as many bytes as the value takes as a protobuf `Struct`, where numbers are larger than in JSON. */
export function wireSize(value: unknown): number {
  if (typeof value === "string") return WIRE_OVERHEAD + Buffer.byteLength(value);
  if (Array.isArray(value)) return value.reduce<number>((sum, item) => sum + wireSize(item), WIRE_OVERHEAD);
  if (!isObject(value)) return WIRE_OVERHEAD;
  return Object.entries(value).reduce(
    (sum, [key, item]) => sum + WIRE_OVERHEAD + Buffer.byteLength(key) + wireSize(item),
    WIRE_OVERHEAD,
  );
}
