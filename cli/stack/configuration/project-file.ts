/** The Pulumi project of a directory: its program's directory, and the configuration of all its stacks. */
import { existsSync, statSync } from "node:fs";
import path from "node:path";
import { readText } from "../../../provider/services/auth/files";
import { isObject, own } from "../../../provider/common/json";
import type { ConfigurationLayer } from "./layers";
import { spell } from "./stack-file";
import { readYaml, type YamlContent } from "../../common/yaml";

export interface Project {
  /** The project file. */
  readonly file: string;
  readonly name: string | undefined;
  /** What it runs: a directory, or a file in it. */
  readonly main: string;
  /** Working directory of the program, and so of its provider process. */
  readonly directory: string;
  /** Folder of its stack files. */
  readonly stackFiles: string;
  /** Such as `nodejs`. */
  readonly runtime: string | undefined;
  /** Folders of provider plugins by name, as `plugins.providers` has them. */
  readonly plugins: Readonly<Record<string, string>>;
  /** Of all its stacks; a stack's own counts before it. */
  readonly configuration: ConfigurationLayer;
}

export const PROJECT_FILES = ["Pulumi.yaml", "Pulumi.yml", "Pulumi.json"] as const;

/** The directory and all above it. */
export function ancestors(directory: string): string[] {
  const parent = path.dirname(directory);
  return parent === directory ? [directory] : [directory, ...ancestors(parent)];
}

/** The nearest of some files, as the Pulumi CLI looks for its project. */
export function findAbove(directory: string, names: readonly string[]): string | undefined {
  return ancestors(directory)
    .flatMap((folder) => names.map((name) => path.join(folder, name)))
    .find((file) => existsSync(file));
}

/**
 * @param cwd a directory of the project
 * @returns undefined where there is no project
 * @throws `CONFIGURATION` for a project file that cannot be read
 */
export async function findProject(cwd: string): Promise<Project | undefined> {
  const file = findAbove(path.resolve(cwd), PROJECT_FILES);
  if (file === undefined) return undefined;
  const content = await readYaml(readText(file, "the project file"), file);
  const { name, main, runtime, stackConfigDir, plugins } = isObject(content.typed) ? content.typed : {};
  const root = path.dirname(file);
  const runtimeName = isObject(runtime) ? runtime.name : runtime;
  return {
    file,
    name: typeof name === "string" ? name : undefined,
    main: path.resolve(root, typeof main === "string" ? main : ""),
    directory: programDirectory(root, typeof main === "string" ? main : ""),
    stackFiles: path.resolve(root, typeof stackConfigDir === "string" ? stackConfigDir : ""),
    runtime: typeof runtimeName === "string" ? runtimeName : undefined,
    plugins: pluginsIn(plugins, root),
    configuration: configurationIn(content),
  };
}

function pluginsIn(plugins: unknown, root: string): Readonly<Record<string, string>> {
  const listed = isObject(plugins) && Array.isArray(plugins.providers) ? plugins.providers : [];
  const entries = listed.flatMap((entry: unknown) =>
    isObject(entry) && typeof entry.name === "string" && typeof entry.path === "string"
      ? [[entry.name, path.resolve(root, entry.path)] as const]
      : [],
  );
  // Of two the CLI takes the first.
  return Object.fromEntries(entries.reverse());
}

/** `main` is a directory or a file in it. */
function programDirectory(root: string, main: string): string {
  const target = path.resolve(root, main);
  const isFile = statSync(target, { throwIfNoEntry: false })?.isFile() === true;
  return isFile ? path.dirname(target) : target;
}

/**
 * `config:` of a project file: a value by itself, or an object that has it as `value`, or as `default` (project
 * configuration in the Pulumi documentation). Keys without a namespace are those of the project.
 */
function configurationIn({ typed, written }: YamlContent): ConfigurationLayer {
  const values: Record<string, string> = {};
  const secrets: string[] = [];
  const { name, config } = isObject(typed) ? typed : {};
  const texts = isObject(written) && isObject(written.config) ? written.config : {};
  for (const [key, entry] of Object.entries(isObject(config) ? config : {})) {
    const found = valueOf(entry, own(texts, key));
    if (found === undefined) continue;
    const full = key.includes(":") ? key : `${String(name)}:${key}`;
    values[full] = found;
    if (isObject(entry) && entry.secret === true) secrets.push(full);
  }
  return { values, sealed: [], secrets };
}

function valueOf(entry: unknown, written: unknown): string | undefined {
  if (!isObject(entry)) return entry === null ? undefined : spell(entry, written);
  const member = ["value", "default"].find((name) => (entry[name] ?? null) !== null);
  if (member === undefined) return undefined;
  return spell(entry[member], isObject(written) ? own(written, member) : undefined);
}

/** The project's configuration with a stack's over it. */
export function merged(project: ConfigurationLayer, stack: ConfigurationLayer): ConfigurationLayer {
  const replaced = new Set([...Object.keys(stack.values), ...stack.sealed]);
  const inherited = Object.entries(project.values).filter(([key]) => !replaced.has(key));
  return {
    ...stack,
    values: { ...Object.fromEntries(inherited), ...stack.values },
    secrets: [...project.secrets.filter((key) => !replaced.has(key)), ...stack.secrets],
  };
}
