/** Takes secrets out of values that are printed. */
import { isObject, type Path } from "../../provider/common/json";
import { MASK, redactUrl, SECRET } from "../../provider/common/redaction";
import { hasCredentials } from "../../provider/common/secrets";
import { covers } from "../common/property-path";

const whole = (): string => SECRET;

/** Host and path of an address whose credentials make it a secret; anything else is one as a whole. */
export function secretParts(value: unknown): string {
  if (typeof value !== "string" || !/^[a-z][a-z0-9+.-]*:\/\//i.test(value) || !hasCredentials(value)) {
    return SECRET;
  }
  const redacted = redactUrl(value);
  const [address = ""] = redacted.split("?", 1);
  // Cameras take credentials in paths, too.
  if (hasCredentials(address)) return SECRET;
  const hasUser = value.lastIndexOf("@") > value.indexOf("//");
  const shown = hasUser ? redacted.replace("//", `//${SECRET}@`) : redacted;
  return shown.replaceAll(MASK, SECRET);
}

/**
 * The value without what is secret, and whether anything was.
 *
 * @param hide what stands in the place of a secret
 */
export function withoutSecrets(
  value: unknown,
  path: Path,
  secrets: readonly Path[],
  hide: (value: unknown) => string = whole,
): { readonly value: unknown; readonly hidden: boolean } {
  if (value === undefined) return { value, hidden: false };
  if (secrets.some((secret) => covers(secret, path))) return { value: hide(value), hidden: true };
  const inside = secrets.filter((secret) => covers(path, secret));
  if (inside.length === 0) return { value, hidden: false };
  if (Array.isArray(value)) {
    const items = value.map((item: unknown, index) => withoutSecrets(item, [...path, index], inside, hide));
    return { value: items.map((item) => item.value), hidden: items.some(({ hidden }) => hidden) };
  }
  if (!isObject(value)) return { value, hidden: false };
  const entries = Object.entries(value).map(
    ([key, item]) => [key, withoutSecrets(item, [...path, key], inside, hide)] as const,
  );
  return {
    value: Object.fromEntries(entries.map(([key, item]) => [key, item.value])),
    hidden: entries.some(([, { hidden }]) => hidden),
  };
}
