import assert from "node:assert/strict";
import { silent } from "../../provider/common/log";
import { systemClock } from "../../provider/common/clock";
import { Deadline } from "../../provider/common/deadline";
import { RunRegistry } from "../../provider/core/ownership/run-registry";
import { RESOURCES } from "../../provider/services";
import type { Configured } from "../../provider/services/configured";
import { Runtimes } from "../../provider/services/runtime";
import { DEFAULT_EDGE_SERVICE, DEFAULT_USER, type Emulator, startEmulator } from "../../testkit/emulator";

/** Everything that the three resource types of one provider process share. */
describe("one process", () => {
  let emulator: Emulator;
  before(async () => {
    emulator = await startEmulator();
  });
  beforeEach(() => emulator.reset());
  after(() => emulator.close());

  const configured = (more: Readonly<Record<string, string>> = {}): Configured => {
    const values: Readonly<Record<string, string>> = {
      region: emulator.region,
      userName: DEFAULT_USER.name,
      password: DEFAULT_USER.password,
      domainName: DEFAULT_USER.domainName,
      endpoints: JSON.stringify(emulator.endpoints),
      ...more,
    };
    return { config: { get: (key) => values[key.replace("video-analysis:", "")] } };
  };
  const tokens = (): number => emulator.calls({ operation: "createToken" }).length;
  const { signal } = new AbortController();
  const newRun = (): Runtimes =>
    new Runtimes({
      registry: new RunRegistry(),
      clock: systemClock,
      signal,
      env: {},
      log: silent,
    });
  const open = async (runtimes: Runtimes, configuration: Configured): Promise<readonly string[]> => {
    const target = { args: { serviceId: DEFAULT_EDGE_SERVICE.id, serviceName: "video-analyze" } };
    const deadline = new Deadline("the test", 60_000, { clock: systemClock, signal });
    const runtime = runtimes.of(configuration);
    const bindings = await Promise.all(
      Object.values(RESOURCES).map((resource) => runtime.runContext(resource).open(target, deadline)),
    );
    return bindings.map(({ projectId }) => projectId);
  };

  it("obtains one token for all resource types, and other settings get their own", async () => {
    const runtimes = newRun();
    const projects = await open(runtimes, configured());
    assert.deepEqual(new Set(projects), new Set([emulator.projectId]));
    assert.equal(tokens(), 1);
    await open(runtimes, configured());
    assert.equal(tokens(), 1);
    await open(runtimes, configured({ maxRetries: "2" }));
    assert.equal(tokens(), 2);
  });
});
