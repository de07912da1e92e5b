/** The archives of a release: what the Pulumi CLI downloads. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { promisify } from "node:util";
import { execFile } from "node:child_process";
import { findCli } from "../../../tools/stack/cli";

const ROOT = path.resolve(__dirname, "../../../..");
const ARCHIVES = path.join(ROOT, "dist", "archives");
const { version } = JSON.parse(readFileSync(path.join(ROOT, "package.json"), "utf8")) as { version: string };

describe("the archives of a release", () => {
  let folder: string;
  let server: Server;
  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), "video-analysis-archives-"));
    execFileSync(process.execPath, [path.join(ROOT, "dist", "tools", "release", "archives.js")]);
    server = createServer(({ url = "" }, answer) => {
      const file = path.join(ARCHIVES, path.basename(url));
      if (existsSync(file)) answer.end(readFileSync(file));
      else answer.writeHead(404).end();
    }).listen(0, "127.0.0.1");
  });
  after(() => {
    server.close();
    rmSync(folder, { recursive: true });
  });

  it("have the names that the CLI asks for, and the whole plugin", () => {
    const systems = ["linux", "darwin", "windows"].flatMap((os) => [`${os}-amd64`, `${os}-arm64`]);
    const names = systems.map((system) => `pulumi-resource-video-analysis-v${version}-${system}.tar.gz`);
    assert.deepEqual(readdirSync(ARCHIVES).sort(), names.sort());
    const listed = execFileSync("tar", ["-tzf", path.join(ARCHIVES, names[0] ?? "")], { encoding: "utf8" });
    const files = listed.split("\n").filter((name) => name !== "" && name !== "./");
    const published = readdirSync(path.join(ROOT, "dist", "plugin"));
    assert.deepEqual(files.map((name) => path.normalize(name)).sort(), published.sort());
  });

  it("are installed from the address of a release, where a CLI is on the PATH", async function () {
    if (findCli() === undefined) this.skip();
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const env = { ...process.env, PULUMI_HOME: folder, PULUMI_SKIP_UPDATE_CHECK: "true" };
    const args = ["plugin", "install", "resource", "video-analysis", version, "--server", address];
    await promisify(execFile)("pulumi", args, { env });
    const installed = path.join(folder, "plugins", `resource-video-analysis-v${version}`);
    assert.ok(existsSync(path.join(installed, "pulumi-resource-video-analysis")));
  });
});
