/**
 * Tasks as the services return them. Sources: "Obtaining Service Tasks", "Obtaining a Service Task", "Creating a
 * Service Task" (service task management, ModelArts API reference); ShowTask of the VAS API definition.
 */
import { z } from "zod";

/**
 * `null` counts as missing; another type is no documented answer, and taking it for missing would report a
 * difference that does not exist.
 */
export function withoutNulls(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  if (!Object.values(value).includes(null)) return value;
  return Object.fromEntries(Object.entries(value).filter(([, item]) => item !== null));
}

export const text = (): z.ZodOptional<z.ZodString> => z.string().optional();

/** A text of the arguments that a service may show in another type: it is compared, not read. */
export const anyText = () => z.union([z.string(), z.number(), z.boolean()]).optional();

/** Largest number of milliseconds that a date can have (ECMAScript, time values). */
export const MAX_TIME = 8.64e15;

/** A time; the relatives of this API print milliseconds since 1970 in some answers. */
const time = () =>
  z
    .preprocess(
      (value) => (typeof value === "string" && /^\d{12,}$/.test(value) ? Number(value) : value),
      z.union([
        z.string(),
        z
          .number()
          .min(-MAX_TIME)
          .max(MAX_TIME)
          .transform((ms) => new Date(ms).toISOString()),
      ]),
    )
    .optional()
    .catch(undefined);

/** Text that decides nothing: another type is left out rather than refused with the whole task. */
export const words = () =>
  z
    .union([z.string(), z.number().transform(String)])
    .optional()
    .catch(undefined);
/** Contents are projected onto the program's arguments elsewhere; here they only have to be objects. */
export const content = () => z.record(z.string(), z.unknown()).optional();
/** In lists, which only decide about names, another type is left as it is: it differs from any argument. */
export const anyContent = () => z.unknown().optional();

/** The members that every service shows of a task. Only `id` is required; members that a service adds stay in place. */
export const taskFields = <T extends z.ZodType>(contents: () => T) => ({
  id: z.string().min(1),
  name: text(),
  service_name: text(),
  project_id: text(),
  creator: text(),
  description: anyText(),
  /** RFC 3339 with `Z`. */
  created_at: time(),
  /** Time of the last change of state, not of content. */
  updated_at: time(),
  /** One of fifteen documented values; others are kept as they come. */
  state: text(),
  /** Further text, present in some states only. */
  status: words(),
  error: z
    .preprocess(withoutNulls, z.looseObject({ code: words(), message: words() }))
    .optional()
    .catch(undefined),
  input: contents(),
  output: contents(),
});

/** Of an entry of a list that is in no documented form, what decides about names: the rest may be a stranger's. */
const unreadableEntry = z
  .looseObject({ id: z.string().min(1) })
  .transform(({ id, name }) => ({ id, name: typeof name === "string" ? name : undefined }));

/** Other people's tasks are in lists, too: one that cannot be read must not make the rest unreadable. */
export const listEntry = <T extends { readonly id: string }>(task: z.ZodType<T>): z.ZodType<T> =>
  z.union([task, unreadableEntry as unknown as z.ZodType<T>]);

/** One ModelArts task. `service_name` is missing in the documented show answer; `source_usage_estimate` always is. */
const taskWith = <T extends z.ZodType>(contents: () => T) =>
  z.preprocess(
    withoutNulls,
    z.looseObject({
      ...taskFields(contents),
      service_id: text(),
      /** `ACTIVATED` or `INACTIVATED`, for scheduled tasks. */
      schedule_status: text(),
      schedule: contents(),
      config: contents(),
    }),
  );

export const wireTask = taskWith(content);
const looseTask = taskWith(anyContent);
export type WireTask = z.infer<typeof looseTask>;
export const listedTask = listEntry<WireTask>(looseTask);

/** How many there are; an answer may print it as text, or leave it out. */
export const countOf = () =>
  z.preprocess(
    (value) => (typeof value === "string" && /^\d+$/.test(value) ? Number(value) : (value ?? undefined)),
    z.number().int().nonnegative().optional(),
  );

const created = z.array(z.looseObject({ id: z.string().min(1) })).min(1);

/** ModelArts documents `tasks`, VAS the bare array; either is taken from both. */
export const createAnswer = z.union([
  z.looseObject({ tasks: created }).transform(({ tasks }) => tasks),
  created,
]);
