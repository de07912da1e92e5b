/** What cells are run with: the packed package, versions of Node, package managers. Each is fetched once, when asked for. */
import { mkdirSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { pack, ROOT } from "./pack";
import { outsideNpm, run, runNpm } from "./run";

/** Package managers other than npm, as this command uses them. */
const MANAGERS = {
  pnpm: { name: "pnpm", version: "10.34.8", bin: "bin/pnpm.cjs" },
  yarn1: { name: "yarn", version: "1.22.22", bin: "bin/yarn.js" },
  yarn: { name: "@yarnpkg/cli-dist", version: "4.18.1", bin: "bin/yarn.js" },
} as const;

export type Manager = keyof typeof MANAGERS;

/** Looks at the declarations of a package. */
const TYPES_CHECK = "@arethetypeswrong/cli@0.18.5";

export class Toolbox {
  readonly #known = new Map<string, string>();

  /** @param scratch everything is below it */
  constructor(readonly scratch: string) {}

  /** The tarball of the package. */
  get tarball(): string {
    return this.#once("package", (folder) => pack(folder).file);
  }

  /** The registry that npm is set to use here, for package managers with settings of their own. */
  get registry(): string {
    return this.#once("registry", () => runNpm(["config", "get", "registry"], { cwd: ROOT }).trim());
  }

  /** A Node of that major version, from npm's package of it for this platform. */
  node(major: number): string {
    if (Number(process.versions.node.split(".", 1)[0]) === major) return process.execPath;
    return this.#once(`node-${major}`, (folder) => {
      const platform = process.platform === "win32" ? "win" : process.platform;
      const name = `node-${platform}-${process.arch}`;
      this.#install(folder, `${name}@${major}`);
      const file = process.platform === "win32" ? "node.exe" : "node";
      return path.join(folder, "node_modules", name, "bin", file);
    });
  }

  /** The program of a package manager. */
  manager(manager: Manager): string {
    return this.#once(manager, (folder) => {
      const { name, version, bin } = MANAGERS[manager];
      this.#install(folder, `${name}@${version}`);
      return path.join(folder, "node_modules", name, bin);
    });
  }

  /** What are-the-types-wrong says of the package; throws where it finds anything. */
  checkTypes(): string {
    const args = ["exec", "--yes", `--package=${TYPES_CHECK}`, "--", "attw", this.tarball];
    return runNpm(args, { cwd: this.folder("types") });
  }

  /** A folder of that name, which is made. */
  folder(name: string): string {
    const folder = path.join(this.scratch, name);
    mkdirSync(folder, { recursive: true });
    return folder;
  }

  /**
   * For a package manager and the programs that it installed: a home of their own, so that nobody's settings count
   * but the registry, and the wanted Node before all others.
   */
  environment(node: string): NodeJS.ProcessEnv {
    const home = this.folder("home");
    const npmrc = path.join(home, ".npmrc");
    writeFileSync(npmrc, "");
    const bin = path.dirname(node);
    return {
      ...Object.fromEntries(
        Object.entries(outsideNpm(process.env)).filter(
          ([key]) => !/^(PULUMI|HW|OS|VIDEO_ANALYSIS|YARN|NODE_OPTIONS)/.test(key),
        ),
      ),
      PATH: [bin, process.env["PATH"]].join(path.delimiter),
      HOME: home,
      USERPROFILE: home,
      XDG_CONFIG_HOME: path.join(home, ".config"),
      npm_config_userconfig: npmrc,
      npm_config_registry: this.registry,
      npm_config_store_dir: this.folder("pnpm-store"),
      YARN_NPM_REGISTRY_SERVER: this.registry,
      YARN_CACHE_FOLDER: this.folder("yarn-cache"),
      YARN_ENABLE_TELEMETRY: "0",
      YARN_ENABLE_IMMUTABLE_INSTALLS: "0",
    };
  }

  #install(folder: string, spec: string): void {
    writeFileSync(path.join(folder, "package.json"), JSON.stringify({ private: true }));
    runNpm(["install", "--no-audit", "--no-fund", "--ignore-scripts", spec], { cwd: folder });
  }

  #once(name: string, make: (folder: string) => string): string {
    const known = this.#known.get(name);
    if (known !== undefined) return known;
    const made = make(this.folder(name));
    this.#known.set(name, made);
    return made;
  }
}

/** The version that a Node tells of itself. */
export const versionOf = (node: string): string => run(node, ["--version"], { cwd: ROOT }).trim().slice(1);
