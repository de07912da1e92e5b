/** Leaves that several documented objects share. */
import { z } from "zod";

/** An enumeration that the documents print in more than one letter case. */
export function anyCase(values: readonly string[]): z.ZodString {
  return z.string().refine((value) => values.includes(value.toLowerCase()), {
    error: `expected one of ${values.map((value) => `"${value}"`).join(", ")}`,
  });
}

/** A text that must not be empty. */
export const text = (max?: number): z.ZodString =>
  max === undefined ? z.string().min(1) : z.string().min(1).max(max);

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

export const date = (): z.ZodString =>
  z.string().regex(new RegExp(`^${DATE}$`), { error: 'expected a date such as "2026-12-31"' });

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
    })
    // For the JSON Schema, which a refinement does not reach.
    .meta({ minProperties: min, maxProperties: MAX_HEADERS });

/** Any JSON object, its keys sent verbatim. */
export const jsonObject = (): z.ZodRecord<z.ZodString, z.ZodType> => z.record(z.string(), z.json());

/** Letters, digits, hyphens and underscores. */
export const asciiName = (max: number): z.ZodString =>
  z
    .string()
    .regex(/^[A-Za-z0-9_-]+$/, { error: "expected letters, digits, hyphens and underscores only" })
    .max(max);

/** The same, and Chinese characters. */
export const chineseName = (max: number): z.ZodString =>
  z
    .string()
    .regex(/^[\u4E00-\u9FA5A-Za-z0-9_-]+$/, {
      error: "expected letters, digits, Chinese characters, hyphens and underscores only",
    })
    .max(max);

/** Longest URL of an input, and of a webhook of VIAS and VAS, in characters. */
export const MAX_URL = 1000;

/**
 * A URL of which at most the length is documented: the documents' own examples cannot be parsed. No URL has white space or
 * control characters, which a request could not carry unchanged (RFC 3986, section 2).
 */
export const anyUrl = (max?: number): z.ZodString =>
  text(max).regex(/^[^\s\p{Cc}]*$/u, {
    error: "expected a URL without white space and control characters",
  });

/** A URL as VIAS and VAS define it. */
export const schemedUrl = (): z.ZodString =>
  z
    .string()
    .regex(/^(?:https?|rtsp|rtmp|ftp|file):\/\/[-A-Za-z0-9+&@*#/%?=~_|!:,.;]+[-A-Za-z0-9+&@*#/%=~_|]$/, {
      error: "expected a URL with http, https, rtsp, rtmp, ftp or file",
    })
    .max(MAX_URL);

/** An OBS bucket as VIAS and VAS define it: 3 to 63 characters, no two of `-` and `.` in a row. */
export const obsBucket = (): z.ZodString =>
  z.string().regex(/^[a-z0-9](?!.*[-.][-.])[a-z0-9.-]{1,61}[a-z0-9]$/, {
    error: "expected an OBS bucket name: 3 to 63 lower-case letters, digits, hyphens and dots",
  });

/**
 * A path in a bucket. The published pattern refuses the documents' own `/input/test.mp4`, so only its length and
 * its forbidden characters hold.
 */
export const obsPath = (): z.ZodString =>
  z
    .string()
    .max(1023)
    .regex(/^[^:*?"<>|\\]*$/, { error: 'expected a path without : * ? " < > | and \\' });

/** The repetition is reported where it stands: there, and not in the list, a preview may not know the value yet. */
export function unique<T extends z.ZodType>(element: T, max: number, min = 0): z.ZodArray<T> {
  const list = z.array(element).max(max);
  return (min === 0 ? list : list.min(min))
    .superRefine((items, context) => {
      for (const [index, item] of items.entries()) {
        if (items.indexOf(item) === index) continue;
        context.addIssue({ code: "custom", path: [index], message: "expected no value twice", input: item });
      }
    })
    .meta({ uniqueItems: true });
}
