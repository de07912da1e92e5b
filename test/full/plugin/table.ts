/** Tests of the scenarios through the provider plugin, whose classes have the same names, on a Pulumi CLI. */
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

function scenariosIn(file: string): Scenario[] {
  const exported = Object.values(load(path.join(TABLE, file)) as Record<string, unknown>);
  return exported.filter(Array.isArray).flat() as Scenario[];
}

const version = findCli();
const engine =
  version === undefined
    ? "Pulumi CLI (skipped: no `pulumi` of 3.216 or newer on the PATH; https://www.pulumi.com/docs/install/)"
    : `Pulumi CLI ${version}`;

/** @param names of the files of the table: those of all tests together match every file */
export function describeOnPlugin(names: RegExp): void {
  const files = readdirSync(TABLE).filter((file) => file.endsWith(".js") && names.test(file));
  describe(`scenarios through the plugin, on the ${engine}`, function () {
    this.timeout(SCENARIO_TIMEOUT);
    for (const file of files) {
      describe(path.basename(file, ".js"), () => {
        for (const { notOnPlugin, ...scenario } of scenariosIn(file)) {
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
}
