/** Users with many stacks: one account, one backend, one process that runs them all. See docs/many-stacks.md. */
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { LocalWorkspace } from "@pulumi/pulumi/automation";
import { type Emulator, startEmulator } from "../../../testkit/emulator";
import { findCli } from "../../../tools/stack/cli";
import * as va from "../../../sdk";
import { Gate } from "../../scenarios/gate";
import { edgeArgs, EDGE, tasksOf } from "../../scenarios/program";
import { cleanEnvironment, configurationFor, SCENARIO_TIMEOUT } from "../../scenarios/support";
import { type EngineDriver, PASSPHRASE, PROJECT } from "../../scenarios/drivers/driver";
import { openStandIn } from "../../scenarios/drivers/stand-in";
import { CallLog } from "../../scenarios/recording/hook-calls";
import { makeProgram } from "../../scenarios/world";

describe("concurrent stacks on one account", function () {
  this.timeout(SCENARIO_TIMEOUT);
  let scratch: string;
  let emulator: Emulator;
  let gates: Gate[];
  let stacks: EngineDriver[];

  before(async () => {
    scratch = mkdtempSync(path.join(tmpdir(), "video-analysis-stacks-"));
    emulator = await startEmulator();
    const workDir = makeProgram(scratch);
    gates = [await Gate.open(emulator.url), await Gate.open(emulator.url)];
    stacks = await Promise.all(
      gates.map((gate, index) => {
        const config = configurationFor(emulator);
        const endpoints = config["video-analysis:endpoints"] ?? "";
        const folder = path.join(scratch, `stack-${index}`);
        mkdirSync(folder);
        return openStandIn({
          workDir,
          stack: `stack-${index}`,
          scratch: folder,
          config: {
            ...config,
            "video-analysis:endpoints": endpoints.replaceAll(emulator.url, gate.url),
            "video-analysis:maxConcurrency": "1",
          },
          secretConfig: { "video-analysis:token": emulator.token },
          env: { ...cleanEnvironment(), HOME: scratch },
        });
      }),
    );
  });
  after(async () => {
    await Promise.all(gates.map((gate) => gate.close()));
    await emulator.close();
    rmSync(scratch, { recursive: true, force: true });
  });

  it("have names of their own for the same program, and each keeps its own limit of calls", async () => {
    const inFlight = gates.map(() => 0);
    const most = gates.map(() => 0);
    let meet: () => void = () => undefined;
    const met = new Promise<void>((resolve) => (meet = resolve));
    gates.forEach((gate, index) => {
      gate.act = async ({ moment }): Promise<"pass"> => {
        inFlight[index]! += moment === "before" ? 1 : -1;
        most[index] = Math.max(most[index]!, inFlight[index]!);
        if (inFlight.every((count) => count > 0)) meet();
        // Were the limit one of the machine, the second stack would never get this far.
        if (moment === "before") await met;
        return "pass";
      };
    });
    const program = tasksOf({ first: edgeArgs(), second: edgeArgs(), third: edgeArgs() });
    const outcomes = await Promise.all(stacks.map((stack) => stack.run("up", program, {})));
    for (const { ok, errors } of outcomes) assert.ok(ok, errors.join("\n"));
    assert.deepEqual(most, [1, 1]);
    const names = emulator.tasks().map(({ name }) => name);
    assert.equal(new Set(names).size, 6, names.join(", "));

    const destroyed = await stacks[0]!.run("destroy", program, {});
    assert.ok(destroyed.ok, destroyed.errors.join("\n"));
    assert.equal(emulator.tasks().length, 3, "the other stack keeps its tasks");
    assert.ok((await stacks[1]!.run("destroy", program, {})).ok);
  });
});

/** The number that users with a stack a site asked about. */
const STACKS = 20;
/** Stacks after which whatever is loaded once is loaded. */
const WARM = 5;
/** Heap that may be gained a stack, in bytes: a program's own objects are gone after it. */
const HEAP_PER_STACK = 1024 * 1024;

const version = findCli();
const what =
  version === undefined
    ? "many stacks by the automation API (skipped: no `pulumi` of 3.216 or newer on the PATH; https://www.pulumi.com/docs/install/)"
    : `many stacks by the automation API, on the Pulumi CLI ${version}`;

describe(what, function () {
  this.timeout(4 * SCENARIO_TIMEOUT);
  const title = `${STACKS} stacks in a loop share a backend and leave no process and no memory behind`;
  if (version === undefined) {
    it(title);
    return;
  }

  it(title, async () => {
    const scratch = mkdtempSync(path.join(tmpdir(), "video-analysis-stacks-"));
    const emulator = await startEmulator();
    const calls = new CallLog(path.join(scratch, "calls.jsonl"));
    try {
      const workDir = makeProgram(scratch);
      const [backend, home] = [path.join(scratch, "backend"), path.join(scratch, "home")];
      for (const folder of [backend, home]) mkdirSync(folder);
      const variables = {
        ...cleanEnvironment(),
        ...calls.env,
        HW_AUTH_TOKEN: emulator.token,
        PULUMI_BACKEND_URL: `file://${backend}`,
        PULUMI_HOME: home,
        PULUMI_CONFIG_PASSPHRASE: PASSPHRASE,
        PULUMI_SKIP_UPDATE_CHECK: "true",
        PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
      };
      const program = (): Promise<void> => {
        new va.ServiceTask("camera", {
          serviceId: EDGE,
          platform: "edge",
          input: { type: "url", data: [{ url: "rtsp://cameras.example.com/north" }] },
          output: { dis: { streamName: "results" } },
          sourceUsageEstimate: { cpu: 0.1, memory: 32 },
        });
        return Promise.resolve();
      };
      const config = configurationFor(emulator);
      const heap: number[] = [];
      const before = ownChildren();
      for (let index = 0; index < STACKS; index += 1) {
        const stack = await LocalWorkspace.createOrSelectStack(
          { stackName: `site-${index}`, projectName: PROJECT, program },
          // A variable that is undefined is left out, which the types do not know.
          {
            workDir,
            envVars: variables,
            stackSettings: { [`site-${index}`]: { config } },
          },
        );
        await stack.up();
        if (index >= WARM) await stack.destroy();
        heap.push(heapUsed());
      }
      assert.equal(emulator.tasks().length, WARM, "the first stacks keep their tasks");
      assert.equal(new Set(emulator.tasks().map(({ name }) => name)).size, WARM);
      const workspace = await LocalWorkspace.create({
        workDir,
        envVars: variables,
      });
      assert.equal((await workspace.listStacks()).length, STACKS);
      await until(() => calls.alive().length === 0);
      await until(() => ownChildren() <= before);
      const [warm = 0, last = 0] = [heap[WARM - 1], heap.at(-1)];
      const grown = last - warm;
      assert.ok(
        grown < (STACKS - WARM) * HEAP_PER_STACK,
        `the heap grows by ${grown} bytes: ${heap.join(", ")}`,
      );
    } finally {
      calls.killAll();
      await emulator.close();
      rmSync(scratch, { recursive: true, force: true });
    }
  });
});

/** The heap after a garbage collection. */
function heapUsed(): number {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  collect();
  return process.memoryUsage().heapUsed;
}

/** Processes that this one has started and whose end it has not seen. */
const ownChildren = (): number =>
  process.getActiveResourcesInfo().filter((kind) => kind === "ProcessWrap").length;

/** Resolves when the condition holds; the test's own limit ends the waiting. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
}
