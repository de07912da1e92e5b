import assert from "node:assert/strict";
import { isVideoAnalysisError } from "../../provider/common/errors";
import { VideoAnalysisJob } from "../../provider/runtime";
import { DEFAULT_VAS_SERVICE, type Emulator, type JsonObject, startEmulator } from "../../testkit/emulator";

type Props = Record<string, unknown>;

const SERVICE = DEFAULT_VAS_SERVICE.name;
const url = (number: number): Props => ({ url: `rtsp://cameras.example.com/${number}` });
const urls = (...numbers: number[]): Props => ({ type: "url", data: numbers.map(url) });
const timing = { type: "daily", timezone: "+08:00", periods: [{ beginAt: "08:00:00", endAt: "20:00:00" }] };

const args = (name: string, more: Props = {}): Props => ({
  serviceName: SERVICE,
  serviceVersion: "1.0",
  name,
  input: urls(1),
  output: { dis: { streamName: "dis-test" } },
  ...more,
});

const failsWith =
  (code: string, text = /./) =>
  (error: unknown): boolean =>
    isVideoAnalysisError(error) && error.code === code && text.test(error.message);

/** What the engine does with one resource. */
interface Resource {
  readonly id: string;
  readonly inputs: Props;
  readonly outputs: Props;
}

async function checked(news: Props, olds: Props = {}): Promise<Props> {
  const { inputs, failures } = await VideoAnalysisJob.check(olds, news);
  assert.deepEqual(failures, []);
  return inputs;
}

async function create(program: Props): Promise<Resource> {
  const inputs = await checked(program);
  const { id, outs } = await VideoAnalysisJob.create(inputs);
  return { id, inputs, outputs: outs };
}

/** An `up` that must be an update. */
async function update({ id, inputs, outputs }: Resource, program: Props): Promise<Resource> {
  const news = await checked(program, inputs);
  const { replaces, changes } = await VideoAnalysisJob.diff(id, outputs, news);
  assert.deepEqual([replaces, changes === false], [[], false]);
  const { outs } = await VideoAnalysisJob.update(id, outputs, news);
  return { id, inputs: news, outputs: outs };
}

async function replacedBy({ id, inputs, outputs }: Resource, program: Props): Promise<string[]> {
  const { replaces } = await VideoAnalysisJob.diff(id, outputs, await checked(program, inputs));
  return replaces;
}

describe("VideoAnalysisJob against the documented API", () => {
  let emulator: Emulator;
  const only = <T>([first, ...rest]: readonly T[]): T => {
    assert.equal(rest.length, 0);
    return first!;
  };
  const job = (name: string): JsonObject => only(emulator.tasks().filter((task) => task.name === name));
  const bodies = (operation: string, name: string): unknown[] =>
    emulator.calls({ operation, name }).map(({ body }) => body);

  before(async () => {
    emulator = await startEmulator({ region: "cn-north-4" });
    const { region, projectId, token } = emulator;
    const endpoints = JSON.stringify(emulator.endpoints);
    const config: Props = { region, projectId, token, endpoints };
    await VideoAnalysisJob.configure({
      config: { get: (key) => config[key.replace("video-analysis:", "")] },
    });
  });
  after(() => emulator.close());
  afterEach(() => {
    emulator.configure({ vasMaxLimit: 1000, vasCreateAnswer: "array", refuseDeleteWhileRunning: false });
    emulator.clearFaults();
  });

  it("creates, reads without drift, and deletes", async () => {
    const made = await create(
      args("plain", { description: "text", timing, serviceConfig: { common: { a: 1 } } }),
    );
    const { taskIds, state, serviceTitle, endpoint } = made.outputs;
    const { id } = job("plain");
    assert.ok(typeof id === "string");
    assert.deepEqual([made.id, taskIds], [`${SERVICE}/${id}`, [id]]);
    assert.ok(["PENDING", "STARTING", "RUNNING"].includes(String(state)));
    assert.deepEqual(serviceTitle, DEFAULT_VAS_SERVICE.title);
    assert.equal(endpoint, emulator.endpoints.iva);
    const read = await VideoAnalysisJob.read(made.id, made.outputs);
    assert.deepEqual(read.inputs, made.inputs);
    await VideoAnalysisJob.delete(made.id, made.outputs);
    assert.deepEqual(await VideoAnalysisJob.read(made.id, made.outputs), {});
    await VideoAnalysisJob.delete(made.id, made.outputs);
  });

  it("takes ids as the relatives of the API wrap them, and lists as the older pages bound them", async () => {
    emulator.configure({ vasMaxLimit: 100, vasCreateAnswer: "wrapped" });
    const made = await create(args("old"));
    assert.deepEqual(made.outputs["taskIds"], [job("old")["id"]]);
  });

  it("updates each field in place with one call of the name and that field", async () => {
    const first = await create(args("fields", { description: "text" }));
    const steps: readonly (readonly [Props, Props])[] = [
      [{}, { description: "" }],
      [{ input: urls(2) }, { input: { type: "url", data: [url(2)] } }],
      [{ input: urls(2), output: { hosting: {} } }, { output: { hosting: {} } }],
      [
        { input: urls(2), output: { hosting: {} }, timing },
        {
          timing: { ...timing, periods: [{ begin_at: "08:00:00", end_at: "20:00:00" }] },
        },
      ],
      [
        { input: urls(2), output: { hosting: {} }, timing, serviceConfig: { common: { a: 1 } } },
        { service_config: { common: { a: 1 } } },
      ],
    ];
    let resource = first;
    const seen: unknown[] = [];
    for (const [more] of steps) {
      resource = await update(resource, args("fields", more));
      const read = await VideoAnalysisJob.read(resource.id, resource.outputs);
      assert.deepEqual(read.inputs, resource.inputs);
      seen.push(...bodies("updateTask", "fields").slice(seen.length));
    }
    assert.deepEqual(
      seen,
      steps.map(([, changed]) => ({ name: "fields", ...changed })),
    );
    assert.deepEqual(resource.outputs["hostingOutput"], { obs: [] });
    assert.deepEqual(resource.outputs["hostingResult"], { status: "NOT_GENERATED" });
    resource = await update(resource, args("renamed", steps.at(-1)?.[0]));
    assert.equal(job("renamed")["id"], (first.outputs["taskIds"] as string[])[0]);
    assert.deepEqual(
      await replacedBy(resource, args("renamed", { input: urls(2), output: { hosting: {} } })),
      ["timing", "serviceConfig"],
    );
  });

  it("owns a job of each source: one call each to update them, replacement for other sources", async () => {
    const made = await create(args("pair", { input: urls(1, 2) }));
    assert.equal((made.outputs["taskIds"] as string[]).length, 2);
    assert.deepEqual((await VideoAnalysisJob.read(made.id, made.outputs)).inputs, made.inputs);
    const changed = await update(made, args("pair", { input: urls(1, 2), description: "text" }));
    assert.deepEqual(bodies("updateTask", "pair"), [
      { name: "pair", description: "text" },
      { name: "pair", description: "text" },
    ]);
    assert.deepEqual(await replacedBy(changed, args("pair", { input: urls(1, 3), description: "text" })), [
      "input",
    ]);
    await VideoAnalysisJob.delete(changed.id, changed.outputs);
    assert.deepEqual(
      emulator.tasks().filter(({ name }) => name === "pair"),
      [],
    );
  });

  it("tells the drift of every argument", async () => {
    const made = await create(args("drift"));
    const [id = ""] = made.outputs["taskIds"] as string[];
    emulator.editTask(id, {
      description: "text",
      output: { dis: { stream_name: "dis-test" }, hosting: {} },
      input: { type: "url", data: [{ url: "rtsp://cameras.example.com/9" }] },
      timing: { type: "daily", timezone: "+08:00", frequency: { interval: 5, duration: 5 } },
      service_version: "2.0",
      resource_order_id: "b".repeat(32),
    });
    const { inputs = {} } = await VideoAnalysisJob.read(made.id, made.outputs);
    const drifted = Object.keys(inputs).filter(
      (key) => JSON.stringify(inputs[key]) !== JSON.stringify(made.inputs[key]),
    );
    assert.deepEqual(drifted.sort(), ["description", "input", "output", "serviceVersion", "timing"]);
  });

  it("starts, stops and stops again without a call", async () => {
    const made = await create(args("run", { desiredState: "stopped" }));
    assert.equal(made.outputs["state"], "STOPPED");
    const started = await update(made, args("run", { desiredState: "running", waitFor: "running" }));
    assert.equal(started.outputs["state"], "RUNNING");
    const stopped = await update(started, args("run", { desiredState: "stopped" }));
    assert.equal(stopped.outputs["state"], "STOPPED");
    assert.deepEqual((await VideoAnalysisJob.read(stopped.id, stopped.outputs)).inputs, stopped.inputs);
  });

  it("waits until a job on files has succeeded, and tells where its result lies", async () => {
    emulator.configure({ transitions: { finishMs: 30 } });
    const input = { type: "obs", data: [{ bucket: "obs-iva", path: "input/demo.mp4" }] };
    const made = await create(args("file", { input, output: { hosting: {} }, waitFor: "succeeded" }));
    assert.equal(made.outputs["state"], "SUCCEEDED");
    const [id = ""] = made.outputs["taskIds"] as string[];
    const { obs } = made.outputs["hostingOutput"] as { obs: unknown };
    assert.deepEqual(obs, [{ bucket: "video-analyze", path: `hosting/${id}/result.json` }]);
    assert.equal((made.outputs["hostingResult"] as Props)["status"], "AVAILABLE");
    assert.deepEqual(made.outputs["output"], { hosting: {} });
  });

  it("stops a job that cannot be deleted while it runs", async () => {
    const made = await create(args("busy", { waitFor: "running" }));
    emulator.configure({ refuseDeleteWhileRunning: true });
    await VideoAnalysisJob.delete(made.id, made.outputs);
    assert.deepEqual(
      emulator.tasks().filter(({ name }) => name === "busy"),
      [],
    );
  });

  it("adopts, and applies what an update can change", async () => {
    const made = await create(args("adopted"));
    const adopted = await create(args("adopted", { adopt: made.id, description: "new", input: urls(7) }));
    assert.equal(adopted.id, made.id);
    assert.deepEqual(only(bodies("updateTask", "adopted")), {
      name: "adopted",
      description: "new",
      input: { type: "url", data: [url(7)] },
    });
    assert.equal(job("adopted")["description"], "new");
  });

  it("does not adopt what only a replacement could change", async () => {
    const pair = await create(args("several", { input: urls(1, 2) }));
    const mismatch = (more: Props): Promise<unknown> =>
      create(args("several", { adopt: pair.id, input: urls(1, 2), ...more }));
    await assert.rejects(
      mismatch({ input: urls(1, 3) }),
      failsWith("ADOPT_MISMATCH", /input\.data\[1\]\.url/),
    );
    await assert.rejects(mismatch({ serviceVersion: "1.1" }), failsWith("ADOPT_MISMATCH", /serviceVersion/));
    const timed = await create(args("timed", { timing }));
    await assert.rejects(create(args("timed", { adopt: timed.id })), failsWith("ADOPT_MISMATCH", /timing/));
    assert.deepEqual([...bodies("updateTask", "several"), ...bodies("updateTask", "timed")], []);
  });

  it("names service and version where the service is missing", async () => {
    await assert.rejects(
      create(args("lost", { serviceVersion: "9.9" })),
      failsWith("SERVICE_NOT_FOUND", /video-analyze or its version 9\.9/),
    );
  });

  it("finds a job whose create answer was lost", async () => {
    emulator.inject({ kind: "drop", when: "after", match: { operation: "createTasks" } });
    const made = await create(args("dropped"));
    assert.deepEqual(made.outputs["taskIds"], [job("dropped")["id"]]);
  });

  it("refuses to call anything gone while the service itself is missing", async () => {
    const made = await create(args("orphan"));
    emulator.addService({ ...DEFAULT_VAS_SERVICE, id: "other", name: "other-service" });
    const elsewhere = { ...made.outputs, serviceName: "no-such-service" };
    const id = made.id.replace(SERVICE, "no-such-service");
    await assert.rejects(VideoAnalysisJob.read(id, elsewhere), failsWith("SERVICE_NOT_FOUND"));
    await assert.rejects(VideoAnalysisJob.delete(id, elsewhere), failsWith("SERVICE_NOT_FOUND"));
  });

  it("reads a job that no program describes", async () => {
    const made = await create(args("seen", { timing }));
    const { props = {} } = await VideoAnalysisJob.read(made.id, {});
    assert.deepEqual(
      [props["name"], props["serviceName"], props["serviceVersion"], props["timing"]],
      ["seen", SERVICE, "1.0", timing],
    );
  });
});
