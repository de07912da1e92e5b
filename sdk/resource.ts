/** The common base of the resource classes. */
import type * as pulumi from "@pulumi/pulumi";
import { autoName } from "./auto-name";
import { checkConfiguration } from "./configuration-check";
import { ProgramError } from "./errors";
import { providerText, typeToken } from "./package-info";
import type { ResourceName } from "../provider/services/resource-names";
import { checkRuntime } from "./runtime-check";
import { withCustomTimeouts } from "./timeouts";
import type { Timeouts } from "./types/input";

/** The arguments that the constructors look at. */
export interface CommonArgs {
  readonly timeouts?: pulumi.Input<Timeouts | undefined>;
}

/** Arguments of the static `get` of a class beyond the id. */
export interface LookupState {
  /** Region of the service, where it is not the configured one. */
  region?: pulumi.Input<string | undefined>;
  /** Only `read` counts. */
  timeouts?: pulumi.Input<Timeouts | undefined>;
}

/**
 * The inputs to register: what the program gave, the hidden `autoName`, and the constant program text that
 * makes the provider process load the installed code. Throws before anything is registered when the runtime
 * cannot be found or an import is asked for.
 */
export function resourceInputs(
  type: ResourceName,
  name: string,
  properties: Readonly<Record<string, undefined>>,
  args: CommonArgs | undefined,
  opts: pulumi.CustomResourceOptions | undefined,
): pulumi.Inputs {
  if (opts?.import !== undefined) throw importRefused(type, name, opts.import);
  checkRuntime();
  checkConfiguration();
  const isRead = opts?.id !== undefined || opts?.urn !== undefined;
  return {
    ...givenInputs(properties, args, opts),
    ...(isRead ? {} : { autoName: autoName(typeToken(type), name, opts) }),
    __provider: providerText(type),
  };
}

/** What the program gave, with a place for every property. */
export function givenInputs(
  properties: Readonly<Record<string, undefined>>,
  args: CommonArgs | undefined,
  opts: pulumi.CustomResourceOptions | undefined,
): pulumi.Inputs {
  return {
    ...properties,
    ...args,
    timeouts: withCustomTimeouts(args?.timeouts, opts?.customTimeouts),
  };
}

function importRefused(type: ResourceName, name: string, id: string): ProgramError {
  return new ProgramError(
    "IMPORT_UNSUPPORTED",
    `${type} "${name}": Pulumi cannot import dynamic resources through the option \`import\`. ` +
      `Remove the option, and pass the argument \`adopt: ${JSON.stringify(id)}\`: the next \`pulumi up\` takes the ` +
      `task over. Or run \`video-analysis import --id ${type}:${id}\`, which writes an import file for ` +
      "`pulumi import --file import.json --generate-code=false` and the program that goes with it. The classes of " +
      "`pulumi-video-analysis/plugin` take the option.",
  );
}

/** Whether an object is a resource of that type, made by any copy of this package. */
export function hasType(value: unknown, type: string): boolean {
  return (
    typeof value === "object" && value !== null && "__pulumiType" in value && value.__pulumiType === type
  );
}

/** The first of several task ids. Undefined where the service has not answered, like any output then. */
export function firstTaskId(taskIds: pulumi.Output<string[]>): pulumi.Output<string> {
  // The type is that of a created resource, as the types of the other outputs are.
  return taskIds.apply((ids: readonly string[] | undefined) => ids?.[0] as string);
}
