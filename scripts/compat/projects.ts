/** Fresh projects, made and installed as a user of each package manager would. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { DRIVER, LIBRARY_FILES, LIBRARY_PROGRAM, PROGRAM_FILES } from "./programs";
import { run, runNpm } from "./run";
import type { Manager, Toolbox } from "./toolbox";

/** How the package comes into the project. */
export type Layout = "npm" | "workspaces" | "pnpm" | "yarn" | "yarn1" | "pnp" | "library";

export interface Project {
  /** The program's folder. */
  readonly directory: string;
  /** From where the testkit is found. */
  readonly testkitFrom: string;
  readonly node: string;
  readonly env: NodeJS.ProcessEnv;
}

const TYPESCRIPT = "~5.9.0";

function write(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}

const manifest = (name: string, more: object): string =>
  JSON.stringify({ name, version: "1.0.0", private: true, ...more });

/** Nothing is found but what a package asks for itself: stricter than pnpm's own default. */
const STRICT = "hoist=false\nauto-install-peers=false\n";

export function makeProject(toolbox: Toolbox, layout: Layout, major: number, sdk: string): Project {
  const node = toolbox.node(major);
  const folder = toolbox.folder(`${layout}-node${major}-sdk${sdk.replace("^", "from-")}`);
  const env = toolbox.environment(node);
  const dependencies = {
    "@pulumi/pulumi": sdk,
    "pulumi-video-analysis": `file:${toolbox.tarball}`,
    typescript: TYPESCRIPT,
  };
  const project = (directory: string): Project => ({ directory, testkitFrom: directory, node, env });
  const manage = (manager: Manager, ...args: string[]): void =>
    void run(node, [toolbox.manager(manager), ...args], { cwd: folder, env });
  const program = (directory: string, more: object = { dependencies }): void =>
    write(directory, { ...PROGRAM_FILES, "drive.cjs": DRIVER, "package.json": manifest("app", more) });

  switch (layout) {
    case "npm":
      program(folder);
      runNpm(["install", "--no-audit", "--no-fund"], { cwd: folder, env }, node);
      return project(folder);
    case "workspaces": {
      write(folder, { "package.json": manifest("monorepo", { workspaces: ["packages/*"] }) });
      const app = path.join(folder, "packages", "app");
      program(app);
      runNpm(["install", "--no-audit", "--no-fund"], { cwd: folder, env }, node);
      return project(app);
    }
    case "pnpm":
      program(folder);
      write(folder, { ".npmrc": STRICT });
      manage("pnpm", "install");
      return project(folder);
    case "yarn":
    case "pnp":
      program(folder);
      // The empty lock file says that the project ends here.
      write(folder, {
        ".yarnrc.yml": `nodeLinker: ${layout === "pnp" ? "pnp" : "node-modules"}\n`,
        "yarn.lock": "",
      });
      manage("yarn", "install");
      // As `yarn node` does: for this process and those that it starts.
      return layout === "yarn"
        ? project(folder)
        : { ...project(folder), env: { ...env, NODE_OPTIONS: `--require ${path.join(folder, ".pnp.cjs")}` } };
    case "yarn1":
      program(folder);
      manage("yarn1", "install", "--non-interactive", "--no-lockfile", "--registry", toolbox.registry);
      return project(folder);
    case "library": {
      const app = path.join(folder, "app");
      const site = path.join(folder, "site");
      write(folder, {
        "package.json": manifest("monorepo", {}),
        "pnpm-workspace.yaml": "packages: [app, site]\n",
        ".npmrc": STRICT,
      });
      program(app, { dependencies: { "@pulumi/pulumi": sdk, site: "workspace:*" } });
      write(app, { "index.cjs": LIBRARY_PROGRAM });
      write(site, {
        ...LIBRARY_FILES,
        "package.json": manifest("site", { main: "index.cjs", dependencies }),
      });
      manage("pnpm", "install");
      return { ...project(app), testkitFrom: site };
    }
  }
}

/** Runs a program's life; throws with everything that was said where it does not go well. */
export function drive({ directory, testkitFrom, node, env }: Project, entry: string): void {
  run(node, ["drive.cjs", testkitFrom, entry], { cwd: directory, env });
}

/** The SDK that was installed. */
export function sdkOf({ directory }: Project): string {
  const file = path.join(directory, "node_modules", "@pulumi", "pulumi", "package.json");
  const hoisted = path.join(directory, "..", "..", "node_modules", "@pulumi", "pulumi", "package.json");
  for (const candidate of [file, hoisted]) {
    try {
      return (JSON.parse(readFileSync(candidate, "utf8")) as { version: string }).version;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    }
  }
  return "?";
}
