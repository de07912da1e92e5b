/** Values on their way to the engine: plain JSON only, sensitive leaves in secret envelopes. */
import { toUSVString } from "node:util";
import { isObject, MAX_DEPTH, type Path } from "../../common/json";
import { isUnknown } from "./unknowns";

/** The key that marks a special value on the wire, and the mark of a secret. */
export const SIGNATURE = "4dabf18193072939515e22adb298388d";
export const SECRET = "1b47061264138c4ac30d75fd1eb44270";

/** A copy that the SDK can put on the wire. Total: what JSON cannot hold becomes its text or is left out. */
export function sanitize(value: unknown, depth = 0): unknown {
  if (value === null || typeof value === "boolean") return value;
  if (typeof value === "string") return wellFormed(value);
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  if (typeof value === "bigint") return value.toString();
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  // Checks refuse such arguments; a cycle ends here.
  if (depth > MAX_DEPTH) return null;
  if (Array.isArray(value)) return Array.from(value, (item) => sanitize(item, depth + 1) ?? null);
  if (!isObject(value)) return undefined;
  const copy: Record<string, unknown> = {};
  for (const [key, item] of Object.entries(value)) {
    // What reads the wire would make this one the prototype of the object that it builds.
    if (key === "__proto__") continue;
    const sanitized = sanitize(item, depth + 1);
    if (sanitized !== undefined) copy[wellFormed(key)] = sanitized;
  }
  return copy;
}

/** Half of a surrogate pair, which a cut may leave, has no UTF-8: the engine would refuse the whole answer. */
const wellFormed = (text: string): string => toUSVString(text);

/** Bytes of a number in a protobuf value, and of the frame around any value. */
const NUMBER_BYTES = 9;
const FRAME_BYTES = 8;

/** At most the bytes that a sanitized value takes on the wire, where a number is longer than in JSON. */
export function wireSize(value: unknown): number {
  if (typeof value === "string") return FRAME_BYTES + Buffer.byteLength(value);
  if (Array.isArray(value)) {
    return value.reduce<number>((sum, item) => sum + FRAME_BYTES + wireSize(item), FRAME_BYTES);
  }
  if (!isObject(value)) return FRAME_BYTES + NUMBER_BYTES;
  return Object.entries(value).reduce(
    (sum, [key, item]) => sum + 2 * FRAME_BYTES + Buffer.byteLength(key) + wireSize(item),
    FRAME_BYTES,
  );
}

type Envelope = (value: unknown) => unknown;

/** A secret on its way to the engine. */
const onTheWire: Envelope = (value) => ({ [SIGNATURE]: SECRET, value });

/** A secret in an import file, which the engine encrypts when it records it. */
export const inImportFile: Envelope = (value) => ({
  [SIGNATURE]: SECRET,
  plaintext: JSON.stringify(value),
});

/** Wraps the leaves at the paths. Unknown values stay bare: the engine must see their sentinel. */
export function withSecrets(
  value: Readonly<Record<string, unknown>>,
  paths: readonly Path[],
  envelope = onTheWire,
): Record<string, unknown> {
  const wrapped = paths.reduce<unknown>((current, path) => wrapAt(current, path, envelope), value);
  return wrapped as Record<string, unknown>;
}

function wrapAt(value: unknown, path: Path, envelope: Envelope): unknown {
  const [part, ...rest] = path;
  if (part === undefined) return value === undefined || isUnknown(value) ? value : envelope(value);
  if (Array.isArray(value))
    return value.map((item: unknown, index) => (index === part ? wrapAt(item, rest, envelope) : item));
  return isObject(value) && Object.hasOwn(value, part)
    ? { ...value, [part]: wrapAt(value[part], rest, envelope) }
    : value;
}
