import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { EmulatorClient } from "../../testkit/emulator";

const SCRIPT = path.join(__dirname, "..", "..", "scripts", "emulator.js");

describe("emulator: the npm script", () => {
  let child: ChildProcess | undefined;
  afterEach(() => child?.kill("SIGKILL"));

  const run = (...args: string[]): ChildProcess =>
    (child = spawn(process.execPath, [SCRIPT, ...args], { stdio: ["ignore", "pipe", "pipe"] }));

  it("prints what a stack needs, serves, and ends on SIGTERM", async () => {
    const started = run("--port", "0");
    let output = "";
    for await (const chunk of started.stdout as AsyncIterable<Buffer>) {
      output += chunk.toString();
      if (output.includes("Ctrl-C")) break;
    }
    for (const key of ["region", "projectId", "token", "endpoints"]) {
      assert.match(output, new RegExp(`pulumi config set (--secret )?video-analysis:${key} \\S`));
    }
    for (const key of ["serviceId", "iefServiceId"]) {
      assert.match(output, new RegExp(`pulumi config set quickstart:${key} [0-9a-f-]{36}\\n`));
    }
    const url = /http:\/\/127\.0\.0\.1:\d+/.exec(output)![0];
    const { services } = await new EmulatorClient(url).state();
    assert.deepEqual(
      services.map(({ platform }) => platform),
      ["edge", "ief", "vias", "vas"],
    );
    started.kill("SIGTERM");
    assert.deepEqual(await once(started, "exit"), [0, null]);
  });

  it("refuses a port that is none", async () => {
    assert.deepEqual(await once(run("--port", "99999"), "exit"), [2, null]);
  });
});
