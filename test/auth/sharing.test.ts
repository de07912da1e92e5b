import assert from "node:assert/strict";
import { systemClock } from "../../provider/common/clock";
import { Deadline } from "../../provider/common/deadline";
import {
  createHost,
  openBatchTask,
  openServiceTask,
  openVideoAnalysisJob,
} from "../../provider/fronts/dynamic/composition";
import type { ConfigureRequest } from "../../provider/fronts/dynamic/configuration";
import { DEFAULT_EDGE_SERVICE, DEFAULT_USER, type Emulator, startEmulator } from "../../testkit/emulator";

/** Everything that the three resource types of one provider process share. */
describe("one process", () => {
  let emulator: Emulator;
  before(async () => {
    emulator = await startEmulator();
  });
  beforeEach(() => emulator.reset());
  after(() => emulator.close());

  const configured = (more: Readonly<Record<string, string>> = {}): ConfigureRequest => {
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
  const open = async (request: ConfigureRequest): Promise<readonly string[]> => {
    const args = { serviceId: DEFAULT_EDGE_SERVICE.id, serviceName: "video-analyze" };
    const target = { args } as unknown as Parameters<typeof openServiceTask>[1];
    const deadline = new Deadline("the test", 60_000, {
      clock: systemClock,
      signal: new AbortController().signal,
    });
    const bindings = await Promise.all([
      createHost(request, "modelarts", openServiceTask).environment().open(target, deadline),
      createHost(request, "vias", openBatchTask).environment().open(target, deadline),
      createHost(request, "iva", openVideoAnalysisJob).environment().open(target, deadline),
    ]);
    return bindings.map(({ projectId }) => projectId);
  };

  it("obtains one token for all resource types, and other settings get their own", async () => {
    const projects = await open(configured());
    assert.deepEqual(new Set(projects), new Set([emulator.projectId]));
    assert.equal(tokens(), 1);
    await open(configured());
    assert.equal(tokens(), 1);
    await open(configured({ maxRetries: "2" }));
    assert.equal(tokens(), 2);
  });
});
