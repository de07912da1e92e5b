/** The provider plugin that a project gets. */
import { VERSION, PACKAGE } from "../../../common/package-info";
import { LAUNCHER, PLUGIN_INSTALL } from "../../../common/plugin";
import { PLUGIN_PACKAGE } from "../../../../provider/services/configuration";
import type { Project } from "../../../stack/configuration/project-file";
import type { Check } from "../context/check";
import { failed, ok, skipped, warning, type Outcome } from "../context/outcome";
import { copyIn, installedPlugins, launcherIn, pluginOnPath, type PluginCopy } from "../context/plugins";
import { runsInNode } from "../context/runtime";

const INSTALL = `Run \`${PLUGIN_INSTALL}\`.`;

export const plugin: Check = {
  id: "plugin",
  title: "Provider plugin",
  async run({ program }) {
    const project = await program();
    const named = project?.plugins[PLUGIN_PACKAGE];
    if (project !== undefined && named !== undefined) return fromProject(project.file, named);
    const ambient = pluginOnPath(process.env);
    if (ambient !== undefined) return judge(ambient, "on the PATH", `Remove it from the PATH. ${INSTALL}`);
    const installed = installedPlugins(process.env);
    const [newest] = installed;
    return newest === undefined ? noneFor(project) : fromCli(newest, installed);
  },
};

function fromProject(file: string, folder: string): Outcome {
  if (launcherIn(folder) === undefined) {
    return failed(
      `${file} names the plugin in ${folder}, where there is no ${LAUNCHER}`,
      `Correct the path under \`plugins\`, or install ${PACKAGE} there: it is in its folder dist/plugin.`,
    );
  }
  return judge(copyIn(folder), `named by ${file}`, `Install ${PACKAGE}@${VERSION} there.`);
}

/** A program whose SDK has a version gets that one, any other the newest. */
function fromCli(newest: PluginCopy, installed: readonly PluginCopy[]): Outcome {
  const own = installed.find(({ version }) => version === VERSION);
  if (own === undefined || own === newest) return judge(newest, "installed for the Pulumi CLI", INSTALL);
  return ok(
    `${VERSION} in ${own.folder}, installed for the Pulumi CLI; a program that asks for no version gets ${String(newest.version)}`,
  );
}

function judge({ folder, version }: PluginCopy, place: string, remedy: string): Outcome {
  const text = `${version ?? "an unknown version"} in ${folder}, ${place}`;
  return version === VERSION ? ok(text) : warning(`${text}; this command is ${VERSION}`, remedy);
}

function noneFor(project: Project | undefined): Outcome {
  return project === undefined || runsInNode(project)
    ? skipped(
        `none is installed: programs of other languages, \`pulumi import <type> <name> <id>\` and \`${PACKAGE}/plugin\` need it`,
      )
    : warning(
        `none is installed, which the program in ${String(project.runtime)} needs; \`pulumi up\` downloads only released ones`,
        INSTALL,
      );
}
