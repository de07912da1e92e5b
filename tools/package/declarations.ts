/** The declarations of the package: one file for each entry, with what its types need and nothing else. */
import * as path from "node:path";
import { type OutputChunk, type Plugin, rollup } from "rollup";
import { dts } from "rollup-plugin-dts";
import { indexApart, ROOT } from "./bundle";

/** By entry, the declarations that the compiler made of its source. */
const ENTRIES = {
  index: "sdk/index.d.ts",
  runtime: "provider/runtime.d.ts",
  schemas: "provider/schemas.d.ts",
  testkit: "testkit/index.d.ts",
};

const PLUGIN_CLASSES = "sdk/plugin/index.d.ts";

export async function declarations(): Promise<readonly OutputChunk[]> {
  return [...(await printed(ENTRIES, [])), ...(await printed({ plugin: PLUGIN_CLASSES }, [indexApart]))];
}

async function printed(
  entries: Readonly<Record<string, string>>,
  plugins: readonly Plugin[],
): Promise<readonly OutputChunk[]> {
  const build = await rollup({
    input: Object.fromEntries(
      Object.entries(entries).map(([name, file]) => [name, path.join(ROOT, "dist", file)]),
    ),
    external: (specifier) => !specifier.startsWith(".") && !path.isAbsolute(specifier),
    plugins: [...plugins, dts()],
    onLog: (_, { message }) => {
      throw new Error(message);
    },
  });
  const { output } = await build.generate({
    format: "es",
    entryFileNames: "[name].d.ts",
    chunkFileNames: "[name].d.ts",
  });
  return output.filter((file) => file.type === "chunk");
}
