/** Opens the stack that the options name. */
import { VideoAnalysisError } from "../../provider/common/errors";
import type { OpenedStack } from "./opened-stack";
import type { StackOptions } from "./options";
import { openStateFile } from "./state-file";

/** @throws `CONFIGURATION` or `INVALID_STATE` */
export async function openStack(options: Omit<StackOptions, "config">): Promise<OpenedStack> {
  const { state, stack, configFile, cwd } = options;
  if (state !== undefined && stack === undefined) return openStateFile(state, configFile, cwd);
  if (state !== undefined || stack === undefined) {
    throw new VideoAnalysisError(
      "CONFIGURATION",
      `${state === undefined ? "no stack is named" : "--state and --stack exclude each other"}. Give --state <file> ` +
        "(of `pulumi stack export`), or --stack <name> (with the Pulumi CLI on the PATH).",
    );
  }
  if (configFile !== undefined) {
    throw new VideoAnalysisError(
      "CONFIGURATION",
      "--config-file and --stack exclude each other. Leave out --config-file: the Pulumi CLI reads the stack's.",
    );
  }
  const { openPulumiStack } = await import("./pulumi-cli.js");
  return openPulumiStack(stack, cwd);
}
