/** The `pulumi` on the PATH. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { Check } from "../context/check";
import { failed, ok, warning, type Outcome } from "../context/outcome";
import { fits, parseVersion } from "../context/version";

/** The first release whose engine takes inputs from `read`. */
export const LOWEST_CLI = "3.216.0";

/** The first release that imports a file with inputs and outputs. */
const LOWEST_FOR_IMPORT = "3.254.0";

/** The npm launcher of the same name may hang while it downloads: what does not answer by then does not count. */
const ANSWER_TIMEOUT_MS = 5000;

/** @param version undefined where there is none that answers */
export function judgeCli(version: string | undefined): Outcome {
  const install = "Install it (https://www.pulumi.com/docs/install/) and put it on the PATH";
  if (version === undefined) {
    return warning("no `pulumi` on the PATH that prints its version", `${install}: \`pulumi up\` needs it.`);
  }
  if (!fits(version, LOWEST_CLI)) {
    return failed(`${version} is older than ${LOWEST_CLI}`, `${install}, in the newest version.`);
  }
  if (!fits(version, LOWEST_FOR_IMPORT)) {
    return warning(
      `${version}; import files need ${LOWEST_FOR_IMPORT}`,
      `${install}, in the newest version, where existing tasks are to be imported.`,
    );
  }
  return ok(`${version} (needs ${LOWEST_CLI}, for import files ${LOWEST_FOR_IMPORT})`);
}

async function versionOnPath(): Promise<string | undefined> {
  try {
    const { stdout } = await promisify(execFile)("pulumi", ["version"], {
      timeout: ANSWER_TIMEOUT_MS,
      killSignal: "SIGKILL",
      env: { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "true" },
    });
    const version = stdout.trim();
    return parseVersion(version) === undefined ? undefined : version;
  } catch (error) {
    // Missing, failing, or too slow.
    if (error instanceof Error) return undefined;
    throw error;
  }
}

export const pulumiCli: Check = {
  id: "pulumi-cli",
  title: "Pulumi CLI",
  run: async () => judgeCli(await versionOnPath()),
};
