/** Opens the stack of an exported state, with the configuration that its files have. */
import { existsSync } from "node:fs";
import path from "node:path";
import { buffer as bytesOf } from "node:stream/consumers";
import { decodeText, readText } from "../../provider/services/auth/files";
import { decryptFor, projectNear } from "./configuration/open";
import { merged, type Project } from "./configuration/project-file";
import { parseStackFile } from "./configuration/stack-file";
import { parseExported, type ExportedState } from "./deployment/export-file";
import type { OpenedStack } from "./opened-stack";
import { stackOf } from "./recorded-resources";

/** The name that stands for the standard input. */
const STANDARD_INPUT = "-";

/** @throws `CONFIGURATION` or `INVALID_STATE` */
export async function openStateFile(
  file: string,
  configFile: string | undefined,
  cwd: string,
): Promise<OpenedStack> {
  const isInput = file === STANDARD_INPUT;
  const name = isInput ? "standard input" : file;
  const state = parseExported(
    isInput ? decodeText(await bytesOf(process.stdin)) : readText(file, "the file of --state"),
    name,
  );
  const project = await projectNear(cwd, configFile ?? (isInput ? undefined : file));
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
