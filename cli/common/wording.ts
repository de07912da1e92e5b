/** Sentences and counts in messages. */
import { isVideoAnalysisError, textWithoutCode } from "../../provider/common/errors";
import { explain } from "../../provider/fronts/engine/remedies";

/** `1 task`, `2 tasks`. */
export const countOf = (count: number, noun: string, plural = `${noun}s`): string =>
  `${count} ${count === 1 ? noun : plural}`;

/** Ends in a full stop, so that another sentence may follow. */
export const sentence = (text: string): string => (/[.!?…]$/.test(text.trimEnd()) ? text : `${text}.`);

/** The message without the error's code in front: for an error of the same code around it. */
export const withoutCode = (error: unknown): string =>
  isVideoAnalysisError(error) ? textWithoutCode(error, explain(error)) : explain(error);
