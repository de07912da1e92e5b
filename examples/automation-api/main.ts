/**
 * Watches the cameras of an event as long as it lasts: a stack is made, shown, compared with the service and taken away,
 * all by this program. The Pulumi CLI runs underneath.
 */
import { LocalWorkspace, type Stack } from "@pulumi/pulumi/automation";
import { type Event, watch } from "./event";

/** A secret of the account, or where something is: all of the stack's configuration comes from the environment. */
function setting(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === "") throw new Error(`${name} is not set in the environment.`);
  return value;
}

async function stackOf(event: Event): Promise<Stack> {
  const stack = await LocalWorkspace.createOrSelectStack(
    {
      stackName: setting("EVENT"),
      projectName: "automation-api",
      program: () => Promise.resolve(watch(event)),
    },
    // The provider process starts here and loads the package from the node_modules beside this file.
    { workDir: process.cwd() },
  );
  await stack.setAllConfig({
    "video-analysis:region": { value: setting("VIDEO_ANALYSIS_REGION") },
    "video-analysis:projectId": { value: setting("VIDEO_ANALYSIS_PROJECT_ID") },
  });
  return stack;
}

async function main(): Promise<void> {
  const cameras = JSON.parse(setting("CAMERAS")) as Record<string, string>;
  const stack = await stackOf({ serviceId: setting("SERVICE_ID"), cameras });
  const say = { onOutput: (text: string) => process.stdout.write(text) };
  try {
    const { outputs } = await stack.up(say);
    console.log("watched by", outputs["taskIds"].value);
    // The event takes place here. Changes by hand meanwhile show in a refresh, and an up puts them back.
    const { summary } = await stack.refresh(say);
    console.log("compared:", summary.resourceChanges);
  } finally {
    await stack.destroy(say);
    await stack.workspace.removeStack(stack.name);
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
