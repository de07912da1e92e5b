/** Arguments that all resources share. Source: the pages of the create calls, and this package for the rest. */
import { z } from "zod";
import { field } from "./field";
import { duration } from "./primitives";

/** Longest task name and description, in characters (all three create pages). */
export const MAX_NAME = 100;
export const MAX_DESCRIPTION = 500;

export const WAIT_FOR = ["accepted", "running", "succeeded"] as const;
export type WaitFor = (typeof WAIT_FOR)[number];

export const DESIRED_STATES = ["running", "stopped"] as const;
export type DesiredState = (typeof DESIRED_STATES)[number];

const timeouts = field(
  z.strictObject({
    create: field(duration().optional(), {
      description: "Longest create, waiting included.",
      defaultsTo: '10 minutes, with `waitFor: "succeeded"` 6 hours',
    }),
    read: field(duration().optional(), { description: "Longest read.", defaultsTo: "5 minutes" }),
    update: field(duration().optional(), { description: "Longest update.", defaultsTo: "10 minutes" }),
    delete: field(duration().optional(), {
      description: "Longest delete, until the object is gone.",
      defaultsTo: "10 minutes",
    }),
  }),
  {
    description: "Longest times of the operations, as durations such as `90s`, `10m`, `1h30m`.",
    typeName: "Timeouts",
    neverDrifts: "never sent: it bounds this package's own waiting",
  },
);

/** The shared arguments but for `name` and `adopt`, whose forms differ by service. */
export const commonArguments = {
  description: field(z.string().max(MAX_DESCRIPTION).optional(), {
    description: "Description, at most 500 characters.",
    source: "the create pages of the three services",
    observedWhenUnset: true,
  }),
  region: field(
    z
      .string()
      .regex(/^[a-z0-9-]{1,64}$/, { error: 'expected a region such as "eu-de"' })
      .optional(),
    {
      description:
        "Region of the service. Name it here or in the configuration: else a targeted replacement (`--replace`, `state taint`) takes this machine's.",
      defaultsTo: "the region of the provider, the stack configuration or the environment",
      neverDrifts: "never sent: it says where the resource is, and reads go there",
    },
  ),
  desiredState: field(z.enum(DESIRED_STATES).optional(), {
    description: "`running` or `stopped`: kept so by the start and stop calls. Left out: not managed.",
    observedAs: "the run state of the tasks is compared; a task that ended by itself is no drift",
  }),
  waitFor: field(z.enum(WAIT_FOR).optional(), {
    description:
      "What create waits for: `accepted` (the task is visible), `running`, or `succeeded` (input that ends only).",
    defaultsTo: "`accepted`, or the configuration `video-analysis:waitFor`",
    neverDrifts: "never sent: it says what this package waits for",
  }),
  triggers: field(z.array(z.unknown()).optional(), {
    description: "Any values; a change replaces the resource, which runs a finished task again.",
    neverDrifts: "never sent: only the program changes it",
  }),
  timeouts: timeouts.optional(),
} as const;

/** @param id its form */
export const adoptArgument = (id: string) =>
  field(z.string().min(1).optional(), {
    description: `Id of an existing task to take over instead of creating one: ${id}. Remove it before a targeted replacement (\`--replace\`, \`state taint\`), which would take the same task again.`,
    neverDrifts: "never sent: it only says which task to take over",
  });
