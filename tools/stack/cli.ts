/** A stack on the Pulumi CLI, with a file backend in a scratch folder: never the user's own login. */
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, symlinkSync } from "node:fs";
import * as path from "node:path";
import { type EngineEvent, LocalWorkspace, type Stack as PulumiStack } from "@pulumi/pulumi/automation";
import { messageOf } from "../../provider/common/errors";
import { changesOf, isTask, type RunResult, type Stack, type StackOptions, type Step } from "./stack";

/** The npm launcher of the same name may hang while it downloads: then it does not count. */
const ANSWER_TIMEOUT = 5000;
/** The first release whose `read` may return inputs. */
const MINIMUM = [3, 216] as const;

/** The first release whose import files may have inputs and outputs. */
const IMPORT_FILES = [3, 254] as const;

const isAtLeast = (version: string, [major, minor]: readonly [number, number]): boolean => {
  const [, found, foundMinor] = /^v?(\d+)\.(\d+)\./.exec(version) ?? [];
  return Number(found) === major && Number(foundMinor) >= minor;
};

/** Whether this version can import dynamic resources from a file. */
export const hasImportFiles = (version: string): boolean => isAtLeast(version, IMPORT_FILES);

/** The version of the `pulumi` on the PATH, or undefined where there is none that can be used. */
export function findCli(): string | undefined {
  const answer = spawnSync("pulumi", ["version"], {
    encoding: "utf8",
    timeout: ANSWER_TIMEOUT,
    killSignal: "SIGKILL",
    stdio: ["ignore", "pipe", "ignore"],
    env: { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "true" },
  });
  const version = answer.status === 0 ? answer.stdout.trim() : "";
  return isAtLeast(version, MINIMUM) ? version : undefined;
}

const REFRESH_RESULTS: Readonly<Record<string, string>> = {
  update: "refresh-update",
  delete: "refresh-delete",
};

type StateMetadata = NonNullable<NonNullable<EngineEvent["resOutputsEvent"]>["metadata"]["old"]>;

function stepOf(event: EngineEvent, refreshing: boolean): Step | undefined {
  const metadata = (event.resOutputsEvent ?? event.resourcePreEvent)?.metadata;
  if (metadata === undefined) return undefined;
  const { op, type, urn } = metadata;
  const named = refreshing ? (REFRESH_RESULTS[op] ?? "refresh-same") : op;
  // The events say null where their types say undefined.
  const [before, after] = [metadata.old, metadata.new] as (StateMetadata | null | undefined)[];
  const changes = before == null || after == null ? [] : changesOf(before.inputs, after.inputs);
  return { op: named, type, name: urn.split("::").at(-1) ?? urn, changes };
}

/** Runs a command of the CLI, collecting the steps of its events. */
async function run(
  options: StackOptions,
  command: "preview" | "up" | "refresh" | "destroy",
  action: (onEvent: (event: EngineEvent) => void) => Promise<unknown>,
): Promise<RunResult> {
  const steps = new Map<string, Step>();
  const errors: string[] = [];
  const onEvent = (event: EngineEvent): void => {
    if (event.diagnosticEvent?.severity === "error") errors.push(event.diagnosticEvent.message.trim());
    // A preview has no outputs events for what it would do.
    if (event.resOutputsEvent === undefined && command !== "preview") return;
    const step = stepOf(event, command === "refresh");
    if (step === undefined || !isTask(step)) return;
    const key = `${step.op} ${step.name}`;
    if (!steps.has(key)) options.onStep(step);
    steps.set(key, step);
  };
  try {
    await action(onEvent);
    return { ok: errors.length === 0, steps: [...steps.values()], errors };
  } catch (error) {
    return { ok: false, steps: [...steps.values()], errors: errors.length > 0 ? errors : [messageOf(error)] };
  }
}

async function createStack(options: StackOptions): Promise<PulumiStack> {
  // The CLI writes its stack settings beside the program: it gets a copy.
  const workDir = path.join(options.scratch, "program");
  cpSync(options.program, workDir, { recursive: true, filter: (source) => !source.includes("node_modules") });
  symlinkSync(path.resolve("node_modules"), path.join(workDir, "node_modules"));
  for (const folder of ["backend", "home"]) mkdirSync(path.join(options.scratch, folder));
  const stack = await LocalWorkspace.createOrSelectStack(
    { stackName: "dev", workDir },
    {
      envVars: {
        ...options.env,
        PULUMI_BACKEND_URL: `file://${path.join(options.scratch, "backend")}`,
        PULUMI_HOME: path.join(options.scratch, "home"),
        PULUMI_CONFIG_PASSPHRASE: "quickstart",
        PULUMI_SKIP_UPDATE_CHECK: "true",
        PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
      },
    },
  );
  await stack.setAllConfig(
    Object.fromEntries([
      ...Object.entries(options.config).map(([key, value]) => [key, { value }] as const),
      ...Object.entries(options.secretConfig).map(([key, value]) => [key, { value, secret: true }] as const),
    ]),
  );
  return stack;
}

export async function openCli(version: string, options: StackOptions): Promise<Stack> {
  const stack = await createStack(options);
  return {
    engine: `Pulumi CLI ${version}`,
    preview: () => run(options, "preview", (onEvent) => stack.preview({ onEvent })),
    up: () =>
      run(options, "up", (onEvent) =>
        stack.up({ onEvent, skipPreview: true } as Parameters<typeof stack.up>[0]),
      ),
    refresh: () => run(options, "refresh", (onEvent) => stack.refresh({ onEvent })),
    destroy: () => run(options, "destroy", (onEvent) => stack.destroy({ onEvent })),
    outputs: async () =>
      Object.fromEntries(
        Object.entries(await stack.outputs()).map(([key, output]) => [key, output.value as unknown]),
      ),
  };
}
