/** A state that one engine exported goes on with the other, secrets included. */
import assert from "node:assert/strict";
import { findCli } from "../../../tools/stack/cli";
import { each, oneOfEach } from "../../scenarios/kinds";
import { secret } from "../../scenarios/program";
import { SCENARIO_TIMEOUT } from "../../scenarios/support";
import { openCli } from "../../scenarios/drivers/cli";
import type { EngineDriver, OpenDriver, StackPlace } from "../../scenarios/drivers/driver";
import { openStandIn } from "../../scenarios/drivers/stand-in";
import type { Scenario } from "../../scenarios/scenario";
import { World } from "../../scenarios/world";

const STACK: Scenario = { title: "exchange", steps: [] };
const program = oneOfEach(() => ({ description: secret("for us only") }));

/** Makes a stack with one engine and goes on with another one, in the same world. */
async function exchange(from: OpenDriver, to: OpenDriver): Promise<void> {
  let place: StackPlace | undefined;
  const world = await World.open(STACK, (given) => {
    place = given;
    return from(given);
  });
  try {
    assert.ok(place);
    const up = await world.driver.run("up", program, {});
    assert.ok(up.ok, up.errors.join("\n"));
    const next = await to({ ...place, scratch: world.folder("next") });
    await next.importState(await world.driver.exported());
    assert.deepEqual(await stepsOf(next, "preview"), each("same"));
    assert.deepEqual(await stepsOf(next, "refresh"), each("refresh-same"));
    assert.match(JSON.stringify(await next.outputs()), /for us only/);
    // And back again, before the tasks are removed.
    await world.driver.importState(await next.exported());
    assert.deepEqual(await stepsOf(world.driver, "preview"), each("same"));
    assert.deepEqual(await stepsOf(world.driver, "destroy"), each("delete"));
    assert.deepEqual([...world.emulator.tasks(), ...world.emulator.batches()], []);
  } finally {
    await world.close();
  }
}

async function stepsOf(driver: EngineDriver, command: "preview" | "refresh" | "destroy"): Promise<string[]> {
  const { ok, operations, errors } = await driver.run(command, program, {});
  assert.ok(ok, `${driver.title}, ${command}: ${errors.join("\n")}`);
  return operations
    .filter(({ urn }) => urn.includes("pulumi-nodejs:dynamic/"))
    .map(({ op, urn }) => `${op} ${urn.split("::").at(-1) ?? ""}`)
    .sort();
}

describe("state export and import", function () {
  this.timeout(2 * SCENARIO_TIMEOUT);

  it("between two stacks on the engine stand-in", () => exchange(openStandIn, openStandIn));

  const version = findCli();
  if (version === undefined) {
    it("between the stand-in and the Pulumi CLI (skipped: no `pulumi` of 3.216 or newer on the PATH)");
    return;
  }
  it(`from the stand-in to the Pulumi CLI ${version}, and back`, () =>
    exchange(openStandIn, openCli(version)));
  it(`from the Pulumi CLI ${version} to the stand-in, and back`, () =>
    exchange(openCli(version), openStandIn));
});
