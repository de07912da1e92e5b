/** Opens the stack that the options name. */
import path from "node:path";
import { VideoAnalysisError } from "../../provider/common/errors";
import { findAbove, PROJECT_FILES } from "./configuration/project-file";
import type { OpenedStack } from "./opened-stack";
import type { StackOptions } from "./options";
import { openStateFile } from "./state-file";

/** The options with the selected stack where nothing names one; without a project no CLI is asked. */
export async function withSelected<O extends Pick<StackOptions, "state" | "stack" | "configFile" | "cwd">>(
  options: O,
): Promise<O> {
  const { state, stack, configFile, cwd } = options;
  if (state !== undefined || stack !== undefined || configFile !== undefined) return options;
  if (findAbove(path.resolve(cwd), PROJECT_FILES) === undefined) return options;
  const { selectedStack } = await import("./pulumi-cli.js");
  const selected = await selectedStack(cwd);
  return selected === undefined ? options : { ...options, stack: selected };
}

/** @throws `CONFIGURATION` or `INVALID_STATE` */
export async function openStack(options: Omit<StackOptions, "config">): Promise<OpenedStack> {
  const { state, stack, configFile, cwd } = options;
  if (state !== undefined && stack === undefined) return openStateFile(state, configFile, cwd);
  if (state !== undefined || stack === undefined) {
    throw new VideoAnalysisError(
      "CONFIGURATION",
      `${state === undefined ? "no stack is named, and none is selected" : "--state and --stack exclude each other"}. Give --state <file> ` +
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
