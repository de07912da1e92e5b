/** `npm run acceptance`: one task on a live account, created, read, lost and cleaned up. Off without its settings. */
import { randomBytes } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { messageOf } from "../../provider/common/errors";
import { Lookups } from "../../provider/services/lookups";
import { findCli, openCli } from "../stack/cli";
import type { RunResult, Stack } from "../stack/stack";
import { openStandIn } from "../stack/stand-in";
import { taskFrom, USAGE, type TrialTask } from "./settings";

const print = (text: string): void => console.log(text);

/** A stack of its own with the one task, and more arguments. */
async function open(scratch: string, name: string, args: object): Promise<Stack> {
  const folder = path.join(scratch, name);
  const program = path.join(folder, "source");
  mkdirSync(program, { recursive: true });
  // The repository links the package into its own modules.
  symlinkSync(path.resolve("node_modules"), path.join(program, "node_modules"));
  writeFileSync(path.join(program, "package.json"), JSON.stringify({ private: true, main: "index.js" }));
  writeFileSync(path.join(program, "Pulumi.yaml"), "name: acceptance\nruntime: nodejs\nmain: index.js\n");
  writeFileSync(
    path.join(program, "index.js"),
    'const va = require("pulumi-video-analysis");\n' +
      `const task = new va.ServiceTask("trial", ${JSON.stringify(args)});\nmodule.exports = { id: task.id, state: task.state };\n`,
  );
  const options = {
    program,
    project: "acceptance",
    scratch: folder,
    config: {},
    secretConfig: {},
    env: {},
    onStep: () => undefined,
  };
  const version = findCli();
  return version === undefined ? openStandIn(options) : openCli(version, options);
}

async function expect(run: Promise<RunResult>, op: string, what: string): Promise<void> {
  const { ok, steps, errors } = await run;
  if (!ok) throw new Error([`${what}: the run failed`, ...errors].join("\n  "));
  if (!steps.some((step) => step.op === op)) {
    throw new Error(`${what}: expected ${op}, found ${steps.map((step) => step.op).join(", ")}`);
  }
  print(`  ✓ ${what}`);
}

async function trial(task: TrialTask, scratch: string): Promise<void> {
  const stack = await open(scratch, "first", task);
  print(`Engine: ${stack.engine}`);
  const others: Stack[] = [];
  try {
    await expect(stack.preview(), "create", "the preview plans one task");
    await expect(stack.up(), "create", "the task is created");
    const { id, state } = await stack.outputs();
    print(`    ${String(id)} ${String(state)}`);
    await expect(stack.up(), "same", "a second up changes nothing");
    await expect(stack.refresh(), "refresh-same", "a refresh finds no drift");
    const other = await open(scratch, "second", { ...task, adopt: id });
    others.push(other);
    await expect(other.up(), "create", "another stack adopts it");
    await expect(other.destroy(), "delete", "and deletes it behind the back of the first");
    await expect(stack.refresh(), "refresh-delete", "the first finds it gone");
  } finally {
    for (const opened of [...others, stack]) {
      const { ok, errors } = await opened.destroy();
      if (!ok) print(`  ! a stack could not be destroyed: ${errors.join("; ")}`);
    }
  }
}

/** Tasks of the trial that are left, by its name: a person has to delete them. */
async function leftovers({ serviceId, name }: TrialTask): Promise<string[]> {
  const none = { directory: process.cwd(), config: { get: () => undefined } };
  const lister = await new Lookups().list("listServiceTasks", { serviceId, nameLike: name }, none);
  return (await lister.all()).filter((entry) => entry.name === name).map(({ id }) => String(id));
}

async function main(): Promise<void> {
  const task = taskFrom(process.env, `acceptance-${randomBytes(4).toString("hex")}`);
  if (task === undefined) {
    print(`Nothing was done.\n\n${USAGE}`);
    return;
  }
  const scratch = mkdtempSync(path.join(tmpdir(), "video-analysis-acceptance-"));
  try {
    await trial(task, scratch);
    const day = new Date().toISOString().slice(0, "2026-12-31".length);
    print(`Passed on ${day}. Please report it in an issue, with region and platform.`);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
    const left = await leftovers(task);
    if (left.length > 0) {
      process.exitCode = 1;
      print(`  ! left at the service, delete by hand: ${left.join(", ")}`);
    }
  }
}

main().catch((error: unknown) => {
  console.error(`  ✗ ${messageOf(error)}`);
  process.exitCode = 1;
});
