/** `video-analysis import` on tasks that another stack made, brought into a stack on the engine stand-in. */
import assert from "node:assert/strict";
import { existsSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { batchArgs, EDGE, IEF } from "../scenarios/program";
import { failed, opsOf, SCENARIO_TIMEOUT, stepOf, succeeded } from "../scenarios/support";
import { HEADER_CANARY, importHarness, PASSWORD_CANARY, URL_CANARY, VAS } from "./import-harness";
import { complaintsOf, fillIn, importFileIn, modeOf, PROGRAM, read, secretKeysIn } from "./importing";

describe("video-analysis import", function () {
  this.timeout(SCENARIO_TIMEOUT);
  const harness = importHarness();

  /** Imports the files as they are; nothing is left to do after that. */
  async function bringIn(names: readonly string[]): Promise<void> {
    const sorted = (op: string): string[] => names.map((name) => `${op} ${name}`).sort();
    const imported = succeeded(await harness.stack.import(importFileIn(harness.folder)));
    assert.deepEqual(opsOf(imported).sort(), sorted("import"));
    assert.deepEqual(
      imported.diagnostics.filter(({ severity }) => severity === "warning"),
      [],
    );
    assert.deepEqual(opsOf(succeeded(await harness.stack.up())).sort(), sorted("same"));
    const again = opsOf(succeeded(await harness.stack.up({ refresh: true }))).sort();
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
      path.join(harness.folder, "values.yaml"),
      JSON.stringify({ [harness.maker.resource("batch").id ?? ""]: values }),
    );
  }

  it("brings tasks of all services in without touching them, with secrets from the configuration", async () => {
    writeValues();
    const done = await harness.importing(
      ...["--id", `ServiceTask:${EDGE}/${harness.ids("pair").join(",")}`, "--platform", "ief"],
      ...["--service", IEF, "--service-name", VAS, "--batches", "--values", "values.yaml"],
      ...["y*", "plan", "gate-*", "site", "pair"].flatMap((name) => ["--name", name]),
    );
    assert.equal(done.status, 0, done.stderr);
    assert.deepEqual(complaintsOf(harness.folder), []);
    assertNoCanaries(read(harness.folder, PROGRAM) + done.stdout + done.stderr);
    assert.equal(modeOf(harness.folder, "import.json"), 0o600);
    const [url = "", header = "", ...others] = secretKeysIn(done.stdout);
    assert.deepEqual(others, []);
    harness.stack.secretConfig[`existing:${url}`] = URL_CANARY;
    harness.stack.secretConfig[`existing:${header}`] = HEADER_CANARY;
    await bringIn(["plan", "yard", "gate-north", "site", "pair"]);
    assertNoCanaries(JSON.stringify(harness.stack.exported()));
    assert.equal(harness.stack.resource("plan").protect, true);
    assert.deepEqual(harness.stack.taskIds("pair"), harness.ids("pair"));
  });

  it("leaves programs in other languages to pulumi import, which reads the tasks by the plugin", async () => {
    const done = await harness.importing("--service-name", VAS, "--language", "python");
    const ids = harness.ids("job");
    assert.equal(done.status, 0, done.stderr);
    const { resources = [] } = importFileIn(harness.folder);
    const job = resources.find(({ id }) => ids.some((own) => id === `${VAS}/${own}`));
    assert.deepEqual(job, { type: "video-analysis:index:VideoAnalysisJob", name: job?.name, id: job?.id });
    assert.ok(resources.every((resource) => !("inputs" in resource)));
    assert.ok(!existsSync(path.join(harness.folder, "imported_tasks.py")));
    assert.match(done.stdout, /pulumi import --file import\.json --out imported_tasks\.py/);
    // Such a project has no `node_modules`.
    assert.match(done.stdout, /^ +npx --package pulumi-video-analysis video-analysis plugin install$/m);
    const unfit = await harness.importing(
      "--service-name",
      VAS,
      "--language",
      "yaml",
      "--append-to",
      PROGRAM,
    );
    assert.equal(unfit.status, 1);
    assert.match(unfit.stderr, /CONFIGURATION: --append-to is for programs in TypeScript/);
  });

  it("records what a create would have recorded", async () => {
    // What is under way at the service comes to rest, for both.
    harness.maker.emulator.advance(60_000);
    succeeded(await harness.maker.refresh());
    await harness.importing("--id", `VideoAnalysisJob:${harness.maker.resource("job").id ?? ""}`);
    const [resource] = importFileIn(harness.folder).resources ?? [];
    const made = harness.maker.resource("job");
    assert.equal(resource?.id, made.id);
    // The maker left name and region to their defaults, which are facts of that program and not of the task.
    const explicit = { nameIsDefault: false, regionFrom: "program", region: harness.maker.emulator.region };
    assert.deepEqual(resource?.inputs, { ...made.inputs, ...explicit });
    // It takes a task over, which a create does not.
    const { claim, ...outputs } = resource.outputs ?? {};
    assert.ok(typeof claim === "string" && /^\d{13}-[0-9a-f]{8}$/.test(claim));
    assert.deepEqual(outputs, { ...made.outputs, ...explicit });
  });

  it("marks a secret that the service masks, and takes the program's word for it", async () => {
    const { status, stdout } = await harness.importing(
      "--service",
      IEF,
      "--name",
      "vcn",
      "--platform",
      "ief",
    );
    assert.equal(status, 3);
    assert.deepEqual(complaintsOf(harness.folder), []);
    assert.match(stdout, /ServiceTask vcn: input\.vcn\.password/);
    assert.match(stdout, /each line asks for its value/);
    assert.doesNotMatch(stdout, /Fill in what is listed/);
    succeeded(await harness.stack.import(importFileIn(harness.folder)));
    const [key = ""] = secretKeysIn(stdout);
    harness.stack.secretConfig[`existing:${key}`] = PASSWORD_CANARY;
    assert.deepEqual(opsOf(succeeded(await harness.stack.up())), ["update vcn"]);
    assert.deepEqual(opsOf(succeeded(await harness.stack.up({ refresh: true }))), [
      "refresh-same vcn",
      "same vcn",
    ]);
    assertNoCanaries(JSON.stringify(harness.stack.exported()));
    // The program may yet say what else no call returns.
    assert.deepEqual(harness.stack.resource("vcn").outputs?.["unreadable"], [["sourceUsageEstimate"]]);
  });

  it("takes algorithm and groups of a batch from other lists; what is corrected is recorded and not sent", async () => {
    const { stdout } = await harness.importing("--batches");
    const program = read(harness.folder, PROGRAM);
    assert.doesNotMatch(program, /fillIn/);
    assert.match(program, /serviceName, serviceVersion: of .* listUserServices/);
    assert.match(program, /batchInput\.videoSourceGroup: .* listVideoSources/);
    assert.match(program, /targetRoi: no call returns it/);
    assert.match(stdout, /BatchTask site: batchInput\.videoSourceGroup, serviceName, serviceVersion/);
    assert.deepEqual(complaintsOf(harness.folder), []);
    succeeded(await harness.stack.import(importFileIn(harness.folder)));
    assert.deepEqual(opsOf(succeeded(await harness.stack.refresh())), ["refresh-same site"]);
    assert.deepEqual(opsOf(succeeded(await harness.stack.up())), ["same site"]);
    const { serviceName, serviceVersion, batchInput } = harness.maker.resource("batch").inputs ?? {};
    const inputs = harness.stack.resource("site").inputs ?? {};
    assert.deepEqual(
      [inputs["serviceName"], inputs["serviceVersion"], inputs["batchInput"]],
      [serviceName, serviceVersion, batchInput],
    );
    const corrected = program
      .replace('"fire-smoke"', '"fire-smoke-2"')
      .replace("group-north", "group-west")
      .replace('"camera-north-1",', '"camera-north-1", targetRoi: "0,0,1,1",');
    writeFileSync(path.join(harness.folder, PROGRAM), corrected);
    const filled = succeeded(await harness.stack.up());
    assert.deepEqual(opsOf(filled), ["update site"]);
    assert.deepEqual(Object.keys(stepOf(filled, "site").detailedDiff ?? {}).sort(), [
      "batchInput.videoSourceGroup[0].videoSourceGroupId",
      "batchInput.videoSourceGroup[0].videoSourceList[0].targetRoi",
      "serviceName",
    ]);
    assert.deepEqual(opsOf(succeeded(await harness.stack.up({ refresh: true }))), [
      "refresh-same site",
      "same site",
    ]);
  });

  it("marks what no call returns of a batch; what is filled in is recorded and not sent", async () => {
    for (const operation of ["listVideoSources", "listUserServices"])
      harness.maker.emulator.inject({ kind: "forbidden", match: { operation }, times: 1 });
    const { status, stdout, stderr } = await harness.importing("--batches");
    assert.equal(status, 3);
    assert.equal(stderr.match(/BatchTask: list\w+ fills nothing in/g)?.length, 2);
    for (const property of ["serviceName", "serviceVersion", "videoSourceGroupId", "targetRoi"]) {
      assert.ok(stdout.includes(property), property);
      assert.ok(read(harness.folder, PROGRAM).includes(property), property);
    }
    assert.deepEqual(complaintsOf(harness.folder), []);
    succeeded(await harness.stack.import(importFileIn(harness.folder)));
    // A refresh finds no drift in unrecorded arguments, and does not forget that they are missing.
    assert.deepEqual(opsOf(succeeded(await harness.stack.refresh())), ["refresh-same site"]);
    assert.match(failed(await harness.stack.up()), /serviceName of BatchTask "site"/);
    fillIn(harness.folder, {
      serviceName: "fire-smoke",
      serviceVersion: "1.0",
      "batchInput.videoSourceGroup[0].videoSourceGroupId": "group-north",
    });
    assert.deepEqual(complaintsOf(harness.folder), []);
    const filled = succeeded(await harness.stack.up());
    assert.deepEqual(opsOf(filled), ["update site"]);
    assert.deepEqual(Object.keys(stepOf(filled, "site").detailedDiff ?? {}).sort(), [
      "batchInput.videoSourceGroup[0].videoSourceGroupId",
      "serviceName",
      "serviceVersion",
    ]);
    assert.deepEqual(opsOf(succeeded(await harness.stack.up({ refresh: true }))), [
      "refresh-same site",
      "same site",
    ]);
  });

  it("refuses values of what the service shows, and of what is not imported", async () => {
    const id = harness.maker.resource("batch").id ?? "";
    for (const values of [
      { [id]: { description: "mine" } },
      { other: { serviceName: "x" } },
      [1],
      { [id]: 1 },
    ]) {
      writeFileSync(path.join(harness.folder, "values.json"), JSON.stringify(values));
      const { status, stderr } = await harness.importing("--batches", "--values", "values.json");
      assert.equal(status, 1);
      assert.match(stderr, /CONFIGURATION/);
    }
  });
});
