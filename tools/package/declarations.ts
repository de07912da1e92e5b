/** The declarations of the package: one file for each entry, with what its types need and nothing else. */
import * as path from "node:path";
import { type OutputChunk, rollup } from "rollup";
import { dts } from "rollup-plugin-dts";
import { ROOT } from "./bundle";

/** By entry, the declarations that the compiler made of its source. */
const ENTRIES = {
  index: "sdk/index.d.ts",
  runtime: "provider/runtime.d.ts",
  schemas: "provider/schemas.d.ts",
  testkit: "testkit/index.d.ts",
};

export async function declarations(): Promise<readonly OutputChunk[]> {
  const build = await rollup({
    input: Object.fromEntries(
      Object.entries(ENTRIES).map(([name, file]) => [name, path.join(ROOT, "dist", file)]),
    ),
    external: (specifier) => !specifier.startsWith(".") && !path.isAbsolute(specifier),
    plugins: [dts()],
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
