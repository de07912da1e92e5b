/** The same scenarios on the engine stand-in and on the Pulumi CLI, which have to agree. */
import assert from "node:assert/strict";
import { findCli } from "../../scripts/stack/cli";
import { SCENARIO_TIMEOUT } from "./support";
import { openCli } from "./drivers/cli";
import { openStandIn } from "./drivers/stand-in";
import { play } from "./play";
import { describeDisagreement } from "./recording/disagreement";
import type { StepRecording } from "./recording/recording";
import type { Scenario } from "./scenario";
import { SCENARIOS } from "./table";

const played = new Map<Scenario, Promise<StepRecording[]>>();

/** Once for both halves. */
function playedOnStandIn(scenario: Scenario): Promise<StepRecording[]> {
  const known = played.get(scenario) ?? play(scenario, openStandIn);
  played.set(scenario, known);
  return known;
}

describe("scenarios on the engine stand-in", function () {
  this.timeout(SCENARIO_TIMEOUT);
  for (const scenario of SCENARIOS) {
    it(scenario.title, async () => {
      await playedOnStandIn(scenario);
    });
  }
});

const version = findCli();
const title =
  version === undefined
    ? "scenarios on the Pulumi CLI (skipped: no `pulumi` of 3.216 or newer on the PATH; https://www.pulumi.com/docs/install/)"
    : `scenarios on the Pulumi CLI ${version}, as on the stand-in`;

describe(title, function () {
  this.timeout(2 * SCENARIO_TIMEOUT);
  for (const scenario of SCENARIOS) {
    if (version === undefined) {
      it(scenario.title);
      continue;
    }
    it(scenario.title, async () => {
      const [onStandIn, onCli] = await Promise.all([
        playedOnStandIn(scenario),
        play(scenario, openCli(version)),
      ]);
      assert.equal(describeDisagreement(onStandIn, onCli), "");
    });
  }
});
