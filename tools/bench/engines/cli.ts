/** Stacks on the Pulumi CLI, with a file backend in a scratch folder: never the user's own login. */
import { execFile } from "node:child_process";
import { mkdirSync } from "node:fs";
import * as path from "node:path";
import { promisify } from "node:util";
import { cleanEnvironment, type Engine, type Exported, isOwn, type Stack, type StackOptions } from "./engine";
import { programIn } from "./program-directory";

const run = promisify(execFile);

/** Room for what a run of 1,000 resources prints and for its exported state, in bytes. */
const MAX_OUTPUT = 256 * 1024 * 1024;
const STACK = "bench";

/** By default the engine runs four operations for each processor at a time: those of four processors, on every machine. */
const PARALLEL = ["--parallel", "16"];

/** Nothing is shown in advance, and nothing drawn: both would be measured too. */
const UNATTENDED = ["--yes", "--skip-preview", "--suppress-progress", "--suppress-outputs", ...PARALLEL];

export const cli = (version: string): Engine => ({
  title: `Pulumi CLI ${version}`,
  hasPlugins: true,
  open: openStack,
});

async function openStack({ scratch, config }: StackOptions): Promise<Stack> {
  const [backend, home] = [path.join(scratch, "backend"), path.join(scratch, "home")];
  for (const folder of [backend, home]) mkdirSync(folder);
  const env = {
    ...cleanEnvironment(),
    HOME: home,
    PULUMI_HOME: home,
    PULUMI_BACKEND_URL: `file://${backend}`,
    PULUMI_CONFIG_PASSPHRASE: "bench",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
  };
  const pulumi = async (...args: readonly string[]): Promise<string> => {
    const options = { cwd: programIn(scratch), env, maxBuffer: MAX_OUTPUT };
    const { stdout } = await run("pulumi", [...args, "--non-interactive", "--color", "never"], options).catch(
      (error: unknown) => {
        throw new Error(`pulumi ${args[0] ?? ""} failed:\n${tailOf(error)}`, { cause: error });
      },
    );
    return stdout;
  };
  await pulumi("stack", "init", STACK);
  const settings = Object.entries(config).flatMap(([key, value]) => ["--plaintext", `${key}=${value}`]);
  await pulumi("config", "set-all", ...settings);
  const exported = async (): Promise<Exported> => JSON.parse(await pulumi("stack", "export")) as Exported;
  return {
    up: () => pulumi("up", ...UNATTENDED),
    preview: () => pulumi("preview", "--suppress-progress", ...PARALLEL),
    refresh: () => pulumi("refresh", ...UNATTENDED),
    destroy: () => pulumi("destroy", ...UNATTENDED),
    exported,
    resources: async () => ((await exported()).deployment.resources ?? []).filter(isOwn),
  };
}

/** Lines of a failed run that are shown. */
const TAIL = 30;

function tailOf(error: unknown): string {
  const { stdout = "", stderr = "" } = error as { stdout?: string; stderr?: string };
  return `${stdout}\n${stderr}`.trim().split("\n").slice(-TAIL).join("\n");
}
