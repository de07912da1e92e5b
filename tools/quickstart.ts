/** `npm run quickstart`: the life of a stack against the emulator, each step checked. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { styleText } from "node:util";
import { messageOf } from "../provider/common/errors";
import { type Emulator, startEmulator } from "../testkit/emulator";
import { findCli, openCli } from "./stack/cli";
import { quickstartOptions, taskOf } from "./stack/quickstart";
import type { RunResult, Stack, Step } from "./stack/stack";
import { openStandIn } from "./stack/stand-in";

const RESOURCES = 7;
/** Two inputs of one resource are two tasks, and so are two cameras of a batch. */
const TASKS = 9;
/** Where the edit behind Pulumi's back sends the results of one task, and its description of a job. */
const FOREIGN_STREAM = "somebody-elses-stream";
const FOREIGN_TEXT = "somebody else's words";

const print = (text = ""): void => console.log(text);
const title = (text: string): void => print(`\n${styleText("bold", text)}`);

const SYMBOLS: Readonly<Record<string, [string, "green" | "yellow" | "red" | "magenta" | "gray", string]>> = {
  create: ["+", "green", "create"],
  "create-replacement": ["++", "green", "create replacement"],
  "delete-replaced": ["--", "red", "delete replaced"],
  replace: ["+-", "magenta", "replace"],
  update: ["~", "yellow", "update"],
  delete: ["-", "red", "delete"],
  same: ["=", "gray", "unchanged"],
  "refresh-same": ["=", "gray", "in sync"],
  "refresh-update": ["~", "yellow", "drifted"],
  "refresh-delete": ["-", "red", "gone"],
};

const quote = (value: unknown): string => (value === undefined ? "nothing" : JSON.stringify(value));

function printStep(step: Step): void {
  const [symbol, style, words] = SYMBOLS[step.op] ?? ["?", "gray", step.op];
  print(`  ${styleText(style, symbol.padEnd(2))} ${step.name.padEnd(11)} ${styleText("gray", words)}`);
  for (const { path: property, before, after } of step.op === "refresh-update" ? step.changes : []) {
    print(`       ${property}: recorded ${quote(before)}, live ${styleText("yellow", quote(after))}`);
  }
}

function expect(condition: boolean, what: string): void {
  if (!condition) throw new Error(`Expected ${what}.`);
  print(`  ${styleText("green", "✓")} ${what}`);
}

async function succeed(result: Promise<RunResult>): Promise<RunResult> {
  const finished = await result;
  if (!finished.ok) throw new Error(["The run failed:", ...finished.errors].join("\n  "));
  return finished;
}

const count = (result: RunResult, ...ops: string[]): number =>
  result.steps.filter((step) => ops.includes(step.op)).length;

const writes = (emulator: Emulator): number =>
  emulator.requests.filter(({ method, service }) => method !== "GET" && service !== "iam").length;

async function tell(stack: Stack, emulator: Emulator): Promise<void> {
  title("1. Preview: what would be created");
  const preview = await succeed(stack.preview());
  expect(count(preview, "create") === RESOURCES, `${RESOURCES} resources to create`);
  expect(emulator.requests.length === 0, "no call to the service: inputs are checked offline");

  title("2. Up: the tasks are created");
  const first = await succeed(stack.up());
  expect(count(first, "create") === RESOURCES, `${RESOURCES} resources created`);
  expect(
    emulator.tasks().length === TASKS,
    `${TASKS} tasks at the service (two inputs, or two cameras, are two tasks)`,
  );
  printOutputs(await stack.outputs());

  title("3. Up again: nothing to do");
  const before = writes(emulator);
  const second = await succeed(stack.up());
  expect(count(second, "same") === RESOURCES, "every resource is unchanged");
  expect(writes(emulator) === before, "nothing was written to the service");

  title("4. Somebody edits a task and a job and deletes another task behind Pulumi's back");
  const job = taskOf(emulator, "footage");
  emulator.editTask(taskOf(emulator, "parking"), { output: { dis: { stream_name: FOREIGN_STREAM } } });
  emulator.editTask(job, { description: FOREIGN_TEXT });
  emulator.removeTask(taskOf(emulator, "daytime"));
  print("  edited parking and footage, deleted daytime");

  title("5. Refresh: the drift");
  const refresh = await succeed(stack.refresh());
  const drift = refresh.steps
    .filter(({ op }) => op === "refresh-update")
    .map(({ name, changes }) => `${name} ${changes.map(({ path: property }) => property).join()}`);
  expect(
    drift.sort().join("; ") === "footage description; parking output.dis.streamName",
    "each edit shows as exactly one property",
  );
  expect(count(refresh, "refresh-delete") === 1, "the deleted task shows as gone");

  title("6. Up: the drift is repaired");
  const repair = await succeed(stack.up());
  expect(emulator.tasks().length === TASKS, `${TASKS} tasks at the service again`);
  const live = JSON.stringify(emulator.tasks());
  expect(![FOREIGN_STREAM, FOREIGN_TEXT].some((text) => live.includes(text)), "the edits are undone");
  expect(
    count(repair, "update") === 1 && taskOf(emulator, "footage") === job,
    "the job was updated in place: VAS can, ModelArts replaces",
  );

  title("7. Destroy: nothing is left");
  await succeed(stack.destroy());
  expect(emulator.tasks().length + emulator.batches().length === 0, "no task and no batch at the service");
}

interface Shown {
  readonly taskIds: string[];
  readonly states: string[];
}

function printOutputs(outputs: Readonly<Record<string, unknown>>): void {
  print("\n  Stack outputs");
  for (const [kind, resources] of Object.entries(outputs as Record<string, Record<string, Shown>>)) {
    for (const [name, { taskIds, states }] of Object.entries(resources)) {
      taskIds.forEach((id, index) =>
        print(`    ${kind.padEnd(7)} ${name.padEnd(11)} ${id}  ${states[index] ?? ""}`),
      );
    }
  }
}

async function main(): Promise<void> {
  const started = performance.now();
  const scratch = mkdtempSync(path.join(tmpdir(), "video-analysis-quickstart-"));
  const emulator = await startEmulator();
  try {
    const options = quickstartOptions(emulator, scratch, printStep);
    const version = findCli();
    const stack = version === undefined ? openStandIn(options) : await openCli(version, options);
    print(`Program: examples/quickstart\nEngine:  ${stack.engine}\nService: the emulator at ${emulator.url}`);
    await tell(stack, emulator);
    const seconds = ((performance.now() - started) / 1000).toFixed(0);
    print(
      `\n${styleText("green", "All as it should be")} (${seconds} s). Next: README.md, examples/quickstart/README.md.`,
    );
  } finally {
    await emulator.close();
    rmSync(scratch, { recursive: true, force: true });
  }
}

main().catch((error: unknown) => {
  console.error(`\n${styleText("red", "✗")} ${messageOf(error)}`);
  process.exitCode = 1;
});
