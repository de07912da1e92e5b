// Makes a clone ready to run: installs the dependencies and compiles, each only when something is missing or
// has changed. Plain Node without dependencies, since it runs before there are any.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import * as path from "node:path";
import { fileURLToPath } from "node:url";

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), "..");
const inRoot = (...parts) => path.join(root, ...parts);

/** Records what the last complete build was made from. Inside `dist`, so that removing `dist` forgets it. */
const STAMP = inRoot("dist", ".build.json");
/** What npm wrote down when it last installed. */
const RECORD = inRoot("node_modules", ".package-lock.json");
/** Records that the installation was found complete, for which lock file and which record of npm's. */
const INSTALL_STAMP = inRoot("node_modules", ".installed.json");
/** Room for the output of a failing compiler or installer. */
const MAX_OUTPUT = 64 * 1024 * 1024;
/**
 * Settings of a surrounding npm command (or a user's npmrc) that would make `npm ci` install less than
 * everything, elsewhere, or nothing at all.
 */
const NARROWING =
  /^(NODE_ENV|npm_config_(omit|only|production|dry_run|global|location|prefix|workspaces?|package_lock_only|include_workspace_root))$/i;

function main() {
  const forced = process.argv.includes("--build");
  if (!installed()) install();
  const sources = listSources();
  const hash = hashOf(sources);
  const last = readStamp();
  if (!forced && last?.hash === hash && complete(sources)) return;
  build(sources, hash, last);
}

/**
 * Whether everything that the lock file names is there: either nothing changed since this script last found
 * so, or npm's own record of what it installed agrees with the lock file. That is exact where file times are
 * not, and also sees an installation without development dependencies.
 */
function installed() {
  const record = readJson(RECORD)?.packages;
  if (record === undefined || !Object.keys(record).every((place) => existsSync(inRoot(place)))) return false;
  const state = installState();
  if (readJson(INSTALL_STAMP)?.state === state) return true;
  const wanted = readJson(inRoot("package-lock.json"))?.packages ?? {};
  const agreed = Object.entries(wanted).every(([place, entry]) => {
    if (!place.startsWith("node_modules/")) return true;
    const actual = record[place];
    // Optional packages are left out on the platforms that they are not for.
    if (actual === undefined) return entry.optional === true || entry.devOptional === true;
    return actual.version === entry.version && actual.link === entry.link;
  });
  if (agreed) writeFileSync(INSTALL_STAMP, JSON.stringify({ state }));
  return agreed;
}

const installState = () =>
  createHash("sha256")
    .update(readFileSync(inRoot("package-lock.json")))
    .update(readFileSync(RECORD))
    .digest("hex");

function install() {
  // npm empties the folder that a link points to before it makes its own.
  if (lstatSync(inRoot("node_modules"), { throwIfNoEntry: false })?.isSymbolicLink() === true) {
    console.error("node_modules is a link to another installation that does not fit; remove the link.");
    process.exit(1);
  }
  console.log("Installing dependencies (npm ci) ...");
  const environment = Object.fromEntries(Object.entries(process.env).filter(([key]) => !NARROWING.test(key)));
  const args = ["ci", "--include=dev", "--no-audit", "--no-fund"];
  // Under npm the very same npm is used; other package managers set the variable to their own program.
  const npm = process.env.npm_execpath;
  if (npm !== undefined && /npm-cli\.c?js$/.test(npm))
    run("npm ci", process.execPath, [npm, ...args], environment);
  else run("npm ci", "npm", args, environment);
  writeFileSync(INSTALL_STAMP, JSON.stringify({ state: installState() }));
}

function build(sources, hash, last) {
  console.log("Compiling ...");
  rmSync(STAMP, { force: true });
  forgetRemoved(sources, last?.sources ?? []);
  const compiler = inRoot("node_modules", "typescript", "bin", "tsc");
  run("tsc -p tsconfig.generate.json", process.execPath, [compiler, "-p", "tsconfig.generate.json"]);
  run("generate-types", process.execPath, [inRoot("dist", "scripts", "generate-types.js")]);
  run("tsc -p .", process.execPath, [compiler, "-p", "."]);
  run("generate-schemas", process.execPath, [inRoot("dist", "scripts", "generate-schemas.js")]);
  run("package", process.execPath, [inRoot("dist", "scripts", "package", "main.js")]);
  linkCommand();
  mkdirSync(path.dirname(STAMP), { recursive: true });
  writeFileSync(STAMP, JSON.stringify({ hash, sources }));
}

/** npm links a workspace's command only if its file is there when it installs; in a fresh clone it is not. */
function linkCommand() {
  const link = inRoot("node_modules", ".bin", "video-analysis");
  const command = readJson(inRoot("package.json"))?.bin?.["video-analysis"];
  // On Windows npm makes a script of its own: there `npm ci` after the build does it.
  if (command === undefined || process.platform === "win32" || existsSync(link)) return;
  mkdirSync(path.dirname(link), { recursive: true });
  rmSync(link, { force: true });
  symlinkSync(path.join("..", "..", command), link);
}

/** Removes what was compiled from sources that are gone: a left-over test would still be run. */
function forgetRemoved(sources, before) {
  const present = new Set(sources);
  for (const source of before.filter((name) => !present.has(name))) {
    for (const suffix of [".js", ".js.map", ".d.ts"]) rmSync(outputOf(source, suffix), { force: true });
  }
}

const outputOf = (source, suffix) => inRoot("dist", source.replace(/\.ts$/, suffix));

/** Whether every source has its compiled file, the generated ones included. */
function complete(sources) {
  return (
    existsSync(inRoot("sdk", "types", "input.ts")) &&
    existsSync(inRoot("dist", "schemas")) &&
    existsSync(inRoot("dist", "package")) &&
    sources.every((source) => existsSync(outputOf(source, ".js")))
  );
}

/** The sources that the project's tsconfig.json includes, relative to the root, sorted. */
function listSources() {
  const folders = readJson(inRoot("tsconfig.json")).include.map((pattern) => pattern.split("/", 1)[0]);
  return folders
    .filter((folder) => existsSync(inRoot(folder)))
    .flatMap((folder) =>
      readdirSync(inRoot(folder), { recursive: true })
        .map((name) => `${folder}/${name.replaceAll(path.sep, "/")}`)
        .filter((name) => name.endsWith(".ts") && !name.endsWith(".d.ts") && !name.includes("/node_modules/"))
        .filter((name) => !name.startsWith("sdk/types/")),
    )
    .sort();
}

/** Contents rather than times, which a checkout changes without need. */
function hashOf(sources) {
  const hash = createHash("sha256");
  for (const name of ["package-lock.json", "tsconfig.json", "tsconfig.generate.json", ...sources]) {
    hash
      .update(`${name}\0`)
      .update(readFileSync(inRoot(name)))
      .update("\0");
  }
  return hash.digest("hex");
}

function readStamp() {
  const stamp = readJson(STAMP);
  return Array.isArray(stamp?.sources) ? stamp : undefined;
}

/** A file that is missing or cut off counts as no answer. */
function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}

/** Runs a tool quietly; when it fails, shows what it said and ends with its code. */
function run(title, command, args, environment = process.env) {
  const result = spawnSync(command, args, {
    cwd: root,
    env: environment,
    stdio: ["ignore", "pipe", "pipe"],
    encoding: "utf8",
    maxBuffer: MAX_OUTPUT,
    // npm is a shell script on Windows.
    shell: process.platform === "win32" && command === "npm",
  });
  if (result.status === 0) return;
  process.stdout.write(result.stdout ?? "");
  process.stderr.write(result.stderr ?? "");
  const reason =
    result.error?.message ?? (result.signal ? `ended by ${result.signal}` : `exit code ${result.status}`);
  console.error(`${title} failed: ${reason}`);
  process.exit(result.status || 1);
}

main();
