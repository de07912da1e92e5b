/** Windows of a week as people write them, split at midnight and merged. */
import { invalid } from "./invalid";

/** Monday first, as the services count days. */
export const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
export type Day = (typeof DAYS)[number];

/** `"08:00-18:00"`; `"22:00-06:00"` ends on the next day, and `"00:00-24:00"` is a whole day. */
export type Windows = string | readonly string[];

/** Minutes of a day, the end excluded. */
export interface Window {
  readonly begin: number;
  readonly end: number;
}

const HOUR = 60;
export const MIDNIGHT = 24 * HOUR;
const SHAPE = /^(\d{2}):(\d{2})-(\d{2}):(\d{2})$/;

const texts = (windows: Windows): readonly string[] => (typeof windows === "string" ? [windows] : windows);

/** @param where the property, for messages */
export function parseWindow(text: string, where: string): Window {
  const parts = SHAPE.exec(text.trim());
  const [beginHour = NaN, beginMinute = NaN, endHour = NaN, endMinute = NaN] = (parts ?? [])
    .slice(1)
    .map(Number);
  const begin = beginHour * HOUR + beginMinute;
  const end = endHour * HOUR + endMinute;
  const isTime = beginMinute < HOUR && endMinute < HOUR && begin < MIDNIGHT && end <= MIDNIGHT;
  if (!isTime)
    throw invalid(`${where}: expected a window such as "08:00-18:00", not ${JSON.stringify(text)}`);
  if (begin === end) {
    throw invalid(
      `${where}: "${text}" is empty; a whole day is "00:00-24:00", a day without windows is left out`,
    );
  }
  // A day ends at "00:00" as at "24:00".
  return { begin, end: end === 0 ? MIDNIGHT : end };
}

/**
 * Seven lists from Monday to Sunday: what passes midnight goes on the next day, Sunday's on Monday.
 *
 * @param where the property for messages, where it is not the day
 */
export function weekOf(
  plan: Readonly<Partial<Record<Day, Windows>>>,
  where?: string,
): readonly (readonly Window[])[] {
  const week = DAYS.map((): Window[] => []);
  DAYS.forEach((day, index) => {
    for (const text of texts(plan[day] ?? [])) {
      const { begin, end } = parseWindow(text, where ?? day);
      week[index]?.push({ begin, end: end > begin ? end : MIDNIGHT });
      if (end < begin) week[(index + 1) % DAYS.length]?.push({ begin: 0, end });
    }
  });
  return week.map(merged);
}

/** The windows of a day in order; those that touch or overlap become one. */
function merged(windows: readonly Window[]): readonly Window[] {
  return [...windows]
    .sort((a, b) => a.begin - b.begin)
    .reduce<readonly Window[]>((before, window) => {
      const last = before.at(-1);
      if (last === undefined || last.end < window.begin) return [...before, window];
      return [...before.slice(0, -1), { begin: last.begin, end: Math.max(last.end, window.end) }];
    }, []);
}

const two = (value: number): string => String(value).padStart(2, "0");

/** `hh:mm:ss` of a minute of the day. */
export const timeOf = (minute: number): string =>
  `${two(Math.floor(minute / HOUR))}:${two(minute % HOUR)}:00`;

/** A day that ends at 23:59:00 goes on without a break at the next day's 00:00:00 (create page of VIAS, example 3). */
export const endOf = (minute: number): string => timeOf(minute === MIDNIGHT ? MIDNIGHT - 1 : minute);

export const periodOf = ({ begin, end }: Window): { beginAt: string; endAt: string } => ({
  beginAt: timeOf(begin),
  endAt: endOf(end),
});
