/** The plugin as a process of its own. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Harness } from "../contract/harness";
import { iefArgs } from "../contract/kinds/service-task";
import { pluginFront } from "./plugin-provider";
import { SCRIPT, started } from "./plugin-run";

/** Starts the plugin as an engine does, which writes to the same output, and stays. */
const PARENT = `
require("node:child_process").spawn(process.execPath, [process.argv[1], "127.0.0.1:1"], { stdio: "inherit" });
`;

/** Holds the plugin while it loads, until what started it has ended. */
const SLOW = `
const Module = require("node:module");
const [load, parent] = [Module._load, process.ppid];
Module._load = function (request, ...more) {
  if (request === "@grpc/grpc-js" && process.ppid === parent) {
    require("node:fs").writeSync(1, "loading");
    while (process.ppid === parent) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
  }
  return load.call(this, request, ...more);
};
`;

describe("plugin: the process", () => {
  it("says the port and nothing else, and ends at once at a SIGINT when nothing runs", async () => {
    const run = await started();
    assert.match(run.process.output, /^\d+\n$/);
    const { code, ms } = await run.end();
    assert.equal(code, 0);
    assert.ok(ms < 5000, `${ms} ms`);
  });

  it("works for an engine from the first call to the last", async () => {
    const harness = await Harness.open();
    const provider = await pluginFront.start(harness.config());
    const { state } = await provider.up(iefArgs("process"));
    assert.deepEqual((await provider.refresh(state))?.changed, []);
    await provider.delete(state);
    assert.deepEqual(harness.tasksNamed("process"), []);
    assert.match(provider.process.output, /^\d+\n$/);
    assert.equal((await provider.stop()).code, 0);
    await harness.close();
  });

  it("leaves when its engine was killed", async () => {
    const parent = spawn(process.execPath, ["-e", PARENT, SCRIPT], { stdio: ["ignore", "pipe", "inherit"] });
    const closed = once(parent, "close");
    const [port] = (await once(parent.stdout, "data")) as [Buffer];
    assert.match(port.toString(), /^\d+\n$/);
    parent.kill("SIGKILL");
    // The output is open as long as one of the two has it.
    await closed;
  });

  it("leaves when its engine was killed before it could say its port", async () => {
    const folder = mkdtempSync(path.join(tmpdir(), "video-analysis-parent-"));
    const slow = path.join(folder, "slow.cjs");
    writeFileSync(slow, SLOW);
    const program = PARENT.replace("[process.argv[1],", '["--require", process.argv[2], process.argv[1],');
    const parent = spawn(process.execPath, ["-e", program, SCRIPT, slow], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const closed = once(parent, "close");
    const [said] = (await once(parent.stdout, "data")) as [Buffer];
    assert.equal(said.toString(), "loading");
    parent.kill("SIGKILL");
    await closed;
    rmSync(folder, { recursive: true });
  });
});
