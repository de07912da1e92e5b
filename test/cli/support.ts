/** Runs of the command: its output and its exit status. */
import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import * as path from "node:path";
import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { runCommand } from "../../cli/program";
import { driftReport, type DriftReport, type ResourceReport } from "../../cli/commands/drift/report/schema";
import type { TestStack } from "../scenarios/support";

const COMMAND = path.join(__dirname, "..", "..", "cli", "main.js");

/** The developer's own credentials, endpoints and passphrase must neither help nor disturb. */
const FOREIGN_VARIABLE = /^(?:(?:HW|OS|VIDEO_ANALYSIS)_|PULUMI_CONFIG_PASSPHRASE|NO_COLOR|FORCE_COLOR)/;

export interface Run {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
  readonly cwd?: string;
}

/** Starts the command as its users do. */
export function start(args: readonly string[], { env, cwd }: RunOptions = {}): ChildProcess {
  const inherited = Object.entries(process.env).filter(([name]) => !FOREIGN_VARIABLE.test(name));
  return spawn(process.execPath, [COMMAND, ...args], {
    env: { ...Object.fromEntries(inherited), ...env },
    cwd,
    stdio: ["ignore", "pipe", "pipe"],
  });
}

/** Runs the command in a process of its own, which remembers nothing of the runs before. */
export async function runProcess(args: readonly string[], options: RunOptions = {}): Promise<Run> {
  const child = start(args, options);
  const exited = once(child, "exit");
  const [stdout, stderr] = await Promise.all(
    [child.stdout, child.stderr].map((pipe) => text(pipe as Readable)),
  );
  const [status] = (await exited) as [number];
  return { status, stdout: stdout ?? "", stderr: stderr ?? "" };
}

type Write = (chunk: string, done?: () => void) => boolean;

/** Lets a stream write into a string; the function that comes back undoes it. */
function capture(stream: NodeJS.WriteStream, add: (chunk: string) => void): () => void {
  const { isTTY } = stream;
  const write: Write = (chunk, done) => {
    add(chunk);
    done?.();
    return true;
  };
  Object.assign(stream, { write, isTTY: false });
  return () => {
    Reflect.deleteProperty(stream, "write");
    stream.isTTY = isTTY;
  };
}

/** Changes the environment of this process; the function that comes back undoes it. */
function enter({ env, input = "", cwd }: RunOptions): () => void {
  const before = { ...process.env };
  const folder = process.cwd();
  const stdin = Object.getOwnPropertyDescriptor(process, "stdin") ?? {};
  for (const name of Object.keys(before).filter((key) => FOREIGN_VARIABLE.test(key)))
    Reflect.deleteProperty(process.env, name);
  Object.assign(process.env, env);
  Object.defineProperty(process, "stdin", { configurable: true, value: Readable.from([input]) });
  if (cwd !== undefined) process.chdir(cwd);
  return () => {
    process.chdir(folder);
    Object.defineProperty(process, "stdin", stdin);
    for (const name of Object.keys(process.env))
      if (!(name in before)) Reflect.deleteProperty(process.env, name);
    Object.assign(process.env, before);
  };
}

/** The process has one environment and one output: runs wait for each other. */
let door: Promise<unknown> = Promise.resolve();

/** Runs the command within this process, which saves it most of a second; only the lists it has just read stay known. */
export async function run(args: readonly string[], options: RunOptions = {}): Promise<Run> {
  const { result: status, ...printed } = await printedBy(() => runCommand(args), options);
  return { status, ...printed };
}

/** A part of the command, and what it prints. */
export function printedBy<T>(
  work: () => Promise<T>,
  options: RunOptions = {},
): Promise<{ readonly result: T; readonly stdout: string; readonly stderr: string }> {
  const done = door.then(async () => {
    let stdout = "";
    let stderr = "";
    const undo = [
      enter(options),
      capture(process.stdout, (chunk) => (stdout += chunk)),
      capture(process.stderr, (chunk) => (stderr += chunk)),
    ];
    try {
      const result = await work();
      return { result, stdout, stderr };
    } finally {
      for (const step of undo.reverse()) step();
    }
  });
  door = done.catch(() => undefined);
  return done;
}

/** A run with `--json`, whose report has to fit the schema. */
export async function reportOf(
  args: readonly string[],
  options: RunOptions = {},
  by: typeof run = run,
): Promise<Run & { report: DriftReport }> {
  const done = await by(["drift", "--json", ...args], options);
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

/** Credentials for an emulator, in the environment, and where it is: a state alone leads them nowhere. */
export const tokenOf = (stack: TestStack): Record<string, string> => ({
  HW_AUTH_TOKEN: stack.emulator.token,
  ...addressesOf(stack),
});

/** The addresses of an emulator, in the environment. */
export const addressesOf = ({ emulator: { endpoints } }: TestStack): Record<string, string> =>
  Object.fromEntries(
    Object.entries(endpoints).map(([service, url]) => [
      `VIDEO_ANALYSIS_ENDPOINT_${service.toUpperCase()}`,
      url,
    ]),
  );
