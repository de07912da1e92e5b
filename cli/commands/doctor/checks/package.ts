/** The package: this command's own version, the program's, and further copies. */
import { existsSync, readdirSync, realpathSync } from "node:fs";
import path from "node:path";
import { PACKAGE, VERSION } from "../../../common/package-info";
import type { Check } from "../context/check";
import { failed, ok, skipped, warning } from "../context/outcome";
import { ancestors } from "../../../stack/configuration/project-file";
import { needsNode, runsInNode } from "../context/runtime";
import { installedAt } from "../context/installed";

const MODULES = "node_modules";

function foldersIn(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch (error) {
    // No directory, or not readable: no dependency.
    if (error instanceof Error && "code" in error) return [];
    throw error;
  }
}

/**
 * Packages that bring a copy of their own, such as component libraries: one level deep, where npm puts them.
 *
 * @param used the copy that the program has
 */
function carriers(directory: string, used: string): string[] {
  const modules = ancestors(directory).map((folder) => path.join(folder, MODULES));
  return modules.flatMap((folder) =>
    foldersIn(folder)
      .flatMap((name) =>
        name.startsWith("@") ? foldersIn(path.join(folder, name)).map((inner) => `${name}/${inner}`) : [name],
      )
      .filter((name) => {
        const copy = path.join(folder, name, MODULES, PACKAGE);
        return existsSync(copy) && realpathSync(copy) !== used;
      }),
  );
}

export const packageCheck: Check = {
  id: "package",
  title: PACKAGE,
  async run({ program }) {
    const found = await program();
    if (found === undefined)
      return skipped(`this command is ${VERSION}; there is no project to compare it with`);
    if (!runsInNode(found)) return needsNode(found);
    const { directory } = found;
    const installed = installedAt(directory, PACKAGE);
    if (installed === undefined) {
      return failed(
        `this command is ${VERSION}; ${directory} does not see the package`,
        `Run \`npm install ${PACKAGE}\` there.`,
      );
    }
    const version = installed.version ?? "an unknown version";
    if (version !== VERSION) {
      return warning(
        `this command is ${VERSION}, the program uses ${version}`,
        `Run \`npm install ${PACKAGE}@${VERSION}\` in ${directory}, or this command by \`npx video-analysis\` there.`,
      );
    }
    const copies = carriers(directory, installed.place);
    return copies.length === 0
      ? ok(version)
      : warning(
          `${version}, and copies of their own in ${copies.join(", ")}`,
          `Make them need the same version and run \`npm dedupe\`: the provider process loads the program's copy.`,
        );
  },
};
