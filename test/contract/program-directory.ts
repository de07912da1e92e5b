import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";

/** The repository, seen from the compiled tests. */
export const PACKAGE_ROOT = path.resolve(__dirname, "../../..");

let directory: string | undefined;

/**
 * A directory as a user's program has it: `pulumi-video-analysis` and `@pulumi/pulumi` resolve from it by name.
 * One for the whole test run, removed at its end.
 */
export function programDirectory(): string {
  if (directory !== undefined) return directory;
  const made = mkdtempSync(path.join(tmpdir(), "video-analysis-contract-"));
  process.on("exit", () => rmSync(made, { recursive: true, force: true }));
  const modules = path.join(made, "node_modules");
  mkdirSync(modules);
  symlinkSync(PACKAGE_ROOT, path.join(modules, "pulumi-video-analysis"), "dir");
  const sdk = path.dirname(require.resolve("@pulumi/pulumi/package.json"));
  symlinkSync(path.dirname(sdk), path.join(modules, "@pulumi"), "dir");
  // For copies of the package in this directory.
  for (const name of ["undici", "yaml", "zod"])
    symlinkSync(path.join(PACKAGE_ROOT, "node_modules", name), path.join(modules, name), "dir");
  directory = made;
  return made;
}

/** The script that the engine's plugin starts for a program in that directory. */
export function dynamicProviderScript(): string {
  return createRequire(path.join(programDirectory(), "index.js")).resolve(
    "@pulumi/pulumi/cmd/dynamic-provider",
  );
}
