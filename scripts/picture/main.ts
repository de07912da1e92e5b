/** `npm run picture`: the drift of the quickstart's stack, edited behind Pulumi's back, as `docs/pictures/drift.svg`. */
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { text } from "node:stream/consumers";
import { type Emulator, startEmulator } from "../../testkit/emulator";
import { quickstartOptions, taskOf } from "../stack/quickstart";
import { openStandIn } from "../stack/stand-in";
import { terminalSvg } from "./svg";

const root = path.resolve(__dirname, "../../..");
const folder = path.join(root, "docs", "pictures");

/** What the command prints of a state, in colours. */
async function drift(cwd: string, token: string): Promise<string> {
  const command = path.join(root, "dist", "cli", "main.js");
  const child = spawn(
    process.execPath,
    [command, "drift", "--state", "state.json", "--unmanaged", "--color"],
    {
      cwd,
      // The passphrase of the stand-in's states is empty.
      env: { ...process.env, HW_AUTH_TOKEN: token, PULUMI_CONFIG_PASSPHRASE: "" },
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  return text(child.stdout);
}

/** A job that no stack knows. */
async function createByHand(emulator: Emulator): Promise<void> {
  const url = `${emulator.endpoints.iva}/v2/${emulator.projectId}/services/video-analyze/tasks`;
  const answer = await fetch(url, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-Auth-Token": emulator.token },
    body: JSON.stringify({
      name: "made-by-hand",
      service_version: "1.0",
      input: { type: "obs", data: [{ bucket: "obs-iva", path: "input/other.mp4" }] },
      output: { obs: { bucket: "obs-iva", path: "output/" } },
    }),
  });
  if (!answer.ok) throw new Error(`The emulator answered ${answer.status}.`);
}

async function main(): Promise<void> {
  const scratch = mkdtempSync(path.join(tmpdir(), "video-analysis-picture-"));
  const emulator = await startEmulator();
  try {
    const stack = openStandIn(quickstartOptions(emulator, scratch, () => undefined));
    const { ok, errors } = await stack.up();
    if (!ok) throw new Error(errors.join("\n"));
    emulator.editTask(taskOf(emulator, "parking"), {
      output: { dis: { stream_name: "somebody-elses-stream" } },
    });
    emulator.editTask(taskOf(emulator, "footage"), { description: "somebody else's words" });
    emulator.removeTask(taskOf(emulator, "daytime"));
    await createByHand(emulator);
    const report = await drift(scratch, emulator.token);
    const prompt = "\u001b[2m$\u001b[0m npx video-analysis drift --state state.json --unmanaged\n";
    mkdirSync(folder, { recursive: true });
    const title = "video-analysis drift: what is changed and gone in a stack of seven resources";
    writeFileSync(path.join(folder, "drift.svg"), terminalSvg(prompt + report, title));
    process.stdout.write(report);
  } finally {
    await emulator.close();
    rmSync(scratch, { recursive: true, force: true });
  }
}

void main();
