/** Opens the configuration of a project and of a stack's file. */
import path from "node:path";
import { readText } from "../../../provider/services/auth/files";
import { keepSealed, openPassphrase, passphraseIn, type Decrypt } from "../deployment/passphrase";
import type { ConfigurationLayer } from "./layers";
import { findProject, merged, type Project } from "./project-file";
import { parseStackFile } from "./stack-file";

/** The default of `--cwd`. */
const HERE = ".";

export interface OpenedConfiguration {
  readonly layers: readonly ConfigurationLayer[];
  /** Base of relative files. */
  readonly directory: string;
}

/**
 * A stack's configuration over that of its project, without a state; no layer where no file is given.
 *
 * @throws `CONFIGURATION`
 */
export async function openConfiguration(file: string | undefined, cwd = HERE): Promise<OpenedConfiguration> {
  const project = await projectNear(cwd, file);
  const directory = project?.directory ?? path.resolve(cwd);
  if (file === undefined) return { layers: [], directory };
  const stackFile = await parseStackFile(readText(file, "the file of --config-file"), file);
  const own = stackFile.open(await decryptFor(stackFile.salt, file));
  return { layers: [project === undefined ? own : merged(project.configuration, own)], directory };
}

/** The project of `--cwd` where that is given, else the one that the file belongs to, else that of this directory. */
export async function projectNear(cwd: string, file: string | undefined): Promise<Project | undefined> {
  const folders = [...(cwd === HERE ? [] : [cwd]), ...(file === undefined ? [] : [path.dirname(file)]), HERE];
  for (const folder of folders) {
    const project = await findProject(folder);
    if (project !== undefined) return project;
  }
  return undefined;
}

/**
 * @param salt of the passphrase secrets provider; undefined with any other
 * @param where the file that has the salt, for messages
 */
export async function decryptFor(salt: string | undefined, where: string): Promise<Decrypt> {
  const passphrase = passphraseIn(process.env);
  return passphrase === undefined || salt === undefined
    ? keepSealed
    : openPassphrase(passphrase, salt, where);
}
