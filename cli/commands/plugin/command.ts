/** `video-analysis plugin`: where it is, and how the Pulumi CLI gets it. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { VideoAnalysisError } from "../../../provider/common/errors";
import { VERSION } from "../../common/package-info";
import { PLUGIN_FOLDER } from "../../common/plugin";
import { PLUGIN_PACKAGE } from "../../../provider/services/configuration";

/** @returns the exit status */
export function printPath(): 0 {
  process.stdout.write(`${PLUGIN_FOLDER}\n`);
  return 0;
}

/**
 * Without `--reinstall` the CLI keeps what is there of the same version.
 *
 * @returns the exit status
 * @throws `CONFIGURATION` where there is no `pulumi` on the PATH
 */
export async function install(): Promise<0 | 1> {
  const args = [
    "plugin",
    "install",
    "resource",
    PLUGIN_PACKAGE,
    VERSION,
    "--file",
    PLUGIN_FOLDER,
    "--reinstall",
  ];
  const cli = spawn("pulumi", args, { stdio: "inherit" });
  const [status] = (await once(cli, "exit").catch((error: unknown) => {
    throw new VideoAnalysisError("CONFIGURATION", "there is no `pulumi` on the PATH that can be started", {
      remedy: "Install the Pulumi CLI: https://www.pulumi.com/docs/install/.",
      cause: error,
    });
  })) as [number | null];
  return status === 0 ? 0 : 1;
}
