/** `video-analysis import` of a service's cameras: platform and values for all of them, one loop, numbered next steps. */
import assert from "node:assert/strict";
import { existsSync, rmSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { EDGE, edgeArgs } from "../scenarios/program";
import { failed, opsOf, SCENARIO_TIMEOUT, succeeded, TestStack, writesOf } from "../scenarios/support";
import { complaintsOf, importFileIn, PROGRAM, projectFolder, read, runImport, stackIn } from "./importing";
import { exportTo, type Run } from "./support";

const CAMERAS = ["camera-2", "camera-10", "camera-1", "camera-3"];
const ORDERED = ["camera-1", "camera-2", "camera-3", "camera-10"];

describe("video-analysis import of a fleet", function () {
  this.timeout(SCENARIO_TIMEOUT);
  let maker: TestStack;
  let folder: string;
  let stack: TestStack;

  before(async () => {
    maker = await TestStack.open();
    const tasks = CAMERAS.map((name) => [name, { args: edgeArgs({ name }, name) }] as const);
    await maker.deploy({ tasks: Object.fromEntries(tasks) });
  });
  after(() => maker.close());
  beforeEach(() => {
    maker.emulator.clearRequests();
    folder = projectFolder();
    stack = stackIn(folder, maker.emulator);
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
    assert.deepEqual(writesOf(maker.emulator), []);
  });

  const importing = (...args: string[]): Promise<Run> =>
    runImport(folder, maker.emulator, ["--service", EDGE, ...args]);

  const valuesFile = (values: object): string => {
    writeFileSync(path.join(folder, "values.json"), JSON.stringify(values));
    return "values.json";
  };

  const estimate = { sourceUsageEstimate: { cpu: 0.1, memory: 32 } };

  it("takes platform and values for all tasks of a service, and declares them in one loop", async () => {
    const values = valuesFile({
      [`${EDGE}/*`]: estimate,
      "*": { sourceUsageEstimate: { cpu: 9, memory: 9 } },
    });
    const { status, stderr } = await importing("--platform", `${EDGE}=edge`, "--values", values);
    assert.equal(status, 0, stderr);
    const program = read(folder, PROGRAM);
    assert.equal(program.match(/new va\.ServiceTask\(/g)?.length, 1);
    assert.match(program, /platform: "edge"/);
    assert.deepEqual(complaintsOf(folder), []);
    assert.deepEqual(
      importFileIn(folder).resources?.map(({ name }) => name),
      ORDERED,
    );
    succeeded(await stack.import(importFileIn(folder)));
    assert.deepEqual(opsOf(succeeded(await stack.up())).sort(), ORDERED.map((name) => `same ${name}`).sort());
    assert.deepEqual(
      stack.resource("camera-1").inputs?.["sourceUsageEstimate"],
      estimate.sourceUsageEstimate,
    );
  });

  it("asks for the platform of each service, and refuses a replacement as long as nobody knows it", async () => {
    const { status, stdout } = await importing("--no-protect");
    assert.equal(status, 3);
    assert.ok(stdout.includes(`--platform ${EDGE}=edge`));
    succeeded(await stack.import(importFileIn(folder)));
    const drifted = read(folder, PROGRAM).replace('streamName: "results"', 'streamName: "others"');
    writeFileSync(path.join(folder, PROGRAM), drifted);
    assert.match(failed(await stack.preview()), /PLATFORM_UNKNOWN/);
    const known = drifted.replace(/(\n +)name,/, '$1name,$1platform: "ief",');
    writeFileSync(path.join(folder, PROGRAM), known);
    assert.equal(succeeded(await stack.preview()).ok, true);
  });

  it("refuses a platform that there is none of, and values that nothing lacks", async () => {
    for (const args of [
      ["--platform", "moon"],
      ["--platform", `${EDGE}=moon`],
      ["--values", valuesFile({ "*": { sourceUsageEstimat: {}, description: "x" } })],
      ["--values", valuesFile({ "another/*": estimate })],
    ]) {
      const { status } = await importing(...args);
      assert.equal(status, 1, args.join(" "));
      assert.ok(!existsSync(path.join(folder, PROGRAM)));
    }
  });

  it("numbers the next steps; the program line comes before the preview, whose count is that of the stack", async () => {
    const other = new TestStack(maker.emulator);
    await other.deploy({ tasks: {} });
    const state = exportTo(path.join(folder, "state.json"), other);
    const steps = ({ stdout }: Run): string[] =>
      stdout
        .slice(stdout.indexOf("\nNext:"))
        .split("\n")
        .filter((line) => /^ +\d+\. /.test(line));
    const done = await importing("--state", state, "--program", "none/fleet.ts");
    assert.equal(done.status, 1, "no such folder");
    const beside = await importing("--state", state, "--program", "fleet.ts", "--force");
    assert.equal(beside.status, 3, beside.stderr);
    assert.ok(beside.stdout.indexOf("pulumi import") < beside.stdout.indexOf('import "./fleet"'));
    assert.ok(beside.stdout.indexOf('import "./fleet"') < beside.stdout.indexOf("pulumi preview"));
    assert.match(beside.stdout, /"5 unchanged"/);
    assert.equal(steps(beside).length, 4);
    // What the project runs itself needs no line.
    assert.equal(steps(await importing("--force")).length, 3);
  });

  it("gives programs the same as JSON", async () => {
    const { stdout, stderr } = await importing("--json");
    const { resources, next } = JSON.parse(stdout) as {
      resources: { name: string; optional: string[] }[];
      next: { commands: string[] }[];
    };
    assert.deepEqual(
      resources.map(({ name }) => name),
      ORDERED,
      stderr,
    );
    assert.deepEqual(resources[0]?.optional, ["sourceUsageEstimate"]);
    assert.ok(next.some(({ commands }) => commands.some((line) => line.startsWith("pulumi import "))));
  });

  it("adds the line to the program on request, once", async () => {
    const line = 'import "./fleet";';
    writeFileSync(path.join(folder, "index.ts"), "const a = 1;");
    for (let run = 0; run < 2; run += 1) {
      const { status, stderr } = await importing(
        "--program",
        "fleet.ts",
        "--append-to",
        "index.ts",
        "--force",
      );
      assert.equal(status, 3, stderr);
    }
    assert.equal(read(folder, "index.ts"), `const a = 1;\n${line}\n`);
    writeFileSync(path.join(folder, "index.mjs"), "");
    await importing("--program", "fleet.ts", "--append-to", "index.mjs", "--force");
    assert.equal(read(folder, "index.mjs"), 'import "./fleet.js";\n');
    for (const args of [
      ["--append-to", "missing.ts"],
      ["--append-to", "import.json"],
      ["--append-to", "Pulumi.yaml"],
      ["--append-to", "index.ts", "--provider", "p"],
      ["--set-secrets"],
    ]) {
      const { status, stderr } = await importing(...args, "--force");
      assert.equal(status, 1, args.join(" "));
      assert.match(stderr, /CONFIGURATION/);
    }
  });
});
