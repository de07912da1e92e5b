/** Runs of `video-analysis doctor` against an emulator. */
import assert from "node:assert/strict";
import { type CheckId, type CheckResult, doctorReport } from "../../../cli/commands/doctor/report/schema";
import type { Emulator } from "../../../testkit/emulator";
import { run, type Run, type RunOptions } from "../support";

export interface Diagnosed extends Run {
  readonly checks: Readonly<Record<CheckId, CheckResult>>;
  /** Ids of the checks with that status. */
  with(status: CheckResult["status"]): CheckId[];
}

/** A run with `--json`, whose report has to fit the schema and the exit status. */
export async function diagnose(args: readonly string[], options: RunOptions = {}): Promise<Diagnosed> {
  const done = await run(["doctor", "--json", ...args], options);
  assert.notEqual(done.stdout, "", done.stderr);
  const report = doctorReport.parse(JSON.parse(done.stdout));
  assert.equal(report.exitStatus, done.status, done.stderr);
  for (const { id, status, remedy } of report.checks) {
    assert.equal(remedy !== undefined, status === "failed" || status === "warning", id);
  }
  const checks = Object.fromEntries(report.checks.map((check) => [check.id, check])) as Diagnosed["checks"];
  return {
    ...done,
    checks,
    with: (status) => report.checks.filter((check) => check.status === status).map(({ id }) => id),
  };
}

/** Options that lead to an emulator. */
export const at = (
  { region, endpoints }: Emulator,
  changes: Partial<Emulator["endpoints"]> = {},
): string[] => [
  "--config",
  `region=${region}`,
  "--config",
  `endpoints=${JSON.stringify({ ...endpoints, ...changes })}`,
];
