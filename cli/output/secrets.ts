/** Takes secrets out of values that are printed. */
import { isObject, type Path } from "../../provider/common/json";
import { SECRET } from "../../provider/common/redaction";
import { covers } from "../common/property-path";

/** The value without what is secret, and whether anything was. */
export function withoutSecrets(
  value: unknown,
  path: Path,
  secrets: readonly Path[],
): { readonly value: unknown; readonly hidden: boolean } {
  if (value === undefined) return { value, hidden: false };
  if (secrets.some((secret) => covers(secret, path))) return { value: SECRET, hidden: true };
  const inside = secrets.filter((secret) => covers(path, secret));
  if (inside.length === 0) return { value, hidden: false };
  if (Array.isArray(value)) {
    const items = value.map((item: unknown, index) => withoutSecrets(item, [...path, index], inside));
    return { value: items.map((item) => item.value), hidden: items.some(({ hidden }) => hidden) };
  }
  if (!isObject(value)) return { value, hidden: false };
  const entries = Object.entries(value).map(
    ([key, item]) => [key, withoutSecrets(item, [...path, key], inside)] as const,
  );
  return {
    value: Object.fromEntries(entries.map(([key, item]) => [key, item.value])),
    hidden: entries.some(([, { hidden }]) => hidden),
  };
}
