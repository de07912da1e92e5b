/** Arguments that lookups share. */
import { z } from "zod";
import { REGION } from "../auth/endpoints";
import { field } from "../../core/schema/field";
import { duration } from "../../core/schema/primitives";
import { SUB_TASK_STATES, TASK_STATES } from "../shapes/states";

/** Attaches its meaning to an argument that may be left out. */
export const optional = <T extends z.ZodType>(schema: T, description: string): z.ZodOptional<T> =>
  field(schema.optional(), { description });

const timeouts = field(
  z.strictObject({
    read: field(duration().optional(), {
      description: "Longest time for one answer, for each page of a list.",
      defaultsTo: "5 minutes",
    }),
  }),
  { description: "Longest times of a lookup.", typeName: "LookupTimeouts" },
);

/** Arguments of all lookups. */
export const lookupInputs = field(
  z.strictObject({
    region: field(z.string().regex(REGION, { error: 'expected a region such as "eu-de"' }).optional(), {
      description: "Region of the service.",
      defaultsTo: "the configured one",
    }),
    timeouts: field(timeouts.optional(), {
      description: "Longest times: `read` bounds one answer, in a list that of each page.",
    }),
  }),
  { description: "Arguments of all lookups.", typeName: "LookupArgs" },
);

/** Arguments of all lists. */
export const listInputs = field(
  z.strictObject({
    ...lookupInputs.shape,
    limit: field(z.int().min(1).optional(), { description: "Most entries.", defaultsTo: "all" }),
  }),
  { description: "Arguments of all lists.", typeName: "ListArgs" },
);

/** Bounds of the time of creation. */
export const creationInputs = field(
  z.strictObject({
    createdSince: optional(
      z.iso.datetime({ offset: true }),
      "Only what was created then or later, RFC 3339 (`2026-03-01T00:00:00Z`).",
    ),
    createdUntil: optional(
      z.iso.datetime({ offset: true }),
      "Only what was created then or earlier, RFC 3339.",
    ),
  }),
  { description: "Bounds of the time of creation.", typeName: "CreationArgs" },
);

/** Items of one request; the bounds are the service's own. */
export const pageSize = (min: number, max: number, description: string) =>
  optional(z.int().min(min).max(max), description);

export const idInput = (description: string) => field(z.string().min(1), { description });

const taskStates = field(z.enum(TASK_STATES), {
  description: "State of a task or job.",
  typeName: "TaskState",
});
const subTaskStates = field(z.enum(SUB_TASK_STATES), {
  description: "State of a sub-task of a batch.",
  typeName: "SubTaskState",
});

export const taskState = (description: string) => optional(taskStates, description);

export const subTaskState = (description: string) => optional(subTaskStates, description);

/** Of two arguments the service takes only one. */
export const notBoth = <T extends z.ZodObject>(
  inputs: T,
  one: keyof z.infer<T>,
  other: keyof z.infer<T>,
): T =>
  inputs.refine((args) => args[one] === undefined || args[other] === undefined, {
    path: [String(other)],
    error: `the service takes only one of \`${String(one)}\` and \`${String(other)}\``,
  });
