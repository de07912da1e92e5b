/** The report of `video-analysis doctor`: what `--json` prints. Described in docs/commands.md. */
import { z } from "zod";

/** Raised when a member changes its meaning or goes away; new members and checks may come with any release. */
export const DOCTOR_REPORT_VERSION = 1;

/** In the order of the report. An id keeps its meaning. */
export const CHECK_IDS = [
  "node",
  "program",
  "package",
  "sdk",
  "pulumi-cli",
  "provider-process",
  "plugin",
  "stack",
  "settings",
  "region",
  "credentials",
  "endpoint-iam",
  "endpoint-modelarts",
  "endpoint-vias",
  "endpoint-iva",
  "clock",
  "authentication",
  "project",
  "service-modelarts",
  "service-vias",
  "service-iva",
] as const;

const check = z.strictObject({
  id: z.enum(CHECK_IDS).describe("Stable; docs/commands.md describes each."),
  title: z.string(),
  status: z.enum(["ok", "warning", "failed", "skipped"]).describe("`skipped`: not looked at."),
  detail: z.string().describe("What was found, or why nothing was looked at."),
  remedy: z.string().optional().describe("What to do; with every `warning` and `failed`."),
});

const count = z.int().nonnegative();

export const doctorReport = z.strictObject({
  schemaVersion: z.literal(DOCTOR_REPORT_VERSION),
  createdAt: z.string().describe("When the checks ended: RFC 3339, in UTC."),
  status: z.enum(["ok", "failed"]).describe("`failed` as soon as one check is; warnings do not count."),
  exitStatus: z.union([z.literal(0), z.literal(1)]).describe("0 all fits, 1 something failed."),
  summary: z.strictObject({ ok: count, warning: count, failed: count, skipped: count }),
  checks: z.array(check),
});

export type DoctorReport = z.output<typeof doctorReport>;
export type CheckResult = DoctorReport["checks"][number];
export type CheckId = CheckResult["id"];
export type CheckStatus = CheckResult["status"];

/** The JSON Schema of the report, as docs/doctor.schema.json has it. */
export function doctorJsonSchema(): unknown {
  return z.toJSONSchema(doctorReport);
}
