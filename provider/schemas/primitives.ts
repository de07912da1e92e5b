/** Leaves that several documented objects share. */
import { z } from "zod";

/** An enumeration that the documents print in more than one letter case. */
export function anyCase(values: readonly string[]): z.ZodString {
  return z.string().refine((value) => values.includes(value.toLowerCase()), {
    error: `expected one of ${values.map((value) => `"${value}"`).join(", ")}`,
  });
}

/** `hh:mm:ss`; 24:00:00 is the end of a day. */
const TIME = String.raw`(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d|24:00:00)`;
const DATE = String.raw`\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])`;
export const TIME_OF_DAY = new RegExp(`^${TIME}$`);
export const DATE_TIME = new RegExp(`^${DATE}T${TIME}$`);

/** A time of day, or a date and time where a schedule runs once. */
export const timePoint = (): z.ZodString =>
  z.string().regex(new RegExp(`^(?:${DATE}T)?${TIME}$`), {
    error: 'expected "hh:mm:ss", or "yyyy-MM-ddThh:mm:ss" with schedule type "once"',
  });

/** Offset from UTC with minute precision. Zone names are not accepted by the services. */
export const utcOffset = (): z.ZodString =>
  z.string().regex(/^[+-](?:0\d|1[0-4]):[0-5]\d$/, {
    error: 'expected an offset from UTC such as "+08:00" (the services know no zone names)',
  });

/** A duration as Go and Pulumi write them: `90s`, `10m`, `1h30m`. */
export const DURATION = /^(?:\d+(?:\.\d+)?(?:h|m|s|ms))+$/;
export const duration = (): z.ZodString =>
  z.string().regex(DURATION, { error: 'expected a duration such as "90s", "10m" or "1h30m"' });

/** Most key-value pairs of a headers object (documents of all three services). */
export const MAX_HEADERS = 10;

/** Request headers, their keys sent verbatim; `min` is 1 where the documents demand one pair. */
export const headers = (min: 0 | 1): z.ZodRecord<z.ZodString, z.ZodString> =>
  z
    .record(z.string().min(1), z.string())
    .refine((value) => Object.keys(value).length >= min && Object.keys(value).length <= MAX_HEADERS, {
      error: `expected ${min} to ${MAX_HEADERS} key-value pairs`,
    });

/** Any JSON object, its keys sent verbatim. */
export const jsonObject = (): z.ZodRecord<z.ZodString, z.ZodType> => z.record(z.string(), z.json());
