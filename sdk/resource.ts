/**
 * What the constructors of the resource classes have in common. Functions rather than a base class: Pulumi
 * counts stack frames to report the program's line, and one more class would make it point in here.
 */
import type * as pulumi from "@pulumi/pulumi";
import { autoName } from "./auto-name";
import { ProgramError } from "./errors";
import { providerText, typeToken } from "./package-info";
import type { ResourceKind } from "./package-info";
import { checkRuntime } from "./runtime-check";
import { withCustomTimeouts } from "./timeouts";
import type { TaskReport, UnfinishedStep } from "./types-output";
import type { Timeouts } from "./types/input";

/** The arguments that the constructors look at. */
interface CommonArgs {
  readonly timeouts?: pulumi.Input<Timeouts | undefined>;
}

/** What the static `get` of a class may be told beyond the id. */
export interface LookupState {
  /** Region of the service, where it is not the configured one. */
  region?: pulumi.Input<string | undefined>;
  /** Only `read` counts. */
  timeouts?: pulumi.Input<Timeouts | undefined>;
}

/** The outputs that every class has. */
export interface CommonOutputs<Report extends TaskReport = TaskReport> {
  readonly taskIds: pulumi.Output<string[]>;
  readonly states: pulumi.Output<string[]>;
  readonly state: pulumi.Output<string>;
  readonly tasks: pulumi.Output<Report[]>;
  readonly region: pulumi.Output<string>;
  readonly projectId: pulumi.Output<string>;
  readonly endpoint: pulumi.Output<string>;
  readonly unfinished: pulumi.Output<UnfinishedStep[]>;
  readonly stateVersion: pulumi.Output<number>;
}

/** Every argument and output of a class, so that each becomes a property also where nothing is sent for it. */
export type PropertyNames<Args, Outputs> = Readonly<Record<keyof Args | keyof Outputs, undefined>>;

/** The names that every class has. */
export const commonProperties = {
  name: undefined,
  description: undefined,
  region: undefined,
  desiredState: undefined,
  waitFor: undefined,
  triggers: undefined,
  timeouts: undefined,
  adopt: undefined,
  taskIds: undefined,
  states: undefined,
  state: undefined,
  tasks: undefined,
  projectId: undefined,
  endpoint: undefined,
  unfinished: undefined,
  stateVersion: undefined,
} as const;

/**
 * The inputs to register: what the program gave, the hidden `autoName`, and the constant program text that
 * makes the provider process load the installed code. Throws before anything is registered when the runtime
 * cannot be found or an import is asked for.
 */
export function resourceInputs(
  kind: ResourceKind,
  name: string,
  properties: Readonly<Record<string, undefined>>,
  args: CommonArgs | undefined,
  opts: pulumi.CustomResourceOptions | undefined,
): pulumi.Inputs {
  if (opts?.import !== undefined) throw importRefused(kind, name, opts.import);
  checkRuntime();
  const isRead = opts?.id !== undefined || opts?.urn !== undefined;
  return {
    ...properties,
    ...args,
    ...(isRead ? {} : { autoName: autoName(typeToken(kind), name, opts) }),
    timeouts: withCustomTimeouts(args?.timeouts, opts?.customTimeouts),
    __provider: providerText(kind),
  };
}

function importRefused(kind: ResourceKind, name: string, id: string): ProgramError {
  return new ProgramError(
    "IMPORT_UNSUPPORTED",
    `${kind} "${name}": Pulumi cannot import dynamic resources through the option \`import\`. ` +
      `Remove the option and pass the argument \`adopt: ${JSON.stringify(id)}\` to take the task over, or run ` +
      "`video-analysis import`, which writes an import file for `pulumi import --file`.",
  );
}

/** Whether an object is a resource of that type, whichever copy of this package made it. */
export function hasType(value: unknown, type: string): boolean {
  return (
    typeof value === "object" && value !== null && "__pulumiType" in value && value.__pulumiType === type
  );
}

/** The first of several task ids. Undefined where the service has not answered, like any output then. */
export function firstTaskId(taskIds: pulumi.Output<string[]>): pulumi.Output<string> {
  // The type follows the other outputs: it says what a resource has that was created.
  return taskIds.apply((ids: readonly string[] | undefined) => ids?.[0] as string);
}
