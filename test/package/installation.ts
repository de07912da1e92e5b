/** The package as npm would publish it, laid out in a temporary folder as npm would install it. */
import { execFileSync } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";

/** The repository's root, from the compiled file in dist/test/package. */
const ROOT = path.resolve(__dirname, "../../..");

export interface Manifest {
  readonly exports: Readonly<Record<string, string | { readonly types: string; readonly default: string }>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly bin: Readonly<Record<string, string>>;
  readonly version: string;
}

/** Variables of a surrounding npm command, which would reach the npm that packs. */
const outsideNpm = (): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(process.env).filter(([key]) => !/^npm_/i.test(key)));

export class Installation {
  /** A project that depends on the package. */
  readonly project = realpathSync(mkdtempSync(path.join(tmpdir(), "video-analysis-package-")));
  readonly modules = path.join(this.project, "node_modules");
  /** The package in it. */
  readonly home = path.join(this.modules, "pulumi-video-analysis");
  /** Paths of its files, `/` between their parts. */
  readonly files: readonly string[];
  readonly manifest: Manifest;

  /** Packs the build that is there. */
  constructor() {
    const pack = ["pack", "--json", "--ignore-scripts", "--pack-destination", this.project];
    const said = execFileSync("npm", pack, { cwd: ROOT, encoding: "utf8", stdio: "pipe", env: outsideNpm() });
    const [{ filename }] = JSON.parse(said) as [{ filename: string }];
    mkdirSync(this.modules);
    execFileSync("tar", ["-xzf", path.join(this.project, filename), "-C", this.modules]);
    renameSync(path.join(this.modules, "package"), this.home);
    this.files = readdirSync(this.home, { recursive: true, withFileTypes: true, encoding: "utf8" })
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(this.home, path.join(entry.parentPath, entry.name)))
      .map((file) => file.split(path.sep).join("/"))
      .sort();
    this.manifest = JSON.parse(this.read("package.json")) as Manifest;
    const others = [...Object.keys(this.manifest.dependencies), "@pulumi", "source-map-support"];
    for (const name of others)
      symlinkSync(path.join(ROOT, "node_modules", name), path.join(this.modules, name));
  }

  read(file: string): string {
    return readFileSync(path.join(this.home, file), "utf8");
  }

  /** Runs a program in the project, and gives what it prints. */
  node(...args: string[]): string {
    return execFileSync(process.execPath, args, { cwd: this.project, encoding: "utf8", stdio: "pipe" });
  }

  remove(): void {
    rmSync(this.project, { recursive: true, force: true });
  }
}
