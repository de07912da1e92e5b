/** `@pulumi/pulumi` as the program finds it, and as the package does. */
import type { Check } from "../context/check";
import { failed, ok, skipped, warning, type Outcome } from "../context/outcome";
import { PACKAGE } from "../../../common/package-info";
import { installedAt, type Installed } from "../context/installed";
import { needsNode, runsInNode } from "../context/runtime";
import { fits } from "../context/version";

const SDK = "@pulumi/pulumi";

/** The range of the peer dependency: `read` may return inputs since 3.216. */
export const LOWEST_SDK = "3.216.0";
const NEXT_MAJOR = "4.0.0";

/** The first version that declares Node 22 as its lowest. */
const FIRST_FOR_NODE_22 = "3.249.0";
const NODE_22 = "22.0.0";

/** Since this one `get` works with engines that send inputs only. */
const LOWEST_FOR_GET = "3.268.0";

/** @param node version of Node */
export function judgeSdk(version: string | undefined, node: string): Outcome {
  if (version === undefined || !fits(version, LOWEST_SDK, NEXT_MAJOR)) {
    return failed(
      `${version ?? "an unknown version"} is not within ${LOWEST_SDK} and ${NEXT_MAJOR}`,
      `Run \`npm install ${SDK}@3\` in the program's directory.`,
    );
  }
  if (fits(version, FIRST_FOR_NODE_22) && !fits(node, NODE_22)) {
    return warning(
      `${version} is made for Node 22 and newer, and this is Node ${node}`,
      `Install Node 22, or \`npm install ${SDK}@3.248.0\` in the program's directory.`,
    );
  }
  const get = fits(version, LOWEST_FOR_GET)
    ? ""
    : `; \`get\` with the newest CLIs needs ${LOWEST_FOR_GET}, which needs Node 22: use the lookups instead`;
  return ok(`${version} (needs ${LOWEST_SDK} or newer, below 4${get})`);
}

/** Two copies have two engines' connections: resources of one are not seen by the other. */
function another(sdk: Installed, directory: string): Installed | undefined {
  const own = installedAt(directory, PACKAGE);
  const seen = own === undefined ? undefined : installedAt(own.place, SDK);
  return seen === undefined || seen.place === sdk.place ? undefined : seen;
}

export const sdk: Check = {
  id: "sdk",
  title: "Pulumi SDK",
  async run({ program }) {
    const found = await program();
    if (found === undefined) return skipped("there is no project that would have one");
    if (!runsInNode(found)) return needsNode(found);
    const { directory } = found;
    const installed = installedAt(directory, SDK);
    if (installed === undefined) {
      return failed(`${directory} does not see ${SDK}`, `Run \`npm install ${SDK}\` there.`);
    }
    const other = another(installed, directory);
    if (other !== undefined) {
      return warning(
        `the program has ${installed.version ?? "an unknown version"} in ${installed.place}, and ${PACKAGE} loads ` +
          `${other.version ?? "another"} from ${other.place}`,
        "Let there be one copy only: give both the same version and run `npm dedupe`.",
      );
    }
    return judgeSdk(installed.version, process.versions.node);
  },
};
