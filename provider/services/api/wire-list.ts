/**
 * Answers of lists, and of calls without content. A gateway or a service in maintenance may answer any JSON with status
 * 200: taken for an empty list it would drop living tasks from a state, and taken for a success lose an update.
 */
import type { z } from "zod";
import { sameId } from "../../common/ids";
import { isObject } from "../../common/json";
import { type RawAnswer, UnexpectedAnswer } from "../http/request";
import { countOf } from "./wire-task";

export interface WireList<T> {
  readonly entries: readonly T[];
  /** All matches, not those on the page. */
  readonly count: number;
  /** Entries without a readable id: they count, as unknown tasks. */
  readonly unreadable: number;
}

interface ListOptions {
  /** Lists that say nothing of how many there are, or are complete without it. */
  readonly countless?: true;
}

const FAILURE = "error_code: a failure inside a success";

/** Some answers carry the member with nothing in it. */
const hasErrorCode = ({ error_code: code }: Record<string, unknown>): boolean =>
  code !== undefined && code !== null && code !== "";

/** Reads an answer that has no content, or none that is needed. A task has an `error` of its own, which is no failure of the call. */
export function acceptance({ body }: RawAnswer): void {
  if (isObject(body) && hasErrorCode(body)) throw new UnexpectedAnswer(FAILURE);
}

/**
 * Reads one page of a list: the member must be there as a list, and `null` stands for an empty one only where `count`
 * says 0. An entry that cannot be read hides no other; where none can be read, the list is another one.
 */
export function listReader<T>(member: string, entry: z.ZodType<T>, options: ListOptions = {}) {
  const count = countOf();
  return (body: unknown): WireList<T> => {
    if (!isObject(body)) throw new UnexpectedAnswer("body: not an object");
    if (hasErrorCode(body) || isObject(body["error"])) throw new UnexpectedAnswer(FAILURE);
    const counted = count.parse(body["count"]);
    if (counted === undefined && options.countless !== true) throw new UnexpectedAnswer("count: missing");
    const list = body[member] === null && (counted ?? 0) === 0 ? [] : body[member];
    if (!Array.isArray(list)) throw new UnexpectedAnswer(`${member}: not a list`);
    const read = list.map((item) => entry.safeParse(item).data);
    const entries = read.filter((item) => item !== undefined);
    const unreadable = list.length - entries.length;
    if (unreadable > 0 && entries.length === 0)
      throw new UnexpectedAnswer(`${member}: no entry has a readable id`);
    return { entries, count: counted ?? entries.length, unreadable };
  };
}

/** The object that was asked for and no other; services differ in the letter case of ids. */
export function requireId<T extends { readonly id: string }>(wanted: string, shown: T): T {
  if (!sameId(shown.id, wanted)) throw new UnexpectedAnswer("id: that of another object");
  return shown;
}
