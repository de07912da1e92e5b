/**
 * Tasks as ModelArts v1 returns them. Source: "Obtaining Service Tasks", "Obtaining a Service Task", "Creating a
 * Service Task" (service task management, ModelArts API reference).
 */
import { z } from "zod";

/**
 * `null` counts as missing; another type is no documented answer, and taking it for missing would report a
 * difference that nobody made.
 */
function withoutNulls(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([, item]) => item !== null));
}

const text = (): z.ZodOptional<z.ZodString> => z.string().optional();
/** Contents are projected onto the program's arguments elsewhere; here they only have to be objects. */
const content = (): z.ZodOptional<z.ZodRecord<z.ZodString, z.ZodUnknown>> =>
  z.record(z.string(), z.unknown()).optional();

/**
 * One task. Only `id` is needed: `service_name` is missing in the documented show answer, and what a service adds
 * stays in place. `source_usage_estimate` is never returned.
 */
export const wireTask = z.preprocess(
  withoutNulls,
  z.looseObject({
    id: z.string().min(1),
    name: text(),
    service_id: text(),
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
    /** `ACTIVATED` or `INACTIVATED`, for scheduled tasks. */
    schedule_status: text(),
    schedule: content(),
    input: content(),
    output: content(),
    config: content(),
  }),
);
export type WireTask = z.infer<typeof wireTask>;

export const taskPage = z.looseObject({
  /** All matches, not those on the page. */
  count: z.number().int().nonnegative(),
  tasks: z.array(wireTask),
});

const created = z.array(z.looseObject({ id: z.string().min(1) })).min(1);

/** Documented with `tasks`; the bare array is what the relatives of this API answer. */
export const createAnswer = z.union([
  z.looseObject({ tasks: created }).transform(({ tasks }) => tasks),
  created,
]);
