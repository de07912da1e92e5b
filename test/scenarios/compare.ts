/** Tests of scenarios: each plays on the engine stand-in and on the Pulumi CLI, which have to agree. */
import assert from "node:assert/strict";
import { isFullTier } from "../support/tier";
import { findCli } from "../../tools/stack/cli";
import { openCli } from "./drivers/cli";
import { openStandIn } from "./drivers/stand-in";
import { play } from "./play";
import { describeDisagreement } from "./recording/disagreement";
import type { StepRecording } from "./recording/recording";
import type { Scenario } from "./scenario";
import { SCENARIO_TIMEOUT } from "./support";

/** @param group what the scenarios are about, for the titles */
export function describeScenarios(group: string, scenarios: readonly Scenario[]): void {
  const played = new Map<Scenario, Promise<StepRecording[]>>();
  /** Once for both halves. */
  const playedOnStandIn = (scenario: Scenario): Promise<StepRecording[]> => {
    const known = played.get(scenario) ?? play(scenario, openStandIn);
    played.set(scenario, known);
    known.catch(() => played.delete(scenario));
    return known;
  };

  describe(`${group}: scenarios on the engine stand-in`, function () {
    this.timeout(SCENARIO_TIMEOUT);
    for (const scenario of scenarios) {
      if (scenario.provedBy !== undefined && !isFullTier) continue;
      it(scenario.title, async () => {
        await playedOnStandIn(scenario);
      });
    }
  });

  const version = findCli();
  const title =
    version === undefined
      ? "Pulumi CLI (skipped: no `pulumi` of 3.216 or newer on the PATH; https://www.pulumi.com/docs/install/)"
      : `Pulumi CLI ${version}, as on the stand-in`;

  describe(`${group}: scenarios on the ${title}`, function () {
    this.timeout(2 * SCENARIO_TIMEOUT);
    for (const scenario of scenarios) {
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
}
