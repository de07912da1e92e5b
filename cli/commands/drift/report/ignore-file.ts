/** The ignore file: accepted differences, with reason and end. */
import { z } from "zod";
import { messageOf, VideoAnalysisError } from "../../../../provider/common/errors";
import { parsePath, type PathPattern } from "../../../common/property-path";

/** One entry of an ignore file. */
export interface IgnoreRule {
  /** As written, for messages. */
  readonly urn: string;
  readonly property: string;
  readonly reason: string;
  /** Last day on which it holds, in UTC; absent: no end. */
  readonly expires?: string;
  readonly pattern: PathPattern;
  matches(urn: string): boolean;
}

const isDay = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) &&
  !Number.isNaN(Date.parse(text)) &&
  new Date(text).toISOString().startsWith(text);

const rule = z.strictObject({
  urn: z.string().min(1),
  property: z.string().refine((text) => parsePath(text) !== undefined, "expected a property path or *"),
  reason: z.string().trim().min(1),
  expires: z.string().refine(isDay, "expected a day such as 2026-12-31").optional(),
});

const ignoreFile = z.strictObject({ version: z.literal(1), ignore: z.array(rule) });

/** `*` in a URN stands for any text. Each part is found at its first place, so that the time is linear. */
function urnPattern(urn: string): (candidate: string) => boolean {
  const [start = "", ...others] = urn.split("*");
  const end = others.pop();
  if (end === undefined) return (candidate) => candidate === urn;
  return (candidate) => {
    if (!candidate.startsWith(start)) return false;
    let place = start.length;
    for (const part of others) {
      const found = candidate.indexOf(part, place);
      if (found < 0) return false;
      place = found + part.length;
    }
    return candidate.length - end.length >= place && candidate.endsWith(end);
  };
}

/**
 * Reads YAML, of which JSON is a part.
 *
 * @throws `CONFIGURATION` that names the entry and what is expected
 */
export async function parseIgnoreFile(text: string, file: string): Promise<IgnoreRule[]> {
  const { parse } = await import("yaml");
  let content: unknown;
  try {
    content = parse(text);
  } catch (error) {
    throw refused(file, messageOf(error), error);
  }
  const parsed = ignoreFile.safeParse(content);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw refused(file, `${issue?.path.join(".") ?? ""}: ${issue?.message ?? "unreadable"}`);
  }
  return parsed.data.ignore.map(({ urn, property, reason, expires }) => {
    return {
      urn,
      property,
      reason,
      ...(expires === undefined ? {} : { expires }),
      pattern: parsePath(property) ?? [],
      matches: urnPattern(urn),
    };
  });
}

/** Whether the rule's last day has passed. */
export function hasExpired({ expires }: Pick<IgnoreRule, "expires">, now: Date): boolean {
  return expires !== undefined && now.toISOString().slice(0, "2026-12-31".length) > expires;
}

function refused(file: string, problem: string, cause?: unknown): VideoAnalysisError {
  return new VideoAnalysisError(
    "CONFIGURATION",
    `${file} is no ignore file: ${problem}. docs/drift.md shows the form.`,
    cause === undefined ? undefined : { cause },
  );
}
