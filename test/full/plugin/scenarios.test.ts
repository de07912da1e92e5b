/** The scenarios through the provider plugin, whose classes have the same names, on a Pulumi CLI. */
import { readdirSync } from "node:fs";
import { createRequire } from "node:module";
import * as path from "node:path";
import { findCli } from "../../../tools/stack/cli";
import { openPlugin } from "../../scenarios/drivers/plugin";
import { play } from "../../scenarios/play";
import type { Scenario } from "../../scenarios/scenario";
import { SCENARIO_TIMEOUT } from "../../scenarios/support";

const TABLE = path.resolve(__dirname, "..", "..", "scenarios", "table");
const load = createRequire(__filename);

/** Of every file of the table, so that none is forgotten. */
const groups = readdirSync(TABLE)
  .filter((file) => file.endsWith(".js"))
  .map((file) => {
    const exported = Object.values(load(path.join(TABLE, file)) as Record<string, unknown>);
    return [path.basename(file, ".js"), exported.filter(Array.isArray).flat() as Scenario[]] as const;
  });

const version = findCli();
const engine =
  version === undefined
    ? "Pulumi CLI (skipped: no `pulumi` of 3.216 or newer on the PATH; https://www.pulumi.com/docs/install/)"
    : `Pulumi CLI ${version}`;

describe(`scenarios through the plugin, on the ${engine}`, function () {
  this.timeout(SCENARIO_TIMEOUT);
  for (const [group, scenarios] of groups) {
    describe(group, () => {
      for (const { notOnPlugin, ...scenario } of scenarios) {
        if (notOnPlugin !== undefined) it(`${scenario.title} (left out: ${notOnPlugin})`);
        else if (version === undefined) it(scenario.title);
        else {
          it(scenario.title, async () => {
            await play(scenario, openPlugin(version));
          });
        }
      }
    });
  }
});
