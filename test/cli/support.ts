/** Runs of the command as its users run it: a process, its output and its exit status. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import * as path from "node:path";
import { text } from "node:stream/consumers";
import { driftReport, type DriftReport, type ResourceReport } from "../../cli/drift/report-schema";
import type { TestStack } from "../scenarios/support";

export const COMMAND = path.join(__dirname, "..", "..", "cli", "main.js");

/** The developer's own credentials, endpoints and passphrase must neither help nor disturb. */
const FOREIGN_VARIABLE = /^(?:(?:HW|OS|VIDEO_ANALYSIS)_|PULUMI_CONFIG_PASSPHRASE|NO_COLOR|FORCE_COLOR)/;

export interface Run {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
  readonly cwd?: string;
}

export async function run(args: readonly string[], options: RunOptions = {}): Promise<Run> {
  const inherited = Object.entries(process.env).filter(([name]) => !FOREIGN_VARIABLE.test(name));
  const child = spawn(process.execPath, [COMMAND, ...args], {
    env: { ...Object.fromEntries(inherited), ...options.env },
    cwd: options.cwd,
    stdio: ["pipe", "pipe", "pipe"],
  });
  child.stdin.end(options.input ?? "");
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  if (child.exitCode === null) await once(child, "exit");
  return { status: child.exitCode, stdout, stderr };
}

/** A run with `--json`, whose report has to fit the schema. */
export async function reportOf(
  args: readonly string[],
  options: RunOptions = {},
): Promise<Run & { report: DriftReport }> {
  const done = await run(["drift", "--json", ...args], options);
  assert.notEqual(done.stdout, "", done.stderr);
  const report = driftReport.parse(JSON.parse(done.stdout));
  assert.equal(report.exitStatus, done.status);
  return { ...done, report };
}

export function resourceIn(report: DriftReport, name: string): ResourceReport {
  const found = report.resources.find((resource) => resource.name === name);
  assert.ok(found, `${name} is in the report`);
  return found;
}

/** `description: "ours" → "theirs"`. */
export const changesOf = ({ changes }: ResourceReport): string[] =>
  changes.map(
    ({ path: at, recorded, live }) => `${at}: ${JSON.stringify(recorded)} → ${JSON.stringify(live)}`,
  );

export const statuses = (report: DriftReport): Record<string, string> =>
  Object.fromEntries(report.resources.map(({ name, status }) => [name, status]));

/** Writes the stack's state as `pulumi stack export` would. */
export function exportTo(file: string, stack: TestStack): string {
  writeFileSync(file, JSON.stringify(stack.exported()));
  return file;
}

/** Credentials for an emulator, in the environment. */
export const tokenOf = (stack: TestStack): Record<string, string> => ({
  HW_AUTH_TOKEN: stack.emulator.token,
});
