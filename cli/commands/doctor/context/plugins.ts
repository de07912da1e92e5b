/** Copies of the provider plugin, in the order in which the Pulumi CLI looks for one. */
import { existsSync, readdirSync, readFileSync, realpathSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";
import { isObject } from "../../../../provider/common/json";
import { LAUNCHER } from "../../../common/plugin";
import { PLUGIN_PACKAGE } from "../../../../provider/services/configuration";
import { compareVersions, parseVersion } from "./version";

export interface PluginCopy {
  readonly folder: string;
  /** Undefined where nothing says it. */
  readonly version: string | undefined;
}

const ENDINGS = process.platform === "win32" ? [".exe", ".cmd"] : [""];

/** The program that the CLI starts in a folder. */
export const launcherIn = (folder: string): string | undefined =>
  ENDINGS.map((ending) => path.join(folder, LAUNCHER + ending)).find((file) => existsSync(file));

export const copyIn = (folder: string): PluginCopy => ({ folder, version: versionIn(folder) });

/** On the PATH, which counts before what is installed unless the CLI is set to leave it out. */
export function pluginOnPath(env: NodeJS.ProcessEnv): PluginCopy | undefined {
  if (/^(?:1|true)$/i.test(env["PULUMI_IGNORE_AMBIENT_PLUGINS"] ?? "")) return undefined;
  const folders = (env["PATH"] ?? "").split(path.delimiter).filter((folder) => folder !== "");
  const launcher = folders.map(launcherIn).find((file) => file !== undefined);
  return launcher === undefined ? undefined : copyIn(path.dirname(realpathSync(launcher)));
}

/** What the CLI has installed, the newest first. */
export function installedPlugins(env: NodeJS.ProcessEnv): PluginCopy[] {
  const home = env["PULUMI_HOME"] || path.join(homedir(), ".pulumi");
  const folder = path.join(home, "plugins");
  const prefix = `resource-${PLUGIN_PACKAGE}-v`;
  const names = existsSync(folder) ? readdirSync(folder) : [];
  return names
    .filter((name) => name.startsWith(prefix) && parseVersion(name.slice(prefix.length)) !== undefined)
    .filter((name) => !names.includes(`${name}.partial`))
    .map((name) => ({ folder: path.join(folder, name), version: name.slice(prefix.length) }))
    .sort((a, b) => byVersion(b.version, a.version));
}

function byVersion(a: string, b: string): number {
  const [first, second] = [parseVersion(a), parseVersion(b)];
  return first === undefined || second === undefined ? 0 : compareVersions(first, second);
}

function versionIn(folder: string): string | undefined {
  const file = path.join(folder, "schema.json");
  if (!existsSync(file)) return undefined;
  try {
    const schema: unknown = JSON.parse(readFileSync(file, "utf8"));
    return isObject(schema) && typeof schema.version === "string" ? schema.version : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
