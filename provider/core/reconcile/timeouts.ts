/** How long an operation may take. */
import { Deadline, type Waiting } from "../../common/deadline";
import { getAt, type PropertyMap } from "../../common/json";
import { StatusLines } from "../../common/status-lines";
import { nameInProgram, type NamedResource } from "../ownership/owners";
import { DURATION } from "../schema/primitives";
import type { WaitFor } from "../schema/common";
import type { RunContext } from "../operation";

export type Verb = "create" | "read" | "update" | "delete";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Defaults (docs/concepts.md, "Waiting"), in milliseconds. */
const DEFAULTS: Readonly<Record<Verb, number>> = {
  create: 10 * MINUTE,
  read: 5 * MINUTE,
  update: 10 * MINUTE,
  delete: 10 * MINUTE,
};
const CREATE_UNTIL_SUCCEEDED = 6 * HOUR;

const UNITS: Readonly<Record<string, number>> = { h: HOUR, m: MINUTE, s: SECOND, ms: 1 };

/** Milliseconds of a duration such as `1h30m`, or undefined where it is none. */
export function parseDuration(text: unknown): number | undefined {
  if (typeof text !== "string" || !DURATION.test(text)) return undefined;
  return [...text.matchAll(/(\d+(?:\.\d+)?)(h|ms|m|s)/g)].reduce(
    (sum, [, amount, unit]) => sum + Number(amount) * (UNITS[unit ?? ""] ?? 0),
    0,
  );
}

export function effectiveWaitFor(args: PropertyMap, context: Pick<RunContext, "defaultWaitFor">): WaitFor {
  // A task that is to be stopped meets no stronger wait: a default for all resources does not apply to it.
  if (args.desiredState === "stopped") return "accepted";
  return (args.waitFor ?? context.defaultWaitFor ?? "accepted") as WaitFor;
}

/** @param asked by the caller; what the arguments say comes before it */
export function timeoutOf(verb: Verb, args: PropertyMap, waitFor: WaitFor, asked?: number): number {
  const given = parseDuration(getAt(args, ["timeouts", verb])) ?? asked;
  if (given !== undefined) return given;
  return verb === "create" && waitFor === "succeeded" ? CREATE_UNTIL_SUCCEEDED : DEFAULTS[verb];
}

export function deadlineFor(
  verb: Verb,
  args: PropertyMap,
  subject: string,
  context: Pick<RunContext, "defaultWaitFor" | "timeout"> & Waiting,
): Deadline {
  const ms = timeoutOf(verb, args, effectiveWaitFor(args, context), context.timeout);
  return new Deadline(`${verb} of ${subject}`, ms, context);
}

interface Subject extends NamedResource {
  readonly type: string;
}

/** The time of an operation on a resource, which says its progress under the resource's name. */
export function operationDeadline(verb: Verb, subject: Subject, context: RunContext): Deadline {
  const { type, id, args } = subject;
  const name = nameInProgram(subject, context.owner);
  const status = new StatusLines((line) => context.log.status(name, line));
  return deadlineFor(verb, args, `${type} "${id}"`, { ...context, status });
}
