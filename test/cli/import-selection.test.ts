/** `video-analysis import` by its options: selection, files, refusals. */
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { EDGE, IEF, iefArgs } from "../scenarios/program";
import { SCENARIO_TIMEOUT, succeeded, TestStack } from "../scenarios/support";
import { HEADER_CANARY, importHarness, VAS, weekly } from "./import-harness";
import { complaintsOf, importFileIn, PROGRAM, read, secretKeysIn } from "./importing";
import { exportTo } from "./support";

describe("video-analysis import by its options", function () {
  this.timeout(SCENARIO_TIMEOUT);
  const harness = importHarness();

  it("makes a resource of each task of a service, or one of those that an id names together", async () => {
    const apart = await harness.importing("--service", EDGE);
    assert.equal(apart.status, 3, apart.stderr);
    const separate = importFileIn(harness.folder).resources ?? [];
    assert.deepEqual(
      separate.map(({ name }) => name),
      ["pair", "pair-2"],
    );
    assert.deepEqual(
      separate.map(({ id }) => id).sort(),
      harness
        .ids("pair")
        .map((id) => `${EDGE}/${id}`)
        .sort(),
    );
    const together = `ServiceTask:${EDGE}/${harness.ids("pair").join(",")}`;
    const { status } = await harness.importing("--id", together, "--service", EDGE, "--force");
    assert.equal(status, 3);
    const [joined, ...others] = importFileIn(harness.folder).resources ?? [];
    assert.deepEqual([joined?.name, others], ["pair", []]);
    assert.equal(`ServiceTask:${joined?.id ?? ""}`, together);
    assert.deepEqual(complaintsOf(harness.folder), []);
  });

  it("marks what Edge demands where it is told that the service is on Edge", async () => {
    await harness.importing("--service", EDGE, "--platform", "edge");
    assert.match(read(harness.folder, PROGRAM), /sourceUsageEstimate: fillIn\(/);
    assert.deepEqual(complaintsOf(harness.folder), []);
  });

  it("leaves out what the stack has, and takes services and configuration from it", async () => {
    const state = exportTo(path.join(harness.folder, "state.json"), harness.maker);
    const all = await harness.importing("--all", "--state", state);
    assert.equal(all.status, 1);
    assert.match(all.stderr, /NOT_FOUND/);
    const other = new TestStack(harness.maker.emulator);
    await other.deploy({
      tasks: {
        gate: { args: iefArgs({ adopt: `${IEF}/${harness.ids("plan")[0] ?? ""}`, schedule: weekly }) },
      },
    });
    const partly = exportTo(path.join(harness.folder, "partly.json"), other);
    const plan = `${IEF}/${harness.ids("plan")[0] ?? ""}`;
    const values = path.join(harness.folder, "values.json");
    const estimate = { sourceUsageEstimate: { cpu: 0.1, memory: 32 } };
    writeFileSync(values, JSON.stringify({ [plan]: estimate }));
    const options = ["--all", "--state", partly, "--platform", "ief", "--values", values];
    const { status, stdout, stderr } = await harness.importing(...options);
    assert.equal(status, 3, stderr);
    const names = (importFileIn(harness.folder).resources ?? []).map(({ name }) => name);
    // Its logical name is in use, too.
    assert.deepEqual(names.sort(), ["gate-north", "pair", "pair-2", "site", "vcn"]);
    assert.match(stdout, new RegExp(`has already:\\n.*${plan}`));
    writeFileSync(values, JSON.stringify({ [`${IEF}/none`]: estimate }));
    assert.match((await harness.importing(...options, "--force")).stderr, /CONFIGURATION: --values names/);
  });

  it("puts the tasks under an explicit provider of the stack", async () => {
    const provided = new TestStack(harness.maker.emulator, { project: "existing" });
    await provided.deploy({
      providers: {
        elsewhere: {
          region: harness.maker.emulator.region,
          projectId: harness.maker.emulator.projectId,
          token: harness.maker.emulator.token,
          endpoints: { ...harness.maker.emulator.endpoints },
        },
      },
      tasks: {},
    });
    const state = exportTo(path.join(harness.folder, "state.json"), provided);
    const args = ["--service-name", VAS, "--state", state, "--provider", "elsewhere"];
    const { status, stderr } = await harness.importing(...args);
    assert.equal(status, 0, stderr);
    const file = importFileIn(harness.folder);
    const urn = "urn:pulumi:dev::existing::pulumi:providers:pulumi-nodejs::elsewhere";
    assert.deepEqual(file.nameTable, { elsewhere: urn });
    assert.equal(file.resources?.[0]?.provider, "elsewhere");
    assert.deepEqual(complaintsOf(harness.folder), []);
    assert.match(read(harness.folder, PROGRAM), /provider, protect: true/);
    succeeded(await provided.import(file));
    const later = exportTo(path.join(harness.folder, "later.json"), provided);
    const losing = await harness.importing("--service", IEF, "--state", later, "--force");
    assert.match(losing.stdout, /^\S*imported-tasks.ts declared VideoAnalysisJob \S+, which/m);
    const unknown = await harness.importing("--batches", "--state", state, "--provider", "nobody", "--force");
    assert.equal(unknown.status, 1);
    assert.match(unknown.stderr, /CONFIGURATION/);
    const plugin = path.join(harness.folder, "plugin.json");
    const text = readFileSync(state, "utf8");
    writeFileSync(
      plugin,
      text.replaceAll("pulumi:providers:pulumi-nodejs", "pulumi:providers:video-analysis"),
    );
    const other = await harness.importing(
      "--batches",
      "--state",
      plugin,
      "--provider",
      "elsewhere",
      "--force",
    );
    assert.equal(other.status, 1);
    assert.match(other.stderr, /CONFIGURATION.*"elsewhere" is one of the provider plugin/s);
    const dynamic = [...args, "--language", "python", "--force"];
    assert.match(
      (await harness.importing(...dynamic)).stderr,
      /CONFIGURATION.*of the dynamic classes.*python/s,
    );
  });

  it("leaves protection out on request", async () => {
    const { status, stdout } = await harness.importing("--service-name", VAS, "--no-protect");
    assert.equal(status, 0);
    assert.ok(!read(harness.folder, PROGRAM).includes("protect"));
    assert.match(stdout, /--protect=false/);
    assert.deepEqual(complaintsOf(harness.folder), []);
  });

  it("overwrites nothing unless it is told to", async () => {
    writeFileSync(path.join(harness.folder, PROGRAM), "mine");
    const { status, stderr } = await harness.importing("--service-name", VAS);
    assert.equal(status, 1);
    assert.match(stderr, /CONFIGURATION.*--force/s);
    assert.equal(read(harness.folder, PROGRAM), "mine");
    assert.equal((await harness.importing("--service-name", VAS, "--force")).status, 0);
    // The second would be taken for the import file where a program imports "./import".
    for (const program of ["import.json", "import.ts"]) {
      const clash = await harness.importing("--service-name", VAS, "--program", program, "--force");
      assert.equal(clash.status, 1);
    }
  });

  it("gives a secret no key of the configuration that has another value", async () => {
    const config = {
      "existing:gateNorthUrl": "rtsp://reader:other@cameras.example.com/yard",
      "existing:gateNorthAuthorization": HEADER_CANARY,
      "existing:vcnPassword": { secure: "v1:c2VhbGVk:c2VhbGVk" },
    };
    writeFileSync(path.join(harness.folder, "Pulumi.dev.yaml"), JSON.stringify({ config }));
    const names = ["--name", "gate-*", "--name", "vcn"];
    const { stdout } = await harness.importing(
      "--service",
      IEF,
      "--config-file",
      "Pulumi.dev.yaml",
      ...names,
    );
    const keys = ["gateNorthUrl-2", "gateNorthAuthorization", "vcnPassword-2"];
    assert.deepEqual(secretKeysIn(stdout).sort(), keys.sort());
  });

  it("says what is wrong with a selection", async () => {
    const refused: readonly (readonly [string[], RegExp])[] = [
      [[], /CONFIGURATION/],
      [["--service-name", VAS, "--name", "nobody"], /NOT_FOUND/],
      [["--id", `${IEF}/${"0".repeat(32)}`], /NOT_FOUND/],
      [
        ["--id", `${IEF}/${harness.ids("plan")[0] ?? ""},${harness.ids("vcn")[0] ?? ""}`],
        /ADOPT_MISMATCH: .*name, .*schedule/,
      ],
      [["--id", "Camera:1"], /INVALID_ID/],
      [["--id", "ServiceTask:1"], /INVALID_ID/],
      [["--service", "2a2db77f-0000-4000-8000-00000000000f"], /SERVICE_NOT_FOUND/],
      [["--service-name", VAS, "--provider", "p"], /CONFIGURATION.*--state/s],
      [["--service-name", VAS, "--config", "nokey"], /CONFIGURATION/],
    ];
    for (const [args, expected] of refused) {
      const { status, stderr } = await harness.importing(...args);
      assert.equal(status, 1, args.join(" "));
      assert.match(stderr, expected);
    }
  });
});
