/** Runs of `video-analysis doctor` against an emulator. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type CheckId, type CheckResult, doctorReport } from "../../../cli/commands/doctor/report/schema";
import {
  DEFAULT_ACCESS_KEY,
  DEFAULT_EDGE_SERVICE,
  DEFAULT_VAS_SERVICE,
  type Emulator,
  startEmulator,
} from "../../../testkit/emulator";
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

export const NAMED = ["--service", DEFAULT_EDGE_SERVICE.id, "--service-name", DEFAULT_VAS_SERVICE.name];

export const ACCESS_KEY = {
  HW_ACCESS_KEY: DEFAULT_ACCESS_KEY.accessKey,
  HW_SECRET_KEY: DEFAULT_ACCESS_KEY.secretKey,
};

export interface DoctorHarness {
  readonly emulator: Emulator;
  /** An empty directory, as of a user without files of other tools. */
  readonly folder: string;
  /** A run in that directory that names a service of each kind. */
  look(args: readonly string[], env: Record<string, string>): Promise<Diagnosed>;
  token(): Record<string, string>;
}

/** An emulator and a folder for the tests of a `describe`. */
export function doctorHarness(): DoctorHarness {
  let emulator: Emulator;
  let folder: string;
  before(async () => {
    emulator = await startEmulator({ projects: [{ id: "b".repeat(32), name: "eu-de_other" }] });
    folder = mkdtempSync(path.join(tmpdir(), "video-analysis-doctor-"));
  });
  beforeEach(() => emulator.reset());
  after(async () => {
    await emulator.close();
    rmSync(folder, { recursive: true });
  });
  return {
    get emulator() {
      return emulator;
    },
    get folder() {
      return folder;
    },
    look: (args, env) =>
      diagnose([...NAMED, ...args], { cwd: folder, env: { HOME: folder, XDG_CONFIG_HOME: folder, ...env } }),
    token: () => ({ HW_AUTH_TOKEN: emulator.token }),
  };
}
