/** The example quickstart on an emulator: what its stack needs, and which tasks it has. */
import * as path from "node:path";
import type { Emulator } from "../../testkit/emulator";
import type { StackOptions, Step } from "./stack";

/**
 * @param scratch an empty directory
 * @param onStep one line for each step that ends
 */
export function quickstartOptions(
  emulator: Emulator,
  scratch: string,
  onStep: (step: Step) => void,
): StackOptions {
  const service = (platform: string): string => {
    const found = emulator.services.find((candidate) => candidate.platform === platform);
    if (found === undefined) throw new Error(`The emulator has no ${platform} service.`);
    return found.id;
  };
  return {
    program: path.resolve("examples", "quickstart"),
    project: "quickstart",
    scratch,
    config: {
      "video-analysis:region": emulator.region,
      "video-analysis:projectId": emulator.projectId,
      "video-analysis:endpoints": JSON.stringify(emulator.endpoints),
      "quickstart:serviceId": service("edge"),
      "quickstart:iefServiceId": service("ief"),
    },
    secretConfig: { "video-analysis:token": emulator.token },
    // The build has checked the types; the program need not be checked again at each of its runs.
    env: { PULUMI_NODEJS_TRANSPILE_ONLY: "true" },
    onStep,
  };
}

/** The task of a resource, by its default name. */
export function taskOf(emulator: Emulator, resource: string): string {
  const task = emulator
    .tasks()
    .find(({ name }) => typeof name === "string" && name.startsWith(`${resource}-`));
  if (task === undefined) throw new Error(`Expected a task of ${resource} at the service.`);
  return task.id;
}
