/** The provider plugin: one file with all that it needs, and what starts it on each system. */
import { readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { build } from "esbuild";
import { ROOT } from "./bundle";

/** Where the files go, beside the package schema. */
export const PLUGIN_FOLDER = path.join(ROOT, "dist", "plugin");

const ENTRY = path.join(ROOT, "provider", "fronts", "plugin", "main.ts");

/** gRPC loads it for its own diagnostics (channelz), which a plugin has not. */
const NEVER_LOADED = "@grpc/proto-loader";

/** The name is Pulumi's: it looks for it in the folder of a plugin. A link to it may be on the PATH. */
const LAUNCHER = "pulumi-resource-video-analysis";

const LAUNCHERS = {
  [LAUNCHER]: `#!/bin/sh
exec node "$(dirname "$(readlink -f "$0")")/plugin.js" "$@"
`,
  [`${LAUNCHER}.cmd`]: `@node "%~dp0plugin.js" %*\r\n`,
};

export interface PluginFile {
  readonly fileName: string;
  readonly text: string;
  readonly isExecutable: boolean;
}

export async function pluginFiles(): Promise<readonly PluginFile[]> {
  const { outputFiles, metafile } = await build({
    entryPoints: [ENTRY],
    absWorkingDir: ROOT,
    outfile: path.join(PLUGIN_FOLDER, "plugin.js"),
    bundle: true,
    platform: "node",
    target: "node20.18",
    external: [NEVER_LOADED],
    sourcemap: "linked",
    charset: "utf8",
    metafile: true,
    write: false,
  });
  const bundled = outputFiles.map(({ path: file, text }) =>
    plain(path.basename(file), file.endsWith(".map") ? withOwnSources(text) : text),
  );
  return [
    ...bundled,
    ...Object.entries(LAUNCHERS).map(([fileName, text]) => ({ fileName, text, isExecutable: true })),
    plain("licenses.txt", licensesOf(Object.keys(metafile.inputs))),
  ];
}

const plain = (fileName: string, text: string): PluginFile => ({ fileName, text, isExecutable: false });

interface SourceMap {
  readonly sources: readonly string[];
  readonly sourcesContent: readonly (string | null)[];
}

/** The map keeps the text of our sources: those of packages, three quarters of it, are as readable in the bundle. */
function withOwnSources(text: string): string {
  const map = JSON.parse(text) as SourceMap;
  const sourcesContent = map.sourcesContent.map((content, index) =>
    packageOf(map.sources[index] ?? "") === undefined ? content : null,
  );
  return JSON.stringify({ ...map, sourcesContent });
}

/** The folder of the package that a file is of; undefined for our own. */
const packageOf = (file: string): string | undefined => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0];

/** Packages whose code is in the bundle ask for their licence to go with it. */
function licensesOf(files: readonly string[]): string {
  const folders = [...new Set(files.map(packageOf))].filter((folder) => folder !== undefined).sort();
  return folders.map(licenseOf).join("\n");
}

function licenseOf(folder: string): string {
  const read = (file: string): string => readFileSync(path.join(ROOT, folder, file), "utf8");
  const { name, version, license } = JSON.parse(read("package.json")) as Record<string, string>;
  const files = readdirSync(path.join(ROOT, folder)).filter((file) => /^licen[cs]e/i.test(file));
  if (files.length === 0)
    throw new Error(`${String(name)} has no licence file, and its code is in the plugin.`);
  const texts = files.map((file) => read(file).trim());
  return `${[`${String(name)} ${String(version)} (${String(license)})`, ...texts].join("\n\n")}\n`;
}
