/** `video-analysis import` on tasks that another stack made, brought into a stack on the engine stand-in. */
import assert from "node:assert/strict";
import { rmSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import type { JsonObject } from "../../testkit/emulator";
import { batchArgs, EDGE, edgeArgs, IEF, iefArgs, jobArgs } from "../scenarios/program";
import {
  opsOf,
  SCENARIO_TIMEOUT,
  stepOf,
  succeeded,
  failed,
  taskIdsOf,
  TestStack,
} from "../scenarios/support";
import {
  complaintsOf,
  fillIn,
  importFileIn,
  modeOf,
  PROGRAM,
  projectFolder,
  read,
  runImport,
  secretKeysIn,
  stackIn,
} from "./importing";
import { exportTo, type Run } from "./support";

const VAS = "video-analyze";
const URL_CANARY = "rtsp://admin:canary-url@cameras.example.com/gate";
const HEADER_CANARY = "Bearer canary-header";
const PASSWORD_CANARY = "canary-password";

const weekly: JsonObject = {
  type: "weekly",
  timezone: "+01:00",
  daysOfWeek: [1, 6],
  periods: [{ beginAt: "22:00:00", endAt: "23:30:00" }],
};

describe("video-analysis import", function () {
  this.timeout(SCENARIO_TIMEOUT);
  let maker: TestStack;
  let folder: string;
  let stack: TestStack;

  before(async () => {
    maker = await TestStack.open();
    await maker.deploy({
      tasks: {
        gate: {
          args: iefArgs({
            name: "gate-north",
            description: 'at the "north" gate',
            input: { type: "url", data: [{ url: URL_CANARY }] },
            output: {
              dis: { streamName: "results" },
              webhook: {
                url: "https://hooks.example.com/results",
                headers: { Authorization: HEADER_CANARY },
                dataCategory: ["b", "a"],
              },
            },
            config: { level: 1.5, common: { zones: [[1, 2], [3]], "a key": true, none: {} } },
          }),
        },
        plan: { args: iefArgs({ name: "plan", schedule: weekly }) },
        pair: { args: edgeArgs({ name: "pair" }, "left", "right") },
        vcn: {
          args: iefArgs({
            name: "vcn",
            input: {
              type: "vcn",
              data: [{ deviceId: "device-1", streamType: 1 }],
              vcn: { ip: "192.0.2.1", port: 8000, username: "reader", password: PASSWORD_CANARY },
            },
          }),
        },
        batch: {
          type: "BatchTask",
          args: batchArgs({ name: "site", description: "by hand", config: { common: { level: 1 } } }),
        },
        job: {
          type: "VideoAnalysisJob",
          args: jobArgs({ name: "yard", serviceConfig: { common: { level: 1 } } }),
        },
      },
    });
  });
  after(() => maker.close());
  beforeEach(() => {
    maker.emulator.clearRequests();
    folder = projectFolder();
    stack = stackIn(folder, maker.emulator);
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
    // The command and all that follows it here only read.
    const { requests } = maker.emulator;
    assert.deepEqual(
      [...new Set(requests.map(({ method }) => method))].sort(),
      requests.length > 0 ? ["GET"] : [],
    );
  });

  const importing = (...args: string[]): Promise<Run> => runImport(folder, maker.emulator, args);
  const ids = (name: string): string[] => taskIdsOf(maker.resource(name));

  /** Imports the files as they are; nothing is left to do after that. */
  async function bringIn(names: readonly string[]): Promise<void> {
    const sorted = (op: string): string[] => names.map((name) => `${op} ${name}`).sort();
    const imported = succeeded(await stack.import(importFileIn(folder)));
    assert.deepEqual(opsOf(imported).sort(), sorted("import"));
    assert.deepEqual(
      imported.diagnostics.filter(({ severity }) => severity === "warning"),
      [],
    );
    assert.deepEqual(opsOf(succeeded(await stack.up())).sort(), sorted("same"));
    const again = opsOf(succeeded(await stack.up({ refresh: true }))).sort();
    assert.deepEqual(again, [...sorted("refresh-same"), ...sorted("same")]);
  }

  /** The state must have them encrypted only. */
  const assertNoCanaries = (text: string): void => {
    for (const canary of [URL_CANARY, HEADER_CANARY, PASSWORD_CANARY]) assert.ok(!text.includes(canary));
  };

  /** Values of what no call returns of the batch. */
  function writeValues(): void {
    const { serviceName, serviceVersion, batchInput } = batchArgs();
    const values = { serviceName, serviceVersion, batchInput, isSavedAsTemplate: false };
    writeFileSync(
      path.join(folder, "values.yaml"),
      JSON.stringify({ [maker.resource("batch").id ?? ""]: values }),
    );
  }

  it("brings tasks of all services in without touching them, with secrets from the configuration", async () => {
    writeValues();
    const done = await importing(
      ...["--id", `ServiceTask:${EDGE}/${ids("pair").join(",")}`, "--platform", "ief"],
      ...["--service", IEF, "--service-name", VAS, "--batches", "--values", "values.yaml"],
      ...["y*", "plan", "gate-*", "site", "pair"].flatMap((name) => ["--name", name]),
    );
    assert.equal(done.status, 0, done.stderr);
    assert.deepEqual(complaintsOf(folder), []);
    assertNoCanaries(read(folder, PROGRAM) + done.stdout + done.stderr);
    assert.equal(modeOf(folder, "import.json"), 0o600);
    const [url = "", header = "", ...others] = secretKeysIn(done.stdout);
    assert.deepEqual(others, []);
    stack.secretConfig[`existing:${url}`] = URL_CANARY;
    stack.secretConfig[`existing:${header}`] = HEADER_CANARY;
    await bringIn(["plan", "yard", "gate-north", "site", "pair"]);
    assertNoCanaries(JSON.stringify(stack.exported()));
    assert.equal(stack.resource("plan").protect, true);
    assert.deepEqual(stack.taskIds("pair"), ids("pair"));
  });

  it("records what a create would have recorded", async () => {
    // What is under way at the service comes to rest, for both.
    maker.emulator.clock.advance(60_000);
    succeeded(await maker.refresh());
    await importing("--id", `VideoAnalysisJob:${maker.resource("job").id ?? ""}`);
    const [resource] = importFileIn(folder).resources ?? [];
    const made = maker.resource("job");
    assert.equal(resource?.id, made.id);
    // The maker left name and region to their defaults, which are facts of that program and not of the task.
    const explicit = { nameIsDefault: false, regionFrom: "program", region: maker.emulator.region };
    assert.deepEqual(resource?.inputs, { ...made.inputs, ...explicit });
    // It takes a task over, which a create does not.
    const { claim, ...outputs } = resource.outputs ?? {};
    assert.ok(typeof claim === "string" && /^\d{13}-[0-9a-f]{8}$/.test(claim));
    assert.deepEqual(outputs, { ...made.outputs, ...explicit });
  });

  it("marks a secret that the service masks, and takes the program's word for it", async () => {
    const { status, stdout } = await importing("--service", IEF, "--name", "vcn", "--platform", "ief");
    assert.equal(status, 3);
    assert.deepEqual(complaintsOf(folder), []);
    assert.match(stdout, /ServiceTask vcn: input\.vcn\.password/);
    succeeded(await stack.import(importFileIn(folder)));
    const [key = ""] = secretKeysIn(stdout);
    stack.secretConfig[`existing:${key}`] = PASSWORD_CANARY;
    assert.deepEqual(opsOf(succeeded(await stack.up())), ["update vcn"]);
    assert.deepEqual(opsOf(succeeded(await stack.up({ refresh: true }))), ["refresh-same vcn", "same vcn"]);
    assertNoCanaries(JSON.stringify(stack.exported()));
    assert.equal(stack.resource("vcn").outputs?.["untold"], undefined);
  });

  it("marks what no call returns of a batch; what is filled in is recorded and not sent", async () => {
    const { status, stdout } = await importing("--batches");
    assert.equal(status, 3);
    for (const property of ["serviceName", "serviceVersion", "videoSourceGroupId", "targetRoi"]) {
      assert.ok(stdout.includes(property), property);
      assert.ok(read(folder, PROGRAM).includes(property), property);
    }
    assert.deepEqual(complaintsOf(folder), []);
    succeeded(await stack.import(importFileIn(folder)));
    // A refresh finds no drift in what nobody recorded, and does not forget that it is missing.
    assert.deepEqual(opsOf(succeeded(await stack.refresh())), ["refresh-same site"]);
    assert.match(failed(await stack.up()), /serviceName of BatchTask "site"/);
    fillIn(folder, {
      serviceName: "fire-smoke",
      serviceVersion: "1.0",
      "batchInput.videoSourceGroup[0].videoSourceGroupId": "group-north",
    });
    assert.deepEqual(complaintsOf(folder), []);
    const filled = succeeded(await stack.up());
    assert.deepEqual(opsOf(filled), ["update site"]);
    assert.deepEqual(Object.keys(stepOf(filled, "site").detailedDiff ?? {}).sort(), [
      "batchInput.videoSourceGroup[0].videoSourceGroupId",
      "serviceName",
      "serviceVersion",
    ]);
    assert.deepEqual(opsOf(succeeded(await stack.up({ refresh: true }))), ["refresh-same site", "same site"]);
  });

  it("refuses values of what the service tells, and of what is not imported", async () => {
    const id = maker.resource("batch").id ?? "";
    for (const values of [
      { [id]: { description: "mine" } },
      { other: { serviceName: "x" } },
      [1],
      { [id]: 1 },
    ]) {
      writeFileSync(path.join(folder, "values.json"), JSON.stringify(values));
      const { status, stderr } = await importing("--batches", "--values", "values.json");
      assert.equal(status, 1);
      assert.match(stderr, /CONFIGURATION/);
    }
  });

  it("makes a resource of each task of a service, or one of those that an id names together", async () => {
    const apart = await importing("--service", EDGE);
    assert.equal(apart.status, 3, apart.stderr);
    const separate = importFileIn(folder).resources ?? [];
    assert.deepEqual(
      separate.map(({ name }) => name),
      ["pair", "pair-2"],
    );
    assert.deepEqual(
      separate.map(({ id }) => id).sort(),
      ids("pair")
        .map((id) => `${EDGE}/${id}`)
        .sort(),
    );
    const together = `ServiceTask:${EDGE}/${ids("pair").join(",")}`;
    const { status } = await importing("--id", together, "--service", EDGE, "--force");
    assert.equal(status, 3);
    const [joined, ...others] = importFileIn(folder).resources ?? [];
    assert.deepEqual([joined?.name, others], ["pair", []]);
    assert.equal(`ServiceTask:${joined?.id ?? ""}`, together);
    assert.deepEqual(complaintsOf(folder), []);
  });

  it("marks what Edge demands where it is told that the service is on Edge", async () => {
    await importing("--service", EDGE, "--platform", "edge");
    assert.match(read(folder, PROGRAM), /sourceUsageEstimate: fillIn\(/);
    assert.deepEqual(complaintsOf(folder), []);
  });

  it("leaves out what the stack has, and takes services and configuration from it", async () => {
    const state = exportTo(path.join(folder, "state.json"), maker);
    const all = await importing("--all", "--state", state);
    assert.equal(all.status, 1);
    assert.match(all.stderr, /NOT_FOUND/);
    const other = new TestStack(maker.emulator);
    await other.deploy({
      tasks: { gate: { args: iefArgs({ adopt: `${IEF}/${ids("plan")[0] ?? ""}`, schedule: weekly }) } },
    });
    const partly = exportTo(path.join(folder, "partly.json"), other);
    const { status, stdout, stderr } = await importing("--all", "--state", partly, "--platform", "ief");
    assert.equal(status, 3, stderr);
    const names = (importFileIn(folder).resources ?? []).map(({ name }) => name);
    // Its logical name is in use, too.
    assert.deepEqual(names.sort(), ["gate-north", "pair", "pair-2", "site", "vcn"]);
    assert.match(stdout, new RegExp(`has already:\\n.*${ids("plan")[0] ?? ""}`));
  });

  it("puts the tasks under an explicit provider of the stack", async () => {
    const provided = new TestStack(maker.emulator, { project: "existing" });
    await provided.deploy({
      providers: {
        elsewhere: {
          region: maker.emulator.region,
          projectId: maker.emulator.projectId,
          token: maker.emulator.token,
          endpoints: { ...maker.emulator.endpoints },
        },
      },
      tasks: {},
    });
    const state = exportTo(path.join(folder, "state.json"), provided);
    const args = ["--service-name", VAS, "--state", state, "--provider", "elsewhere"];
    const { status, stderr } = await importing(...args);
    assert.equal(status, 0, stderr);
    const file = importFileIn(folder);
    const urn = "urn:pulumi:dev::existing::pulumi:providers:pulumi-nodejs::elsewhere";
    assert.deepEqual(file.nameTable, { elsewhere: urn });
    assert.equal(file.resources?.[0]?.provider, "elsewhere");
    assert.deepEqual(complaintsOf(folder), []);
    assert.match(read(folder, PROGRAM), /provider, protect: true/);
    succeeded(await provided.import(file));
    const unknown = await importing("--batches", "--state", state, "--provider", "nobody", "--force");
    assert.equal(unknown.status, 1);
    assert.match(unknown.stderr, /CONFIGURATION/);
  });

  it("leaves protection out on request", async () => {
    const { status, stdout } = await importing("--service-name", VAS, "--no-protect");
    assert.equal(status, 0);
    assert.ok(!read(folder, PROGRAM).includes("protect"));
    assert.match(stdout, /--protect=false/);
    assert.deepEqual(complaintsOf(folder), []);
  });

  it("overwrites nothing unless it is told to", async () => {
    writeFileSync(path.join(folder, PROGRAM), "mine");
    const { status, stderr } = await importing("--service-name", VAS);
    assert.equal(status, 1);
    assert.match(stderr, /CONFIGURATION.*--force/s);
    assert.equal(read(folder, PROGRAM), "mine");
    assert.equal((await importing("--service-name", VAS, "--force")).status, 0);
    // The second would be taken for the import file where a program imports "./import".
    for (const program of ["import.json", "import.ts"]) {
      const clash = await importing("--service-name", VAS, "--program", program, "--force");
      assert.equal(clash.status, 1);
    }
  });

  it("tells what is wrong with a selection", async () => {
    const refused: readonly (readonly [string[], RegExp])[] = [
      [[], /CONFIGURATION/],
      [["--service-name", VAS, "--name", "nobody"], /NOT_FOUND/],
      [["--id", `${IEF}/${"0".repeat(32)}`], /NOT_FOUND/],
      [
        ["--id", `${IEF}/${ids("plan")[0] ?? ""},${ids("vcn")[0] ?? ""}`],
        /ADOPT_MISMATCH: .*name, .*schedule/,
      ],
      [["--id", "Camera:1"], /INVALID_ID/],
      [["--id", "ServiceTask:1"], /INVALID_ID/],
      [["--service", "2a2db77f-0000-4000-8000-00000000000f"], /SERVICE_NOT_FOUND/],
      [["--service-name", VAS, "--provider", "p"], /CONFIGURATION.*--state/s],
      [["--service-name", VAS, "--config", "nokey"], /CONFIGURATION/],
    ];
    for (const [args, expected] of refused) {
      const { status, stderr } = await importing(...args);
      assert.equal(status, 1, args.join(" "));
      assert.match(stderr, expected);
    }
  });
});
