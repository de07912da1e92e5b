/** Finds the runtime as the provider process will: plain Node in the program's directory. */
import { PACKAGE } from "../../../common/package-info";
import type { Check } from "../context/check";
import { failed, ok, skipped } from "../context/outcome";
import { findAbove } from "../../../stack/configuration/project-file";
import { needsNode, runsInNode } from "../context/runtime";
import { resolveFrom } from "../context/installed";

const RUNTIME = `${PACKAGE}/runtime`;

/** Written by yarn's Plug'n'Play in place of node_modules. */
const PNP_FILES = [".pnp.cjs", ".pnp.js"] as const;

const USE_NODE_MODULES =
  "Set `nodeLinker: node-modules` in .yarnrc.yml and run `yarn install`: the provider process is started by plain Node, " +
  "which does not read Plug'n'Play.";

export const providerProcess: Check = {
  id: "provider-process",
  title: "Provider process",
  async run({ program }) {
    const found = await program();
    if (found === undefined)
      return skipped("there is no project whose provider process would load the package");
    if (!runsInNode(found)) return needsNode(found);
    const { directory } = found;
    if (process.versions.pnp !== undefined) {
      return failed("this command runs under yarn's Plug'n'Play, which cannot work", USE_NODE_MODULES);
    }
    if (resolveFrom(directory, RUNTIME) !== undefined) return ok(`${RUNTIME} is found from ${directory}`);
    const pnp = findAbove(directory, PNP_FILES);
    if (pnp !== undefined) {
      return failed(
        `${RUNTIME} is not found from ${directory}: ${pnp} is yarn's Plug'n'Play`,
        USE_NODE_MODULES,
      );
    }
    return failed(
      `${RUNTIME} is not found from ${directory}`,
      `Run \`npm install ${PACKAGE}\` there. With strict pnpm it has to be a direct dependency of the program: ` +
        `\`pnpm add ${PACKAGE}\`.`,
    );
  },
};
