/** `video-analysis import --all`: what it looks for by itself, what it leaves out, and what ends it. */
import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import * as path from "node:path";
import { whyNotOffered } from "../../cli/stack/access";
import { RequestError, VideoAnalysisError, type FailureClass } from "../../provider/common/errors";
import {
  DEFAULT_ALGORITHM,
  DEFAULT_EDGE_SERVICE,
  DEFAULT_IEF_SERVICE,
  DEFAULT_VAS_SERVICE,
  type TaskServiceDeclaration,
} from "../../testkit/emulator";
import { batchArgs, EDGE, edgeArgs, IEF, iefArgs, jobArgs } from "../scenarios/program";
import { SCENARIO_TIMEOUT, TestStack } from "../scenarios/support";
import { importFileIn, projectFolder, runImport } from "./importing";
import { exportTo, run, type Run } from "./support";

/** A service of another kind. */
const ONLINE = "2a2db77f-0000-4000-8000-0000000000a1";
const EMPTY = "2a2db77f-0000-4000-8000-0000000000a2";

/** One more than a page has, so that those with tasks are on the second. */
const OTHERS = Array.from({ length: 1000 }, (_, index): TaskServiceDeclaration => ({
  id: `other-${index}`,
  name: `other-${index}`,
  platform: "ief",
  inferType: index % 2 === 0 ? "real-time" : "batch",
}));

const SERVICES = [
  ...OTHERS,
  { id: ONLINE, name: "online", platform: "ief", inferType: "real-time" },
  DEFAULT_EDGE_SERVICE,
  DEFAULT_IEF_SERVICE,
  { id: EMPTY, name: "empty", platform: "ief" },
  DEFAULT_ALGORITHM,
  DEFAULT_VAS_SERVICE,
] as const;

describe("video-analysis import --all", function () {
  this.timeout(SCENARIO_TIMEOUT);
  let maker: TestStack;
  let folder: string;

  before(async () => {
    maker = await TestStack.open({ services: [...SERVICES] });
    await maker.deploy({
      tasks: {
        gate: { args: edgeArgs({ name: "gate" }) },
        plan: { args: iefArgs({ name: "plan" }) },
        site: { type: "BatchTask", args: batchArgs({ name: "site" }) },
        yard: { type: "VideoAnalysisJob", args: jobArgs({ name: "yard" }) },
      },
    });
  });
  after(() => maker.close());
  beforeEach(() => {
    maker.emulator.clearRequests();
    folder = projectFolder();
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
    maker.emulator.clearFaults();
    assert.deepEqual(
      maker.emulator.requests.filter(({ method }) => method !== "GET"),
      [],
    );
  });

  const importing = (...args: string[]): Promise<Run> => runImport(folder, maker.emulator, args);
  const imported = (): string[] => (importFileIn(folder).resources ?? []).map(({ name = "" }) => name).sort();
  /** Services whose tasks were listed. */
  const asked = (): string[] => {
    const paths = maker.emulator.calls({ operation: "listServiceTasks" }).map((call) => call.path);
    return [...new Set(paths.map((text) => /services\/([^/]+)\/tasks/.exec(text)?.[1] ?? ""))].sort();
  };
  const lines = ({ stderr }: Run, start: string): number =>
    stderr.split("\n").filter((line) => line.startsWith(start)).length;

  it("finds services on every page, asks those that may have tasks, and says that it knows no VAS services", async () => {
    const done = await importing("--all");
    assert.equal(done.status, 3, done.stderr);
    assert.deepEqual(imported(), ["gate", "plan", "site"]);
    assert.ok(maker.emulator.calls({ operation: "listServices" }).length > 1);
    assert.deepEqual(asked(), [EDGE, IEF, EMPTY]);
    assert.deepEqual([lines(done, "VideoAnalysisJob"), done.stderr.trimEnd().split("\n").length], [1, 1]);
    assert.equal(maker.emulator.calls({ operation: "listTasksDetails" }).length, 0);
  });

  it("looks through what is named too, whatever its kind", async () => {
    const names = ["--service", ONLINE, "--service-name", DEFAULT_VAS_SERVICE.name];
    const done = await importing("--all", ...names, "--platform", "ief");
    assert.equal(done.status, 3, done.stderr);
    assert.deepEqual(imported(), ["gate", "plan", "site", "yard"]);
    assert.deepEqual(asked(), [EDGE, IEF, ONLINE, EMPTY].sort());
  });

  for (const [title, fault] of [
    ["is not found", { kind: "status", status: 404, code: "ModelArts.3502", message: "no such service" }],
    ["supports no tasks", { kind: "status", status: 405, message: "not supported" }],
    ["has no such call", { kind: "notPublished" }],
  ] as const) {
    it(`leaves out a service that ${title}, with one line, unless it is named`, async () => {
      maker.emulator.inject({ ...fault, match: { operation: "listServiceTasks" }, times: null });
      const done = await importing("--all");
      assert.equal(done.status, 3, done.stderr);
      assert.deepEqual(imported(), ["site"]);
      for (const id of [EDGE, IEF, EMPTY]) assert.equal(lines(done, `ServiceTask of ${id}`), 1, done.stderr);
      const named = await importing("--all", "--service", IEF, "--force");
      assert.equal(named.status, 1);
      assert.match(named.stderr, /(?:SERVICE_NOT_FOUND|REQUEST_FAILED): /);
    });
  }

  it("leaves out a service that the stack knows and ModelArts no longer has", async () => {
    const gone = "2a2db77f-0000-4000-8000-0000000000a3";
    maker.emulator.addService({ id: gone, name: "gone", platform: "ief" });
    const other = new TestStack(maker.emulator);
    await other.deploy({ tasks: { last: { args: iefArgs({ name: "last", serviceId: gone }) } } });
    maker.emulator.removeService(gone);
    maker.emulator.clearRequests();
    const state = exportTo(path.join(folder, "state.json"), other);
    const done = await importing("--all", "--state", state);
    assert.equal(done.status, 3, done.stderr);
    assert.deepEqual(imported(), ["gate", "plan", "site"]);
    assert.equal(lines(done, `ServiceTask of ${gone}`), 1);
  });

  for (const operation of ["listServices", "listServiceTasks", "listBatchTasks"]) {
    it(`fails where ${operation} is refused: tasks may be hidden`, async () => {
      maker.emulator.inject({ kind: "forbidden", match: { operation }, times: null });
      const { status, stderr } = await importing("--all");
      assert.equal(status, 1);
      assert.match(stderr, /REQUEST_FAILED: /);
    });
  }

  it("goes on where an endpoint has no list of services, and no batches", async () => {
    for (const operation of ["listServices", "listBatchTasks"]) {
      maker.emulator.inject({ kind: "notPublished", match: { operation }, times: null });
    }
    const done = await importing("--all", "--service", IEF, "--platform", "ief");
    assert.equal(done.status, 0, done.stderr);
    assert.deepEqual(imported(), ["plan"]);
    assert.deepEqual([lines(done, "ServiceTask"), lines(done, "BatchTask")], [1, 1]);
    const named = await importing("--all", "--batches", "--force");
    assert.equal(named.status, 1);
    assert.match(named.stderr, /REQUEST_FAILED: /);
  });

  it("leaves out what Open Telekom Cloud does not offer, unless it is named", async () => {
    const { modelarts, iam } = maker.emulator.endpoints;
    const config = {
      region: "eu-de",
      projectId: maker.emulator.projectId,
      token: maker.emulator.token,
      endpoints: JSON.stringify({ modelarts, iam }),
    };
    const given = Object.entries(config).flatMap(([key, value]) => ["--config", `${key}=${value}`]);
    const onOtc = (...args: string[]): Promise<Run> => run(["import", ...given, ...args], { cwd: folder });
    const done = await onOtc("--all", "--platform", "ief");
    assert.equal(done.status, 0, done.stderr);
    assert.deepEqual(imported(), ["gate", "plan"]);
    assert.deepEqual(
      [lines(done, "BatchTask left out"), lines(done, "VideoAnalysisJob left out"), lines(done, "VideoA")],
      [1, 1, 1],
    );
    for (const named of [["--batches"], ["--service-name", "any"]]) {
      const refused = await onOtc("--all", "--force", ...named);
      assert.equal(refused.status, 1);
      assert.match(refused.stderr, /CONFIGURATION: /);
    }
  });

  it("does not take missing settings for a service that is not offered", async () => {
    const { status, stderr } = await run(["import", "--all"], { cwd: folder, env: { HOME: folder } });
    assert.equal(status, 1);
    assert.match(stderr, /CONFIGURATION: /);
  });
});

describe("a failed list of tasks", () => {
  const ENDPOINT = "https://vias.cn-north-4.myhuaweicloud.com";
  const failure = (kind: FailureClass, code?: string, endpoint = ENDPOINT): RequestError =>
    new RequestError(
      { kind, method: "GET", url: `${endpoint}/v2/p/batch-tasks`, effect: "none", said: "this" },
      "failed",
      code === undefined ? undefined : { cause: Object.assign(new Error("lost"), { code }) },
    );
  const missing = (cause: unknown): VideoAnalysisError =>
    new VideoAnalysisError("SERVICE_NOT_FOUND", "gone", { cause });

  it("says that there is nothing, or may hide tasks", () => {
    const nothing = [
      failure("not-found"),
      failure("not-published"),
      failure("connection", "ENOTFOUND"),
      missing(failure("not-found")),
    ];
    for (const error of nothing) assert.notEqual(whyNotOffered(error, ENDPOINT), undefined);
    const open = [
      failure("connection", "EAI_AGAIN"),
      failure("connection", "ECONNREFUSED"),
      failure("connection"),
      failure("forbidden"),
      failure("server"),
      failure("malformed"),
      failure("connection", "ENOTFOUND", "https://iam.cn-north-4.myhuaweicloud.com"),
      failure("not-published", undefined, "https://iam.cn-north-4.myhuaweicloud.com"),
      missing(undefined),
      new Error("defect"),
      undefined,
    ];
    for (const error of open) assert.equal(whyNotOffered(error, ENDPOINT), undefined);
  });
});
