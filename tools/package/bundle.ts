/** The JavaScript of the package: the sources in a few files that can be read, and their source maps. */
import { existsSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { type OutputAsset, type OutputChunk, type Plugin, type PreRenderedChunk, rollup } from "rollup";
import ts from "typescript";

/** The repository's root, from the compiled file in dist/tools/package. */
export const ROOT = path.resolve(__dirname, "../../..");

/** Where the files go; the sources in their maps are relative to it. */
export const FOLDER = path.join(ROOT, "dist", "package");

/** The modules that can be loaded from outside, and their sources. */
const ENTRIES = {
  index: "sdk/index.ts",
  runtime: "provider/runtime.ts",
  schemas: "provider/schemas.ts",
  testkit: "testkit/index.ts",
  cli: "cli/main.ts",
};

/** On top of the index, with copies of the few helpers that it needs: a program without it loads no further file. */
const PLUGIN_CLASSES = "sdk/plugin/index.ts";

/** Leaves the index, which these sources call by its folder, in its own file. */
export const indexApart: Plugin = {
  name: "index apart",
  resolveId: (specifier) => (specifier === ".." ? { id: "./index.js", external: true } : null),
};

/** The file that the sources read their version from. */
const MANIFEST = "pulumi-video-analysis/package.json";

const isOwn = (specifier: string): boolean =>
  specifier.startsWith(".") || path.isAbsolute(specifier) || specifier.includes(MANIFEST);

/** The version as a constant where it is used: a bundler takes the code away from the manifest. */
const builtInVersion: Plugin = {
  name: "built-in version",
  resolveId: (specifier, importer) => (specifier === MANIFEST ? `\0${MANIFEST}:${importer}` : null),
  load(id) {
    if (!id.includes(MANIFEST)) return null;
    const { version } = JSON.parse(readFileSync(path.join(ROOT, "package.json"), "utf8")) as {
      version: string;
    };
    // No source to point to.
    return { code: `export const version = ${JSON.stringify(version)};`, map: { mappings: "" } };
  },
};

/** Compiles each file by itself, which `isolatedModules` promises to be possible; comments stay. */
const typescript: Plugin = {
  name: "typescript",
  resolveId(specifier, importer) {
    if (!isOwn(specifier) || importer === undefined) return null;
    const target = path.resolve(path.dirname(importer), specifier.replace(/\.js$/, ""));
    return [`${target}.ts`, path.join(target, "index.ts")].find((file) => existsSync(file)) ?? null;
  },
  transform(code, fileName) {
    if (!fileName.endsWith(".ts")) return null;
    const { outputText, sourceMapText } = ts.transpileModule(code, {
      fileName,
      compilerOptions: {
        target: ts.ScriptTarget.ES2022,
        module: ts.ModuleKind.ESNext,
        isolatedModules: true,
        sourceMap: true,
      },
    });
    return { code: outputText, map: sourceMapText ?? null };
  },
};

/** Entries by their names above, the parts that several of them share or that are loaded when needed, and all maps. */
export async function bundle(): Promise<readonly (OutputChunk | OutputAsset)[]> {
  return [...(await built(ENTRIES, [])), ...(await built({ plugin: PLUGIN_CLASSES }, [indexApart]))];
}

async function built(
  entries: Readonly<Record<string, string>>,
  plugins: readonly Plugin[],
): Promise<readonly (OutputChunk | OutputAsset)[]> {
  const build = await rollup({
    input: Object.fromEntries(Object.entries(entries).map(([name, file]) => [name, path.join(ROOT, file)])),
    external: (specifier) => !isOwn(specifier),
    plugins: [builtInVersion, ...plugins, typescript],
    // Off: it takes a parameter for a constant that a function behind a dynamic import gets with other values.
    treeshake: false,
    onLog: (_, { message }) => {
      throw new Error(message);
    },
  });
  const { output } = await build.generate({
    dir: FOLDER,
    format: "cjs",
    exports: "named",
    // Modules of Node are their default export; the dependencies name theirs.
    interop: (id) => (id?.startsWith("node:") === true ? "default" : "esModule"),
    dynamicImportInCjs: false,
    // Node's ES modules recognize re-exports of everything in this spelling only.
    generatedCode: { preset: "es2015", symbols: false, arrowFunctions: false, constBindings: false },
    hoistTransitiveImports: false,
    sourcemap: true,
    entryFileNames: "[name].js",
    chunkFileNames: (chunk) => `${nameOf(chunk)}.js`,
  });
  return output;
}

/** The folder and the name of a chunk's main source, of which there are fewer than of names alone. */
function nameOf({ facadeModuleId, moduleIds }: PreRenderedChunk): string {
  const { dir, name } = path.parse(facadeModuleId ?? moduleIds.at(-1) ?? "");
  return `${path.basename(dir)}-${name}`;
}
