/** A resource is its own folder and two lines of the registry: everything else finds it there. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import type { PropertyMap } from "../../provider/common/json";
import { runProcess, type Run } from "../cli/support";
import { RECORDED } from "../support/made-up-resource";

const SUPPORT = path.join(__dirname, "..", "support");
const NODE_OPTIONS = `-r ${JSON.stringify(path.join(SUPPORT, "made-up-registry.js"))}`;

/** Settings with which the gateway is opened; the made-up resource sends nothing. */
const SETTINGS = {
  HW_REGION_NAME: "eu-de",
  HW_PROJECT_ID: "b7220000000000000000000000eb4674",
  HW_AUTH_TOKEN: "token",
};

/** Addresses that refuse every connection at once: port 9 of this machine. */
const NOBODY = Object.fromEntries(
  ["MODELARTS", "VIAS", "IVA", "IAM"].map((service) => [
    `VIDEO_ANALYSIS_ENDPOINT_${service}`,
    "http://127.0.0.1:9",
  ]),
);

describe("a fourth resource", () => {
  let folder: string;
  before(() => (folder = mkdtempSync(path.join(tmpdir(), "registry-"))));
  after(() => rmSync(folder, { recursive: true }));

  const command = (args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Run> =>
    runProcess(args, { env: { ...SETTINGS, NODE_OPTIONS, ...env }, cwd: folder });

  const stateFile = (): string => {
    const file = path.join(folder, "state.json");
    const place = {
      region: "eu-de",
      projectId: SETTINGS.HW_PROJECT_ID,
      endpoint: "https://modelarts.eu-de.otc.t-systems.com",
    };
    const outputs = { ...RECORDED, ...place, taskIds: ["p1"], states: ["RUNNING"], state: "RUNNING" };
    const resource = {
      urn: "urn:pulumi:dev::sea::pulumi-nodejs:dynamic/video-analysis:Probe::deep",
      custom: true,
      type: "pulumi-nodejs:dynamic/video-analysis:Probe",
      id: "sea/p1",
      inputs: RECORDED,
      outputs: { ...outputs, unfinished: [], stateVersion: 1 },
    };
    writeFileSync(file, JSON.stringify({ version: 3, deployment: { resources: [resource] } }));
    return file;
  };

  describe("shows in what is generated", () => {
    let made: Record<"inputs" | "properties" | "page" | "drift", string> & {
      readonly schema: PropertyMap;
      readonly packaged: {
        readonly inputProperties: PropertyMap;
        readonly requiredInputs: readonly string[];
      };
      readonly mocked: { readonly id: string; readonly state: PropertyMap };
    };
    before(() => {
      const script = path.join(SUPPORT, "made-up-outputs.js");
      const text = execFileSync(process.execPath, [script], {
        env: { ...process.env, NODE_OPTIONS },
        encoding: "utf8",
      });
      made = JSON.parse(text) as typeof made;
    });

    it("types of arguments and properties", () => {
      assert.match(
        made.inputs,
        /export interface ProbeArgs \{[^}]*depth\?: pulumi\.Input<number \| undefined>;/,
      );
      assert.match(made.properties, /readonly depth: pulumi\.Output<number \| undefined>;/);
      assert.match(made.properties, /readonly maker: pulumi\.Output<string \| undefined>;/);
    });

    it("a reference page, and the page of drift", () => {
      assert.match(made.page, /# Probe[\s\S]*The probe's own page[\s\S]*`depth`[\s\S]*`maker`/);
      assert.match(made.drift, /## Probe[\s\S]*\| `depth` \| drift-checked \|/);
    });

    it("JSON Schema", () => {
      assert.equal(made.schema.title, "Probe");
      assert.deepEqual(made.schema.required, ["serviceId"]);
    });

    it("the package schema", () => {
      assert.deepEqual(made.packaged.requiredInputs, ["serviceId"]);
      assert.equal((made.packaged.inputProperties.depth as PropertyMap).type, "integer");
    });

    it("mocks", () => {
      assert.match(made.mocked.id, /^sea\/[0-9a-f]{32}$/);
      assert.equal(made.mocked.state.name, "probe-0123456789ab");
      assert.equal(made.mocked.state.state, "RUNNING");
    });
  });

  describe("is known to the commands", () => {
    it("drift compares it with its own gateway", async () => {
      const { status, stdout, stderr } = await command(["drift", "--json", "--state", stateFile()]);
      assert.equal(status, 2, stderr);
      const { resources } = JSON.parse(stdout) as {
        resources: { type: string; changes: { path: string; recorded: unknown; live: unknown }[] }[];
      };
      assert.deepEqual(
        resources.map(({ type }) => type),
        ["Probe"],
      );
      assert.deepEqual(
        resources[0]?.changes.map(({ path: changed }) => changed),
        ["depth"],
      );
    });

    it("import writes it", async () => {
      const { status, stderr } = await command(["import", "--id", "Probe:sea/p1"]);
      assert.equal(status, 0, stderr);
      assert.match(readFileSync(path.join(folder, "import.json"), "utf8"), /video-analysis:Probe/);
      assert.match(readFileSync(path.join(folder, "imported-tasks.ts"), "utf8"), /new va\.Probe\(/);
    });

    it("doctor counts it among the resources of a stack", async () => {
      const { stdout } = await command(["doctor", "--json", "--state", stateFile()], NOBODY);
      assert.match(stdout, /1 resource of the package/);
    });

    it("schema and import name it among their types", async () => {
      assert.match((await command(["schema", "--help"])).stdout, /"Probe"/);
      assert.match(
        (
          await command([
            "import",
            "--id",
            "Prob:sea/p1",
            "--out-file",
            "other.json",
            "--program",
            "tasks.ts",
          ])
        ).stderr,
        /Probe/,
      );
    });
  });
});
