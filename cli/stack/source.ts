/** Where a stack's state and configuration come from. */
import { existsSync } from "node:fs";
import path from "node:path";
import { text as textOf } from "node:stream/consumers";
import { readText } from "../../provider/auth/files";
import { VideoAnalysisError } from "../../provider/common/errors";
import { parseExported, type ExportedState } from "../state/exported";
import { keepSealed, openPassphrase, passphraseIn, type Decrypt } from "../state/passphrase";
import { parseStackFile, type StackConfiguration } from "../state/stack-file";
import type { StackOptions } from "./options";
import { stackOf } from "./recorded";

export interface Source {
  /** For reports: the file, or the stack. */
  readonly source: { readonly kind: "state" | "stack"; readonly name: string };
  readonly state: ExportedState;
  readonly decrypt: Decrypt;
  /** Absent where only the state tells the configuration. */
  readonly configuration?: StackConfiguration;
}

/** The name that stands for the standard input. */
const STANDARD_INPUT = "-";

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
  return openFile(options.state ?? STANDARD_INPUT, options.configFile);
}

async function openFile(file: string, configFile: string | undefined): Promise<Source> {
  const isInput = file === STANDARD_INPUT;
  const name = isInput ? "standard input" : file;
  const state = parseExported(
    isInput ? await textOf(process.stdin) : readText(file, "the file of --state"),
    name,
  );
  const beside = configFile ?? (isInput ? undefined : stackFileBeside(file, state));
  const stackFile =
    beside === undefined
      ? undefined
      : await parseStackFile(readText(beside, "the file of --config-file"), beside);
  const decrypt = await decryptFor(state.salt, name);
  const source = { source: { kind: "state" as const, name }, state, decrypt };
  if (stackFile === undefined) return source;
  // Deriving a key takes most of a second, and mostly both have the same salt.
  const same = stackFile.salt === state.salt;
  return {
    ...source,
    configuration: stackFile.open(same ? decrypt : await decryptFor(stackFile.salt, beside ?? "")),
  };
}

/** A stack's configuration by itself. Throws `CONFIGURATION`. */
export async function openConfiguration(file: string): Promise<StackConfiguration> {
  const stackFile = await parseStackFile(readText(file, "the file of --config-file"), file);
  return stackFile.open(await decryptFor(stackFile.salt, file));
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

/** `Pulumi.<stack>.yaml` in the folder of the state, where there is one. */
function stackFileBeside(file: string, { resources }: ExportedState): string | undefined {
  const stack = resources.map(({ urn }) => stackOf(urn)).find((name) => name !== undefined);
  // The name comes out of a file: it must not lead to another folder.
  if (stack === undefined || path.basename(stack) !== stack) return undefined;
  const beside = path.join(path.dirname(file), `Pulumi.${stack}.yaml`);
  return existsSync(beside) ? beside : undefined;
}
