/** Entries as a table, and without what is secret. */
import type { PropertyMap } from "../../../provider/common/json";
import * as lookups from "../../../provider/services/lookups";
import type { ListName } from "../../../provider/services/lookups";
import { withoutSecrets } from "../../output/secrets";
import { table, type Paint } from "../../output/terminal";
import { shortened, visible } from "../../output/text";
import type { Column } from "./lists";

/** Widest cell of a column other than that of the ids, which are to be copied. */
const MAX_CELL = 48;

/** Passwords, header values and addresses with credentials never go to a screen or a log. */
export function masked(lookup: ListName, entry: PropertyMap): PropertyMap {
  return withoutSecrets(entry, [], lookups.secretsOf(lookup, entry)).value as PropertyMap;
}

/** Sorted by name, with a count at the end; lines that end in a line break. */
export function tableOf(
  entries: readonly PropertyMap[],
  columns: readonly Column[],
  what: string,
  { paint, width }: { readonly paint: Paint; readonly width: number },
): string {
  const noun = what === "all" ? "tasks" : what.replace("-", " ");
  if (entries.length === 0) return `No ${noun} found.\n`;
  const { compare } = new Intl.Collator("en", { numeric: true });
  const sorted = [...entries].sort((a, b) => compare(String(a.name), String(b.name)));
  const header = columns.map(([title]) => title);
  const rows = sorted.map((entry) =>
    columns.map(([title, value]) =>
      cellOf(typeof value === "string" ? entry[value] : value(entry), title === "ID"),
    ),
  );
  const [head = "", ...lines] = table([header, ...rows], width);
  const count = `${entries.length} ${entries.length === 1 ? noun.replace(/s$/, "") : noun}`;
  return `${[paint("dim", head), ...lines, paint("dim", count)].join("\n")}\n`;
}

function cellOf(value: unknown, isId: boolean): string {
  if (value === undefined || value === null) return "";
  const text = visible(typeof value === "string" ? value : JSON.stringify(value));
  return isId ? text : shortened(text, MAX_CELL);
}
