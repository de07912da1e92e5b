/** Writes configuration into a stack, through the Pulumi CLI on the PATH. */
import type { ConfigMap } from "@pulumi/pulumi/automation";
import { VideoAnalysisError } from "../../provider/common/errors";
import { problemOfCli } from "./pulumi-cli";

/** @throws `CONFIGURATION` where there is no CLI, or it does not know the stack */
export async function configureStack(stack: string, cwd: string, values: ConfigMap): Promise<void> {
  const { LocalWorkspace } = await import("@pulumi/pulumi/automation/index.js");
  try {
    const workspace = await LocalWorkspace.create({ workDir: cwd });
    await workspace.setAllConfig(stack, values);
  } catch (error) {
    const remedy = "or set what `video-analysis emulator` prints";
    throw new VideoAnalysisError(
      "CONFIGURATION",
      problemOfCli(error, { stack, cwd, action: "configure", remedy }),
      {
        cause: error,
      },
    );
  }
}
