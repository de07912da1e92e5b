import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { REPOSITORY } from "./support";

/** Stands in for npm: installs what the lock file names and records how it was called. */
const NPM = `
  const fs = require("node:fs");
  const env = Object.keys(process.env).filter((key) => /^(NODE_ENV|npm_config_omit|npm_config_dry_run)$/i.test(key));
  fs.appendFileSync("calls.txt", "npm " + process.argv.slice(2).join(" ") + " " + env.join(",") + "\\n");
  if (fs.existsSync("fail")) { console.error("registry unreachable"); process.exit(7); }
  const { packages } = JSON.parse(fs.readFileSync("package-lock.json", "utf8"));
  for (const place of Object.keys(packages).filter((name) => name !== "" && !packages[name].optional)) fs.mkdirSync(place, { recursive: true });
  fs.mkdirSync("node_modules/typescript/bin", { recursive: true });
  fs.copyFileSync("compiler.js", "node_modules/typescript/bin/tsc");
  const installed = Object.fromEntries(Object.entries(packages).filter(([name, entry]) => name !== "" && !entry.optional));
  fs.writeFileSync("node_modules/.package-lock.json", JSON.stringify({ packages: installed }));
`;

/** Stands in for the compiler: makes a file for each source. */
const COMPILER = `
  const fs = require("node:fs");
  fs.appendFileSync("calls.txt", "tsc " + process.argv.slice(2).join(" ") + "\\n");
  for (const folder of ["scripts", "scripts/package", "sdk"]) {
    fs.mkdirSync("dist/" + folder, { recursive: true });
    for (const name of fs.readdirSync(folder).filter((file) => file.endsWith(".ts"))) {
      const text = fs.readFileSync(folder + "/" + name, "utf8");
      if (text.includes("broken")) { console.log(name + ": error"); process.exit(2); }
      fs.writeFileSync("dist/" + folder + "/" + name.replace(/ts$/, "js"), text);
    }
  }
`;

const GENERATOR = `
  require("node:fs").mkdirSync("sdk/types", { recursive: true });
  require("node:fs").writeFileSync("sdk/types/input.ts", "");
`;

const SCHEMAS = `require("node:fs").mkdirSync("dist/schemas", { recursive: true });`;

const PACKAGE = `require("node:fs").mkdirSync("dist/package", { recursive: true });`;

const BUILD = ["tsc -p tsconfig.generate.json", "tsc -p ."];
const INSTALL = "npm ci --include=dev --no-audit --no-fund ";

describe("scripts/ensure.mjs", () => {
  let clone: string;
  const write = (name: string, text: string): void => {
    mkdirSync(path.dirname(path.join(clone, name)), { recursive: true });
    writeFileSync(path.join(clone, name), text);
  };
  const lock = (version: string): void =>
    write(
      "package-lock.json",
      JSON.stringify({
        packages: {
          "": {},
          "node_modules/typescript": { version, dev: true },
          "node_modules/elsewhere": { version: "1.0.0", optional: true },
        },
      }),
    );
  /** Runs the script and tells what it started. */
  function ensure(args: string[] = [], env: Record<string, string> = {}) {
    rmSync(path.join(clone, "calls.txt"), { force: true });
    const result = spawnSync(process.execPath, [path.join(clone, "scripts", "ensure.mjs"), ...args], {
      cwd: tmpdir(),
      env: { ...process.env, npm_execpath: path.join(clone, "npm-cli.js"), ...env },
      encoding: "utf8",
    });
    const calls = path.join(clone, "calls.txt");
    const started = existsSync(calls) ? readFileSync(calls, "utf8").trimEnd().split("\n") : [];
    return {
      status: result.status,
      output: result.stdout + result.stderr,
      started: started.map((call) => call.trimEnd()),
    };
  }

  beforeEach(() => {
    clone = mkdtempSync(path.join(tmpdir(), "clone-"));
    mkdirSync(path.join(clone, "scripts"));
    cpSync(path.join(REPOSITORY, "scripts", "ensure.mjs"), path.join(clone, "scripts", "ensure.mjs"));
    write("npm-cli.js", NPM);
    write("compiler.js", COMPILER);
    write("scripts/generate-types.ts", GENERATOR);
    write("scripts/generate-schemas.ts", SCHEMAS);
    write("scripts/package/main.ts", PACKAGE);
    write("sdk/a.ts", "");
    write("tsconfig.json", JSON.stringify({ include: ["sdk/**/*.ts", "scripts/**/*.ts", "bench/**/*.ts"] }));
    write("tsconfig.generate.json", "{}");
    lock("1.0.0");
  });
  afterEach(() => rmSync(clone, { recursive: true }));

  it("installs and builds a fresh clone, then has nothing to do", () => {
    const first = ensure();
    assert.equal(first.status, 0, first.output);
    assert.deepEqual(first.started, [INSTALL.trimEnd(), ...BUILD]);
    assert.equal(first.output.trim().split("\n").length, 2);
    assert.deepEqual(ensure(), { status: 0, output: "", started: [] });
  });

  it("installs everything whatever surrounds it", () => {
    const { started } = ensure([], {
      NODE_ENV: "production",
      npm_config_omit: "dev",
      npm_config_dry_run: "true",
    });
    assert.equal(started[0], INSTALL.trimEnd());
  });

  it("installs again where the lock file or the installation changed", () => {
    ensure();
    lock("2.0.0");
    assert.deepEqual(ensure().started, [INSTALL.trimEnd(), ...BUILD]);
    rmSync(path.join(clone, "node_modules", "typescript"), { recursive: true });
    assert.deepEqual(ensure().started, [INSTALL.trimEnd()]);
    write("node_modules/.package-lock.json", JSON.stringify({ packages: {} }));
    assert.deepEqual(ensure().started, [INSTALL.trimEnd()]);
  });

  it("takes over an installation that somebody else made from the same lock file", () => {
    ensure();
    rmSync(path.join(clone, "node_modules", ".installed.json"));
    assert.deepEqual(ensure().started, []);
  });

  it("builds again where what it generates is gone", () => {
    ensure();
    for (const generated of ["sdk/types/input.ts", "dist/schemas"]) {
      rmSync(path.join(clone, generated), { recursive: true });
      assert.deepEqual(ensure().started, BUILD);
    }
  });

  it("builds again where a source changed, and forgets what a removed one left", () => {
    write("sdk/b.ts", "");
    ensure();
    write("sdk/a.ts", "1;");
    assert.deepEqual(ensure().started, BUILD);
    rmSync(path.join(clone, "sdk", "b.ts"));
    assert.deepEqual(ensure().started, BUILD);
    assert.equal(existsSync(path.join(clone, "dist", "sdk", "b.js")), false);
    assert.equal(existsSync(path.join(clone, "dist", "sdk", "a.js")), true);
  });

  it("builds again where compiled files are missing, and on demand", () => {
    ensure();
    rmSync(path.join(clone, "dist", "sdk", "a.js"));
    assert.deepEqual(ensure().started, BUILD);
    rmSync(path.join(clone, "sdk", "types"), { recursive: true });
    assert.deepEqual(ensure().started, BUILD);
    assert.deepEqual(ensure(["--build"]).started, BUILD);
  });

  it("shows what a failing tool said and ends with its code", () => {
    write("fail", "");
    const install = ensure();
    assert.equal(install.status, 7);
    assert.match(install.output, /registry unreachable/);
    rmSync(path.join(clone, "fail"));
    write("sdk/a.ts", "broken");
    const build = ensure();
    assert.equal(build.status, 2);
    assert.match(build.output, /a\.ts: error/);
    write("sdk/a.ts", "");
    assert.deepEqual(ensure().started, BUILD);
  });
});
