/** The JavaScript of the package: the sources in a few files, without comments and without what nothing uses. */
import { existsSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { type OutputChunk, type Plugin, rollup } from "rollup";
import ts from "typescript";

/** The repository's root, from the compiled file in dist/scripts/package. */
export const ROOT = path.resolve(__dirname, "../../..");

/** What can be loaded from outside, and the source that it is made from. */
const ENTRIES = {
  index: "sdk/index.ts",
  runtime: "provider/runtime.ts",
  schemas: "provider/catalog.ts",
  testkit: "testkit/index.ts",
  cli: "cli/main.ts",
  // Named by its path when the engine starts a process.
  "child-preload": "tools/engine/child-preload.ts",
};

const isOwn = (specifier: string): boolean => specifier.startsWith(".") || path.isAbsolute(specifier);

/** Compiles each file by itself, which `isolatedModules` promises to be possible. */
const typescript: Plugin = {
  name: "typescript",
  resolveId(specifier, importer) {
    if (!isOwn(specifier) || importer === undefined) return null;
    const target = path.resolve(path.dirname(importer), specifier.replace(/\.js$/, ""));
    return [`${target}.ts`, path.join(target, "index.ts")].find((file) => existsSync(file)) ?? null;
  },
  load: (file) => readFileSync(file, "utf8"),
  transform: (code, fileName) =>
    ts.transpileModule(code, {
      fileName,
      compilerOptions: {
        target: ts.ScriptTarget.ES2022,
        module: ts.ModuleKind.ESNext,
        isolatedModules: true,
        removeComments: true,
      },
    }).outputText,
};

/** Shortens the names of variables; lines, and names of functions and classes, stay for stack traces and debuggers. */
const shorten: Plugin = {
  name: "shorten",
  async renderChunk(code) {
    const { minify } = await import("terser");
    const names = { toplevel: true, keep_fnames: true, keep_classnames: true };
    const format = { beautify: true, indent_level: 0 };
    return (await minify(code, { compress: false, mangle: names, format })).code ?? null;
  },
};

/** Entries by their names above, and the parts that several of them share or that are loaded when needed. */
export async function bundle(): Promise<readonly OutputChunk[]> {
  const build = await rollup({
    input: Object.fromEntries(Object.entries(ENTRIES).map(([name, file]) => [name, path.join(ROOT, file)])),
    external: (specifier) => !isOwn(specifier),
    plugins: [typescript, shorten],
    // Our own modules only define things when they are loaded; packages may do more.
    treeshake: { moduleSideEffects: (_, isExternal) => isExternal },
    onLog: (_, { message }) => {
      throw new Error(message);
    },
  });
  const { output } = await build.generate({
    format: "cjs",
    exports: "named",
    interop: "auto",
    dynamicImportInCjs: false,
    entryFileNames: "[name].js",
    chunkFileNames: "[name]-[hash:8].js",
  });
  return output.filter((file) => file.type === "chunk");
}
