/** The answer header `Retry-After` (RFC 9110, section 10.2.3): seconds, or a date. */

const MS_PER_SECOND = 1000;

/** An HTTP date starts with the name of a weekday; `Date.parse` alone would take almost any text. */
const HTTP_DATE = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,? /;

/**
 * Milliseconds to wait, never negative; undefined where the header is absent or unreadable.
 * @param now milliseconds since 1970, on the clock of the server that wrote the date where it is known
 */
export function parseRetryAfter(value: string | undefined, now: number): number | undefined {
  const text = value?.trim() ?? "";
  if (/^\d+$/.test(text)) return Number(text) * MS_PER_SECOND;
  if (!HTTP_DATE.test(text)) return undefined;
  const date = Date.parse(text);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
