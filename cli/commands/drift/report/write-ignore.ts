/** An ignore file that accepts what a report shows. */
import type { DriftReport } from "./schema";

/** A text in YAML's double quotes, which are JSON's. */
const quoted = (text: string): string => JSON.stringify(text);

/** A property of a key with odd characters, and one by itself, are written alike. */
export function ignoreFileOf({ resources, createdAt }: DriftReport): string {
  const day = createdAt.slice(0, "2026-12-31".length);
  const rules = resources.flatMap(({ urn, changes, ignored }) => [
    ...ignored
      .filter(({ by }) => by === "ignore-file")
      .map(({ path, reason = "", expires }) => ({ urn, path, reason, expires })),
    ...changes.map(({ path }) => ({ urn, path, reason: `accepted as found on ${day}`, expires: undefined })),
  ]);
  const lines = rules.flatMap(({ urn, path, reason, expires }) => [
    `  - urn: ${quoted(urn)}`,
    `    property: ${quoted(path)}`,
    `    reason: ${quoted(reason)}`,
    ...(expires === undefined ? [] : [`    expires: ${quoted(expires)}`]),
  ]);
  return ["version: 1", rules.length === 0 ? "ignore: []" : "ignore:", ...lines, ""].join("\n");
}
