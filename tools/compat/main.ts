/** `npm run compat`: installs the packed package in a fresh project, and runs tools/compat/smoke.cjs there. */
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { parseArgs } from "node:util";
import { messageOf } from "../../provider/common/errors";
import { outsideNpm, ROOT, run, runNpm } from "./run";

const PNPM = "pnpm@10.34.8";
const YARN = "@yarnpkg/cli-dist@4.18.1";
const YARN_1 = "yarn@1.22.22";

/** How the package comes into a project. */
const LAYOUTS = ["npm", "workspaces", "pnpm", "yarn", "yarn1"] as const;
type Layout = (typeof LAYOUTS)[number];

/** SDKs after 3.248 ask for Node 22 (docs/compatibility.md). */
const NEWEST_SDK = process.versions.node.startsWith("20.") ? "3.248.0" : "^3.248.0";

/** Variables that would change the trial: credentials of the machine, and settings of package managers. */
const FOREIGN = /^(?:HW_|OS_|VIDEO_ANALYSIS_|PULUMI_|YARN_|NODE_OPTIONS$|NODE_ENV$)/;

const manifest = (more: object): string => JSON.stringify({ name: "smoke", private: true, ...more });

/** Packs the build that is there, as npm would publish it. */
function pack(folder: string): string {
  const said = runNpm(["pack", "--json", "--ignore-scripts", "--pack-destination", folder], { cwd: ROOT });
  const [packed] = JSON.parse(said) as { readonly filename: string }[];
  if (packed === undefined) throw new Error(`npm pack said ${said}`);
  return path.join(folder, packed.filename);
}

/** Installs the project, and returns the folder of its program. */
function install(layout: Layout, folder: string, dependencies: object, env: NodeJS.ProcessEnv): string {
  const write = (name: string, text: string): void => writeFileSync(path.join(folder, name), text);
  const npm = (...args: string[]): string => runNpm(args, { cwd: folder, env });
  write("package.json", manifest({ dependencies }));
  switch (layout) {
    case "npm":
      npm("install", "--no-audit", "--no-fund");
      return folder;
    case "workspaces": {
      const app = path.join(folder, "packages", "app");
      mkdirSync(app, { recursive: true });
      write("package.json", manifest({ workspaces: ["packages/*"] }));
      write("packages/app/package.json", manifest({ name: "app", dependencies }));
      npm("install", "--no-audit", "--no-fund");
      return app;
    }
    case "pnpm":
      // Nothing is found but what a package asks for itself: stricter than pnpm's own default.
      write(".npmrc", "hoist=false\nauto-install-peers=false\n");
      npm("exec", "--yes", `--package=${PNPM}`, "--", "pnpm", "install");
      return folder;
    case "yarn": {
      const registry = npm("config", "get", "registry").trim();
      write(".yarnrc.yml", `nodeLinker: node-modules\nnpmRegistryServer: ${JSON.stringify(registry)}\n`);
      // The empty lock file says that the project ends here.
      write("yarn.lock", "");
      npm("exec", "--yes", `--package=${YARN}`, "--", "yarn", "install", "--no-immutable");
      return folder;
    }
    case "yarn1":
      npm("exec", "--yes", `--package=${YARN_1}`, "--", "yarn", "install", "--non-interactive");
      return folder;
  }
}

function main(): void {
  const { values, positionals } = parseArgs({
    options: { sdk: { type: "string", default: NEWEST_SDK } },
    allowPositionals: true,
  });
  const [wanted = "npm"] = positionals;
  const layout = LAYOUTS.find((name) => name === wanted);
  if (layout === undefined) throw new Error(`"${wanted}" is none of ${LAYOUTS.join(", ")}.`);
  const folder = mkdtempSync(path.join(tmpdir(), "video-analysis-compat-"));
  try {
    const dependencies = {
      "@pulumi/pulumi": values.sdk,
      "@types/node": "^20.19.0",
      "pulumi-video-analysis": `file:${pack(folder)}`,
      typescript: "~5.9.0",
    };
    const env = Object.fromEntries(
      Object.entries(outsideNpm(process.env)).filter(([key]) => !FOREIGN.test(key)),
    );
    const program = install(layout, folder, dependencies, env);
    cpSync(path.join(ROOT, "tools", "compat", "smoke.cjs"), path.join(program, "smoke.cjs"));
    console.log(`${layout} ${run(process.execPath, ["smoke.cjs"], { cwd: program, env }).trimEnd()}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

try {
  main();
} catch (error) {
  console.error(messageOf(error));
  process.exitCode = 1;
}
