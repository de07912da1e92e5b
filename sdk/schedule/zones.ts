/** Offsets of named time zones, by the zone data of the JavaScript runtime. */
import { invalid } from "./invalid";

const MS_PER_DAY = 24 * 60 * 60 * 1000;

/** Zones that change at all do so within a year, leap days included. */
const HORIZON_DAYS = 370;

/** Precision of a change: zones change at whole minutes. */
const MS_PER_MINUTE = 60_000;

function formatFor(zone: string): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat("en-US", { timeZone: zone, timeZoneName: "longOffset" });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw invalid(`zone: ${JSON.stringify(zone)} is no time zone; expected a name such as "Europe/Berlin"`);
  }
}

/** `GMT+01:00`, of Greenwich `GMT` alone. */
function offsetIn(format: Intl.DateTimeFormat, at: Date): string {
  const part = format.formatToParts(at).find(({ type }) => type === "timeZoneName");
  const [, offset = "+00:00"] = /([+-]\d{2}:\d{2})/.exec(part?.value ?? "") ?? [];
  return offset;
}

/**
 * The offset of a time zone, such as `"+02:00"` of `"Europe/Berlin"` in summer: for `timezone` of a plan. By default that of
 * now, so that the first `pulumi up` after the clocks have changed brings the plans after them.
 *
 * @throws `INVALID_SCHEDULE` for a name that is no zone
 */
export function offsetOf(zone: string, at: Date = new Date()): string {
  return offsetIn(formatFor(zone), at);
}

/**
 * When the offset of a zone changes next: when a `pulumi up` is due. Undefined for a zone that does not.
 *
 * @throws `INVALID_SCHEDULE` for a name that is no zone
 */
export function nextChange(zone: string, after: Date = new Date()): Date | undefined {
  const format = formatFor(zone);
  const begin = Math.floor(after.getTime() / MS_PER_MINUTE) * MS_PER_MINUTE;
  const now = offsetIn(format, new Date(begin));
  const differs = (time: number): boolean => offsetIn(format, new Date(time)) !== now;
  const days = Array.from({ length: HORIZON_DAYS }, (_, day) => begin + (day + 1) * MS_PER_DAY);
  const late = days.find(differs);
  if (late === undefined) return undefined;
  let [same, changed] = [late - MS_PER_DAY, late];
  while (changed - same > MS_PER_MINUTE) {
    const middle = Math.floor((same + changed) / 2 / MS_PER_MINUTE) * MS_PER_MINUTE;
    if (differs(middle)) changed = middle;
    else same = middle;
  }
  return new Date(changed);
}
