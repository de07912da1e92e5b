/** A stack, through the Pulumi CLI on the PATH. No stack is selected, and only `setConfiguration` writes. */
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import path from "node:path";
import { text } from "node:stream/consumers";
import { promisify } from "node:util";
import type { Workspace } from "@pulumi/pulumi/automation";
import { messageOf, VideoAnalysisError } from "../../provider/common/errors";
import { sentence } from "../common/wording";
import { exportedState } from "./deployment/export-file";
import { keepSealed } from "./deployment/passphrase";
import type { ConfigurationLayer } from "./configuration/layers";
import { findProject } from "./configuration/project-file";
import type { OpenedStack } from "./opened-stack";

/** Keys that the CLI answers with, and whether their values are secrets. */
type ConfigurationMap = Awaited<ReturnType<Workspace["getAllConfig"]>>;

/** Longest wait for the name of the selected stack: a launcher that only looks like the CLI may never answer. */
const SELECTED_TIMEOUT_MS = 20_000;

/** The stack that `pulumi stack select` chose for the project of a directory; undefined without a CLI or a choice. */
export async function selectedStack(cwd: string): Promise<string | undefined> {
  const args = ["stack", "--show-name", "--non-interactive"];
  try {
    const { stdout } = await promisify(execFile)("pulumi", args, { cwd, timeout: SELECTED_TIMEOUT_MS });
    return stdout.trim() === "" ? undefined : stdout.trim();
  } catch {
    // No CLI, no login or no choice: what needs a stack says so.
    return undefined;
  }
}

/**
 * The stacks of the project in a directory, by name.
 *
 * @throws `CONFIGURATION` where there is no CLI, or no login
 */
export async function stacksOf(cwd: string): Promise<string[]> {
  const { LocalWorkspace } = await import("@pulumi/pulumi/automation/index.js");
  try {
    const workspace = await LocalWorkspace.create({ workDir: cwd });
    return (await workspace.listStacks()).map(({ name }) => name).sort();
  } catch (error) {
    throw failedCall(error, { cwd, doing: "list the stacks", otherwise: READ_A_FILE });
  }
}

/** @throws `CONFIGURATION` where there is no CLI, or it does not know the stack */
export async function openPulumiStack(stack: string, cwd: string): Promise<OpenedStack> {
  const { LocalWorkspace } = await import("@pulumi/pulumi/automation/index.js");
  try {
    const workspace = await LocalWorkspace.create({ workDir: cwd });
    // The automation API asks for plain secrets, so the CLI's own secrets provider opens them, whichever it is.
    const state = exportedState(await workspace.exportStack(stack), `the export of stack ${stack}`);
    const configuration = configurationIn(await workspace.getAllConfig(stack));
    const directory = (await findProject(cwd))?.directory ?? path.resolve(cwd);
    const source = { kind: "stack", name: stack } as const;
    return { source, state, decrypt: keepSealed, configuration, complete: true, directory };
  } catch (error) {
    throw failedCall(error, { cwd, doing: `read stack "${stack}"`, otherwise: READ_A_FILE });
  }
}

interface OtherWay {
  /** The end of a sentence. */
  readonly text: string;
  readonly needsCli: boolean;
}

interface CliCall {
  readonly cwd: string;
  /** What the CLI was asked to do. */
  readonly doing: string;
  readonly otherwise: OtherWay;
}

const READ_A_FILE: OtherWay = {
  text: "or use --state with a file of `pulumi stack export`",
  needsCli: false,
};

/** The error of a call of the CLI, and what to do. */
function failedCall(error: unknown, { cwd, doing, otherwise }: CliCall): VideoAnalysisError {
  const refused = (problem: string): VideoAnalysisError =>
    new VideoAnalysisError("CONFIGURATION", problem, { cause: error });
  const message = messageOf(error);
  if (!existsSync(cwd)) return refused(`the directory ${cwd} does not exist. Correct --cwd.`);
  if (message.includes("ENOENT")) {
    const way = otherwise.needsCli ? "" : `, ${otherwise.text}`;
    return refused(`there is no \`pulumi\` on the PATH. Install the Pulumi CLI${way}.`);
  }
  if (message.includes("PULUMI_CONFIG_PASSPHRASE")) {
    const why = message.includes("incorrect")
      ? "the passphrase is not that of the stack"
      : "it has no passphrase";
    return refused(
      `the Pulumi CLI cannot ${doing} in ${cwd}: ${why}. Set PULUMI_CONFIG_PASSPHRASE or PULUMI_CONFIG_PASSPHRASE_FILE.`,
    );
  }
  const last = message.split("\n").findLast((line) => /error/i.test(line)) ?? message;
  return refused(
    `the Pulumi CLI cannot ${doing} in ${cwd}: ${sentence(last.trim())} Check the login and the stack's name, ${otherwise.text}.`,
  );
}

function configurationIn(all: ConfigurationMap): ConfigurationLayer {
  const entries = Object.entries(all);
  return {
    values: Object.fromEntries(entries.map(([key, { value }]) => [key, value])),
    sealed: [],
    secrets: entries.filter(([, { secret }]) => secret === true).map(([key]) => key),
  };
}

/** A value of a stack's configuration. */
export interface ConfigurationValue {
  readonly key: string;
  readonly value: string;
  readonly secret: boolean;
}

/**
 * Sets one value. It goes over the standard input, where no list of processes shows it.
 *
 * @throws `CONFIGURATION`
 */
export async function setConfiguration(
  { key, value, secret }: ConfigurationValue,
  { stack, cwd }: { readonly stack: string; readonly cwd: string },
): Promise<void> {
  const kind = secret ? "--secret" : "--plaintext";
  const args = ["config", "set", kind, key, "--stack", stack, "--non-interactive"];
  const child = spawn("pulumi", args, { cwd, stdio: ["pipe", "ignore", "pipe"] });
  try {
    child.stdin.on("error", () => undefined).end(value);
    const [said] = await Promise.all([text(child.stderr), once(child, "close")]);
    if (child.exitCode !== 0) throw new Error(said);
  } catch (error) {
    const way = `or run \`pulumi config set${secret ? " --secret" : ""} ${key}\` yourself`;
    const otherwise = { text: way, needsCli: true };
    throw failedCall(error, { cwd, doing: `configure stack "${stack}"`, otherwise });
  }
}
