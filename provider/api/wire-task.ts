/**
 * Tasks as the services return them. Sources: "Obtaining Service Tasks", "Obtaining a Service Task", "Creating a
 * Service Task" (service task management, ModelArts API reference); ShowTask of the VAS API definition.
 */
import { z } from "zod";

/**
 * `null` counts as missing; another type is no documented answer, and taking it for missing would report a
 * difference that nobody made.
 */
export function withoutNulls(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([, item]) => item !== null));
}

export const text = (): z.ZodOptional<z.ZodString> => z.string().optional();
/** Contents are projected onto the program's arguments elsewhere; here they only have to be objects. */
export const content = (): z.ZodOptional<z.ZodRecord<z.ZodString, z.ZodUnknown>> =>
  z.record(z.string(), z.unknown()).optional();

/** What every service shows of a task. Only `id` is needed, and what a service adds stays in place. */
export const taskFields = {
  id: z.string().min(1),
  name: text(),
  service_name: text(),
  project_id: text(),
  creator: text(),
  description: text(),
  /** RFC 3339 with `Z`. */
  created_at: text(),
  /** Time of the last change of state, not of content. */
  updated_at: text(),
  /** One of fifteen documented values; others are kept as they come. */
  state: text(),
  /** Further text, present in some states only. */
  status: text(),
  error: z.preprocess(withoutNulls, z.looseObject({ code: text(), message: text() })).optional(),
  input: content(),
  output: content(),
};

/** One ModelArts task. `service_name` is missing in the documented show answer; `source_usage_estimate` always is. */
export const wireTask = z.preprocess(
  withoutNulls,
  z.looseObject({
    ...taskFields,
    service_id: text(),
    /** `ACTIVATED` or `INACTIVATED`, for scheduled tasks. */
    schedule_status: text(),
    schedule: content(),
    config: content(),
  }),
);
export type WireTask = z.infer<typeof wireTask>;

/** One page of a list. */
export const pageOf = <T>(task: z.ZodType<T>) =>
  z.looseObject({
    /** All matches, not those on the page. */
    count: z.number().int().nonnegative(),
    tasks: z.array(task),
  });

const created = z.array(z.looseObject({ id: z.string().min(1) })).min(1);

/** ModelArts documents `tasks`, VAS the bare array; either is taken from both. */
export const createAnswer = z.union([
  z.looseObject({ tasks: created }).transform(({ tasks }) => tasks),
  created,
]);
