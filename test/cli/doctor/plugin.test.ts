/** Which provider plugin a project would get, in the order of the Pulumi CLI. */
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { CheckResult } from "../../../cli/commands/doctor/report/schema";
import { VERSION } from "../../../cli/common/package-info";
import { LAUNCHER } from "../../../cli/common/plugin";
import { diagnose } from "./support";

describe("video-analysis doctor: plugin", function () {
  this.timeout(60_000);
  let folder: string;
  beforeEach(() => {
    folder = realpathSync(mkdtempSync(path.join(tmpdir(), "video-analysis-plugin-")));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const bin = (): string => path.join(folder, "bin");
  const look = async (env: Record<string, string> = {}): Promise<CheckResult> => {
    const home = { HOME: folder, XDG_CONFIG_HOME: folder, PULUMI_HOME: path.join(folder, "home") };
    return (await diagnose([], { cwd: folder, env: { ...home, PATH: bin(), ...env } })).checks.plugin;
  };

  /** A stand-in of a plugin. */
  function place(at: string, version: string): string {
    const target = path.join(folder, at);
    mkdirSync(target, { recursive: true });
    writeFileSync(path.join(target, LAUNCHER), "", { mode: 0o755 });
    writeFileSync(path.join(target, "schema.json"), JSON.stringify({ name: "video-analysis", version }));
    return target;
  }
  const installed = (version: string): string =>
    place(`home/plugins/resource-video-analysis-v${version}`, version);
  const project = (runtime: string, rest = ""): void =>
    writeFileSync(path.join(folder, "Pulumi.yaml"), `name: site\nruntime: ${runtime}\n${rest}`);
  const named = (at: string): string =>
    `plugins:\n  providers:\n    - { name: other, path: x }\n    - { name: video-analysis, path: ${at} }\n`;

  it("is not needed by a program in TypeScript, and by others it is", async () => {
    assert.equal((await look()).status, "skipped");
    project("nodejs");
    assert.equal((await look()).status, "skipped");
    project("yaml");
    assert.equal((await look()).status, "warning");
  });

  it("is the one that the project file names, before all others", async () => {
    const own = place("modules/dist/plugin", VERSION);
    installed("9.9.9");
    project("yaml", named("modules/dist/plugin"));
    const found = await look();
    assert.equal(found.status, "ok");
    assert.ok(found.detail.includes(own) && found.detail.includes("Pulumi.yaml"), found.detail);
  });

  it("has to be where the project file names it", async () => {
    project("yaml", named("nowhere"));
    installed(VERSION);
    const found = await look();
    assert.equal(found.status, "failed");
    assert.ok(found.detail.includes(path.join(folder, "nowhere")), found.detail);
  });

  it("is the one on the PATH, unless the CLI leaves that out", async () => {
    const own = place("elsewhere", VERSION);
    const other = installed("0.0.1");
    mkdirSync(bin());
    symlinkSync(path.join(own, LAUNCHER), path.join(bin(), LAUNCHER));
    const found = await look();
    assert.equal(found.status, "ok");
    assert.ok(found.detail.includes(own), found.detail);
    const without = await look({ PULUMI_IGNORE_AMBIENT_PLUGINS: "true" });
    assert.equal(without.status, "warning");
    assert.ok(without.detail.includes(other), without.detail);
  });

  it("is the installed one of this version, and the newest for programs that name none", async () => {
    const own = installed(VERSION);
    assert.ok((await look()).detail.includes(own));
    installed("0.0.9");
    installed("0.0.10");
    assert.ok(!(await look()).detail.includes("0.0.10"));
    installed("99.0.0");
    const found = await look();
    assert.equal(found.status, "ok");
    assert.ok(found.detail.includes(own) && found.detail.includes("99.0.0"), found.detail);
  });

  it("is another version than this command's: a warning that names it", async () => {
    installed("0.0.9");
    installed("0.0.10");
    const found = await look();
    assert.equal(found.status, "warning");
    assert.match(found.detail, /0\.0\.10/);
  });

  it("is not one whose installation was interrupted", async () => {
    const own = installed(VERSION);
    writeFileSync(`${own}.partial`, "");
    assert.equal((await look()).status, "skipped");
  });
});
