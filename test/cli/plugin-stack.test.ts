/** The commands on a stack whose resources are on the provider plugin. */
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import * as path from "node:path";
import type { JsonObject } from "../../testkit/emulator";
import { KINDS } from "../scenarios/kinds";
import { SCENARIO_TIMEOUT } from "../scenarios/support";
import { driftHarness } from "./drift-harness";
import { reportOf, run, statuses } from "./support";

/** The state of dynamic resources as that of the same ones on the plugin: other types, and arguments without a namespace. */
function onPlugin(text: string): string {
  const state = JSON.parse(
    text
      .replaceAll("pulumi-nodejs:dynamic/video-analysis:", "video-analysis:index:")
      .replaceAll("pulumi:providers:pulumi-nodejs", "pulumi:providers:video-analysis"),
  ) as { deployment: { resources: { type: string; inputs?: JsonObject; outputs?: JsonObject }[] } };
  const bare = (bag: JsonObject): JsonObject =>
    Object.fromEntries(
      Object.entries(bag).flatMap(([key, value]) =>
        key === "__provider" ? [] : [[key.replace("video-analysis:", ""), value]],
      ),
    );
  for (const resource of state.deployment.resources) {
    resource.inputs = bare(resource.inputs ?? {});
    resource.outputs = bare(resource.outputs ?? {});
    if (resource.type.startsWith("pulumi:providers:")) resource.inputs["version"] = "0.1.0";
  }
  return JSON.stringify(state);
}

describe("a stack on the provider plugin", function () {
  this.timeout(SCENARIO_TIMEOUT);
  const harness = driftHarness();
  let state: string;
  const names = [...KINDS.map(({ name }) => name), "crossing", "quiet"];

  before(() => {
    state = path.join(harness.folder, "plugin.json");
    writeFileSync(state, onPlugin(JSON.stringify(harness.stack.exported())));
  });

  it("is compared by drift, with the configuration that its provider records", async () => {
    const { report, status, stderr } = await reportOf(["--state", state, "--unmanaged"], {
      env: harness.env(),
    });
    assert.equal(status, 0, stderr);
    assert.deepEqual(statuses(report), Object.fromEntries(names.map((name) => [name, "in-sync"])));
    assert.deepEqual(report.unmanaged?.tasks, []);
  });

  it("keeps its tasks out of an import", async () => {
    const args = [
      "import",
      "--all",
      "--state",
      state,
      "--out-file",
      path.join(harness.folder, "import.json"),
    ];
    const { status, stdout, stderr } = await run([...args, "--language", "yaml"], { env: harness.env() });
    assert.equal(status, 1, stdout);
    assert.match(stderr, /NOT_FOUND/);
  });

  it("is counted by doctor", async () => {
    const { stdout } = await run(["doctor", "--state", state, "--json"], { env: harness.env() });
    assert.match(stdout, new RegExp(`${names.length} resources of the package`));
  });
});
