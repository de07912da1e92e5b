/** `video-analysis plugin`: its folder, and its way to the Pulumi CLI. */
import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { VERSION } from "../../cli/common/package-info";
import { runProcess } from "./support";

describe("video-analysis plugin", () => {
  let folder: string;
  before(() => (folder = mkdtempSync(path.join(tmpdir(), "video-analysis-plugin-"))));
  after(() => rmSync(folder, { recursive: true }));

  /** A `pulumi` that writes its arguments down. */
  function pulumi(status: number): string {
    const calls = path.join(folder, "calls");
    writeFileSync(path.join(folder, "pulumi"), `#!/bin/sh\necho "$@" > ${calls}\nexit ${status}\n`, {
      mode: 0o755,
    });
    return calls;
  }

  it("path prints the folder of the package schema and the launcher", async () => {
    const { status, stdout } = await runProcess(["plugin", "path"]);
    assert.equal(status, 0);
    assert.ok(path.isAbsolute(stdout.trim()));
    assert.ok(existsSync(path.join(stdout.trim(), "schema.json")));
  });

  it("install has the CLI install that folder, over what is there", async () => {
    const calls = pulumi(0);
    const { stdout } = await runProcess(["plugin", "path"]);
    const { status, stderr } = await runProcess(["plugin", "install"], { env: { PATH: folder } });
    assert.equal(status, 0, stderr);
    const call = `plugin install resource video-analysis ${VERSION} --file ${stdout.trim()} --reinstall\n`;
    assert.equal(readFileSync(calls, "utf8"), call);
  });

  it("install fails where the CLI does, and where there is none", async () => {
    pulumi(255);
    assert.equal((await runProcess(["plugin", "install"], { env: { PATH: folder } })).status, 1);
    const { status, stderr } = await runProcess(["plugin", "install"], { env: { PATH: tmpdir() } });
    assert.equal(status, 1);
    assert.match(stderr, /CONFIGURATION/);
  });
});
