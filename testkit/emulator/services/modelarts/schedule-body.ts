/**
 * The schedule of a create body. `execution_mode` is mandatory here, as the text of the page says and its
 * table does not.
 */
import { checkDays, checkWindow, dayFields, minutes, timezone, windowFields } from "../../bodies/schedule";
import { isObject, type JsonObject } from "../../json";
import type { Platform } from "../../options";
import { demand, forbid, join, list, object, oneOf, optional, required, type Rule } from "../../rules";

/** Only lower case is documented for the type; the upper-case example contradicts the table. */
const TYPES: Readonly<Record<Platform, readonly string[]>> = {
  edge: ["once", "daily"],
  ief: ["once", "daily", "weekly", "monthly"],
};
const MODES: Readonly<Record<Platform, readonly string[]>> = {
  edge: ["period"],
  ief: ["period", "frequency"],
};

const frequency = object({ interval: required(minutes), duration: required(minutes), ...windowFields });

export function schedule(platform: Platform): Rule {
  const fields = {
    type: required(oneOf(TYPES[platform])),
    execution_mode: required(oneOf(MODES[platform])),
    timezone: required(timezone),
    ...dayFields(list, list),
    periods: optional(list(object(windowFields), 1)),
    frequency: optional(frequency),
  };
  return object(fields, (value, path) => {
    checkDays(value, path);
    windows(value, path);
  });
}

function windows(value: JsonObject, path: string): void {
  const byPeriod = value["execution_mode"] === "period";
  const wanted = byPeriod ? "periods" : "frequency";
  const other = byPeriod ? "frequency" : "periods";
  demand(value, wanted, path);
  forbid(value, other, path, `cannot be used together with ${wanted}.`);
  const once = value["type"] === "once";
  const found = value[wanted];
  if (isObject(found)) checkWindow(found, join(path, wanted), once);
  if (!Array.isArray(found)) return;
  found.filter(isObject).forEach((window, index) => {
    checkWindow(window, `${join(path, wanted)}[${index}]`, once);
  });
}
