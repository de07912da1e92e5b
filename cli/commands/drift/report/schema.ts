/** The report: what `--json` prints, and what every other format is made from. Described in docs/drift.md. */
import { z } from "zod";
import { RESOURCE_NAMES } from "../../../../provider/services/resource-names";

/** Raised when a member changes its meaning or goes away; new members may come with any release. */
export const REPORT_VERSION = 1;

const type = z.enum(RESOURCE_NAMES);
const reason = z.string().describe("A sentence.");
const path = z.string().describe("Property path, such as `input.data[0].url`.");

const change = z.strictObject({
  path,
  recorded: z
    .unknown()
    .optional()
    .describe("Value in the state; absent where there is none. `[secret]` for a secret."),
  live: z
    .unknown()
    .optional()
    .describe("Value at the service; absent where there is none. `[secret]` for a secret."),
  secret: z.boolean().describe("Whether the values, or parts of them, are replaced by `[secret]`."),
  replaces: z.boolean().describe("Whether putting it back would replace the resource."),
  since: z.string().optional().describe("With `--history`: when it was first seen, in UTC."),
});

const ignored = change.extend({
  by: z
    .enum(["ignoreChanges", "ignore-file"])
    .describe("The resource option, or an entry of the ignore file."),
  reason: z.string().optional().describe("The reason that the ignore file gives."),
  expires: z.string().optional().describe("Last day of the ignore file's entry, in UTC."),
});

const failed = z.strictObject({
  id: z.string().describe("Id of the task, for a batch that of a sub-task."),
  state: z.string().describe("FAILED, CREATE_FAILED or START_FAILED."),
  code: z.string().optional().describe("Error code of the algorithm."),
  message: z.string().optional().describe("What the service says of the failure, cut at 200 characters."),
});

const notRunning = z.strictObject({
  id: z.string().describe("Id of the task, for a batch that of a sub-task."),
  state: z.string().describe("Such as STOPPED, FROZEN, ABNORMAL or LACK_OF_RESOURCES."),
  message: z.string().optional().describe("What the service says of it, cut at 200 characters."),
});

const resource = z.strictObject({
  urn: z.string(),
  type,
  name: z.string().describe("Logical name."),
  id: z.string(),
  status: z.enum(["in-sync", "changed", "gone", "unreachable", "not-compared"]),
  changes: z.array(change).describe("Differences that count; empty unless `changed`."),
  ignored: z.array(ignored).describe("Differences that are accepted."),
  notCompared: z
    .array(z.strictObject({ path, reason }))
    .describe(
      "Encrypted properties that could not be opened; without other drift the status is `not-compared`.",
    ),
  failed: z
    .array(failed)
    .describe("Tasks that ended by failing, at most 100 of a batch. That is no drift and changes no status."),
  notRunning: z
    .array(notRunning)
    .describe(
      "Tasks that neither run nor are about to, though nobody recorded that they should stand still.",
    ),
  since: z
    .string()
    .optional()
    .describe("With `--history`: when the oldest of what it shows was first seen, in UTC."),
  code: z.string().optional().describe("Error code of `unreachable`, as in docs/errors.md."),
  reason: z.string().optional().describe("Why the resource is `unreachable`."),
});

const unmanaged = z.strictObject({
  tasks: z.array(
    z.strictObject({
      type,
      id: z.string().describe("As `adopt` takes it."),
      name: z.string(),
      state: z.string().optional().describe("Run state; a batch in a list has none."),
      createdAt: z.string().optional(),
    }),
  ),
  problems: z.array(z.string()).describe("Services whose tasks could not be listed."),
});

const count = z.int().nonnegative();

export const driftReport = z.strictObject({
  schemaVersion: z.literal(REPORT_VERSION),
  createdAt: z.string().describe("When the reads ended: RFC 3339, in UTC."),
  source: z.strictObject({
    kind: z.enum(["state", "stack", "stacks"]),
    name: z.string().describe("The file, the stack, or the stacks of `--all-stacks`."),
  }),
  scope: z.strictObject({
    stacks: z.array(z.string()).describe("By the URNs of the resources."),
    projects: z.array(z.string()).describe("Pulumi projects, by the URNs."),
    regions: z.array(z.string()),
    accounts: z.array(z.string()).describe("Ids of the cloud's projects."),
  }),
  status: z
    .enum(["in-sync", "drift", "unknown"])
    .describe(
      "`drift` as soon as one resource is changed or gone; `unknown` where something could not be compared.",
    ),
  exitStatus: z
    .union([z.literal(0), z.literal(1), z.literal(2)])
    .describe("0 in sync, 2 drift or what `--fail-on` names, 1 unknown."),
  summary: z.strictObject({
    total: count,
    inSync: count,
    changed: count,
    gone: count,
    unreachable: count,
    notCompared: count,
    ignored: count.describe("Accepted differences, over all resources."),
    failed: count.describe("Resources with a task that ended by failing, whatever their status."),
    notRunning: count.describe("Resources with a task that does not run, whatever their status."),
  }),
  resources: z.array(resource),
  unmanaged: unmanaged.optional().describe("Only with `--unmanaged`."),
  warnings: z.array(z.string()),
});

export type DriftReport = z.output<typeof driftReport>;
export type ResourceReport = DriftReport["resources"][number];
export type IdleTask = ResourceReport["notRunning"][number];
export type FailedTask = ResourceReport["failed"][number];
export type Change = ResourceReport["changes"][number];
export type Status = ResourceReport["status"];
export type Unmanaged = NonNullable<DriftReport["unmanaged"]>;

/** The JSON Schema of the report, as docs/drift.schema.json has it. */
export function reportJsonSchema(): unknown {
  return z.toJSONSchema(driftReport);
}
