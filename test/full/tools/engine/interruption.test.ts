import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { type TestStack, errorsOf, FIXTURES, stepsOf, Stories, widget } from "./support";

const SLOW = widget("slow", { sleep: { create: 60_000 } });

/** Resolves once no process of these ids exists any more; the test's time limit ends a wait in vain. */
async function gone(pids: readonly number[]): Promise<void> {
  for (const pid of pids) {
    for (;;) {
      try {
        process.kill(pid, 0);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === "ESRCH") break;
        throw error;
      }
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
}

/** Runs an update in a process of its own and kills that process while it creates. */
async function killedWhileCreating(stack: TestStack): Promise<number[]> {
  const child = spawn(process.execPath, [join(FIXTURES, "run-up.js"), join(__dirname, "../../../..")], {
    stdio: ["ignore", "pipe", "inherit"],
    env: {
      ...process.env,
      STATE_FILE: stack.stateFile,
      STORE_FILE: stack.storeFile,
      SPEC: JSON.stringify({ resources: [SLOW] }),
    },
  });
  const pids: number[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    const event = JSON.parse(line) as { type: string; method?: string; pid?: number };
    if (event.type === "process-start" && event.pid !== undefined) pids.push(event.pid);
    if (event.type === "call-start" && event.method === "create") break;
  }
  child.kill("SIGKILL");
  await once(child, "exit");
  return pids;
}

describe("engine stand-in: interruption", function () {
  this.timeout(300_000);
  const stories = new Stories();
  before(() => stories.run());
  after(() => stories.clean());

  const providerKilled = stories.add(async (stack) => {
    const engine = stack.engine(
      { resources: [SLOW] },
      {
        onEvent: (event) => {
          if (event.type === "call-start" && event.method === "create") engine.kill("provider");
        },
      },
    );
    const killed = await engine.up();
    const { deployment } = stack.state();
    const recovered = await stack.up(widget("slow"));
    return { killed, deployment, recovered };
  });

  const engineKilled = stories.add(async (stack) => {
    const pids = await killedWhileCreating(stack);
    await gone(pids);
    const { deployment } = stack.state();
    const recovered = await stack.up(widget("slow"));
    const afterwards = stack.state().deployment.pending_operations;
    const refreshed = await stack.engine().refresh({ clearPendingCreates: true });
    return { pids, deployment, recovered, afterwards, refreshed, cleared: stack.state().deployment };
  });

  const programKilled = stories.add(async (stack) => {
    const engine = stack.engine(
      { resources: [widget("a")], hang: true },
      {
        onEvent: (event) => {
          if (event.type === "step-end" && event.step.name === "a") engine.kill("program");
        },
      },
    );
    const killed = await engine.up();
    return { killed, names: stack.resources().map(({ id }) => id) };
  });

  it("survives the death of a provider and reports the step that it took along", async () => {
    const { killed, deployment } = await providerKilled();
    assert.equal(killed.ok, false);
    assert.ok(errorsOf(killed).includes("error reading from server: EOF"));
    assert.equal(deployment.pending_operations, undefined);
    assert.ok(!deployment.resources?.some(({ urn }) => urn.endsWith("::slow")));
  });

  it("creates again after a provider died", async () => {
    const { recovered } = await providerKilled();
    assert.deepEqual([recovered.ok, stepsOf(recovered)], [true, ["create slow"]]);
  });

  it("leaves a pending operation with the inputs when it is killed itself", async () => {
    const { deployment } = await engineKilled();
    const [operation, ...others] = deployment.pending_operations ?? [];
    assert.deepEqual([operation?.type, others], ["creating", []]);
    assert.equal(operation?.resource.inputs?.["label"], "slow");
  });

  it("takes its processes along, however it ends", async () => {
    const { pids } = await engineKilled();
    assert.equal(pids.length, 2);
  });

  it("warns of an interrupted creation and creates again", async () => {
    const { recovered } = await engineKilled();
    assert.deepEqual([recovered.ok, stepsOf(recovered)], [true, ["create slow"]]);
    const warning = recovered.diagnostics.find(({ severity }) => severity === "warning")?.message ?? "";
    assert.match(warning, /1 pending operations.*\n.*::slow, interrupted while creating/);
  });

  it("keeps the note of an interrupted creation until a refresh clears it", async () => {
    const { afterwards, cleared, refreshed } = await engineKilled();
    assert.equal(refreshed.ok, true);
    assert.equal(afterwards?.length, 1);
    assert.equal(cleared.pending_operations, undefined);
  });

  it("reports a program that was killed, and keeps what was done", async () => {
    const { killed, names } = await programKilled();
    assert.equal(killed.ok, false);
    assert.ok(errorsOf(killed).includes("the program was ended by SIGKILL"));
    assert.deepEqual(names, ["w-1"]);
  });
});
