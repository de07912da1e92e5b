/** Where a stack's state and configuration come from. */
import { existsSync } from "node:fs";
import path from "node:path";
import { buffer as bytesOf } from "node:stream/consumers";
import { decodeText, readText } from "../../provider/services/auth/files";
import { VideoAnalysisError } from "../../provider/common/errors";
import { parseExported, type ExportedState } from "./deployment/exported";
import { keepSealed, openPassphrase, passphraseIn, type Decrypt } from "./deployment/passphrase";
import { parseStackFile, type StackConfiguration } from "./deployment/stack-file";
import type { StackOptions } from "./options";
import { findProject, merged, type Project } from "./project";
import { stackOf } from "./recorded";

export interface Source {
  /** For reports: the file, or the stack. */
  readonly source: { readonly kind: "state" | "stack"; readonly name: string };
  readonly state: ExportedState;
  readonly decrypt: Decrypt;
  /** Absent where only the state tells the configuration. */
  readonly configuration?: StackConfiguration;
  /** Whether the configuration is the whole of it: what the state recorded earlier does not count then. */
  readonly complete: boolean;
  /** Where relative files of the configuration begin. */
  readonly directory: string;
}

/** What is known without a state. */
export interface Located {
  readonly configuration: readonly StackConfiguration[];
  /** Where relative files begin. */
  readonly directory: string;
}

/** The name that stands for the standard input. */
const STANDARD_INPUT = "-";

/** The value of `--cwd` that nobody gave. */
const HERE = ".";

/** @throws `CONFIGURATION` or `INVALID_STATE` */
export async function openSource(options: Omit<StackOptions, "config">): Promise<Source> {
  if ((options.state === undefined) === (options.stack === undefined)) {
    throw new VideoAnalysisError(
      "CONFIGURATION",
      "give either --state <file> (of `pulumi stack export`) or --stack <name> (with the Pulumi CLI on the PATH).",
    );
  }
  if (options.stack !== undefined) {
    if (options.configFile !== undefined) {
      throw new VideoAnalysisError(
        "CONFIGURATION",
        "--config-file goes with --state: with --stack the Pulumi CLI reads the stack's configuration.",
      );
    }
    const { openStack } = await import("./through-cli.js");
    return openStack(options.stack, options.cwd);
  }
  return openFile(options.state ?? STANDARD_INPUT, options.configFile, options.cwd);
}

async function openFile(file: string, configFile: string | undefined, cwd: string): Promise<Source> {
  const isInput = file === STANDARD_INPUT;
  const name = isInput ? "standard input" : file;
  const state = parseExported(
    isInput ? decodeText(await bytesOf(process.stdin)) : readText(file, "the file of --state"),
    name,
  );
  const project = await projectBy(cwd, configFile ?? (isInput ? undefined : file));
  const beside = configFile ?? stackFileOf(state, isInput ? undefined : file, project);
  const stackFile =
    beside === undefined
      ? undefined
      : await parseStackFile(readText(beside, "the file of --config-file"), beside);
  const decrypt = await decryptFor(state.salt, name);
  const directory = project?.directory ?? path.resolve(cwd);
  const source = { source: { kind: "state" as const, name }, state, decrypt, directory };
  const ofProject = project?.configuration;
  if (stackFile === undefined) {
    return { ...source, complete: false, ...(ofProject === undefined ? {} : { configuration: ofProject }) };
  }
  // Deriving a key takes most of a second, and mostly both have the same salt.
  const same = stackFile.salt === state.salt;
  const own = stackFile.open(same ? decrypt : await decryptFor(stackFile.salt, beside ?? ""));
  return { ...source, complete: true, configuration: ofProject === undefined ? own : merged(ofProject, own) };
}

/** The project of `--cwd` where that is given, else the one that the file belongs to, else that of this directory. */
async function projectBy(cwd: string, file: string | undefined): Promise<Project | undefined> {
  const folders = [...(cwd === HERE ? [] : [cwd]), ...(file === undefined ? [] : [path.dirname(file)]), HERE];
  for (const folder of folders) {
    const project = await findProject(folder);
    if (project !== undefined) return project;
  }
  return undefined;
}

/**
 * A stack's configuration by itself, with that of its project below it; none where no file names a stack.
 *
 * @throws `CONFIGURATION`
 */
export async function openConfiguration(file: string | undefined, cwd = HERE): Promise<Located> {
  const project = await projectBy(cwd, file);
  const directory = project?.directory ?? path.resolve(cwd);
  if (file === undefined) return { configuration: [], directory };
  const stackFile = await parseStackFile(readText(file, "the file of --config-file"), file);
  const own = stackFile.open(await decryptFor(stackFile.salt, file));
  return { configuration: [project === undefined ? own : merged(project.configuration, own)], directory };
}

/**
 * @param salt of the passphrase secrets provider, where that is used
 * @param where the file that has it, for messages
 */
async function decryptFor(salt: string | undefined, where: string): Promise<Decrypt> {
  const passphrase = passphraseIn(process.env);
  return passphrase === undefined || salt === undefined
    ? keepSealed
    : openPassphrase(passphrase, salt, where);
}

/** `Pulumi.<stack>.yaml` in the folder of the state or among the stack files of the project, where there is one. */
function stackFileOf(
  { resources }: ExportedState,
  file: string | undefined,
  project: Project | undefined,
): string | undefined {
  const stack = resources.map(({ urn }) => stackOf(urn)).find((name) => name !== undefined);
  // The name comes out of a file: it must not lead to another folder.
  if (file === undefined || stack === undefined || path.basename(stack) !== stack) return undefined;
  const folders = [path.dirname(file), ...(project === undefined ? [] : [project.stackFiles])];
  return folders
    .map((folder) => path.join(folder, `Pulumi.${stack}.yaml`))
    .find((found) => existsSync(found));
}
