/** What the resource classes have in common. */
import * as pulumi from "@pulumi/pulumi";
import { autoName } from "./auto-name";
import { checkConfiguration } from "./configuration-check";
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

/** What every resource class has beside its own arguments and outputs. A type alone, see {@link TaskResource}. */
declare class CommonMembers<Report extends TaskReport = TaskReport> extends pulumi.CustomResource {
  /** Name at the service; the default one where the program gave none. */
  readonly name: pulumi.Output<string>;
  readonly description: pulumi.Output<string | undefined>;
  /** Region of the service, from the first source that named one. */
  readonly region: pulumi.Output<string>;
  readonly desiredState: pulumi.Output<"running" | "stopped" | undefined>;
  readonly waitFor: pulumi.Output<"accepted" | "running" | "succeeded" | undefined>;
  readonly triggers: pulumi.Output<unknown[] | undefined>;
  readonly timeouts: pulumi.Output<pulumi.Unwrap<Timeouts> | undefined>;
  readonly adopt: pulumi.Output<string | undefined>;
  /** Ids of the tasks, in the order in which the create answer gave them; of a batch those of its sub-tasks, sorted. */
  readonly taskIds: pulumi.Output<string[]>;
  /** States of the tasks, in the order of `taskIds`. */
  readonly states: pulumi.Output<string[]>;
  /** The most urgent of all states, upper case: a failed task shows before a running one. */
  readonly state: pulumi.Output<string>;
  /** The tasks as the service last showed them; of a batch at most 100, the most urgent states first. */
  readonly tasks: pulumi.Output<Report[]>;
  /** Project that the tasks belong to. */
  readonly projectId: pulumi.Output<string>;
  /** Base address of the service that has the tasks. */
  readonly endpoint: pulumi.Output<string>;
  /** Steps that the next `pulumi up` finishes, of `start`, `wait` and `partial`; empty when nothing is left to do. */
  readonly unfinished: pulumi.Output<UnfinishedStep[]>;
  /** Version of the shape of the recorded state. */
  readonly stateVersion: pulumi.Output<number>;
}

/**
 * Pulumi's own class, typed with the members that all classes here have. Pulumi counts stack frames to report the
 * program's line, and a real class in between would make it point in here.
 */
export const TaskResource = pulumi.CustomResource as unknown as typeof CommonMembers;

/** The arguments and outputs that only this class has, so that each becomes a property also where nothing is sent. */
export type OwnProperties<Resource> = Readonly<
  Record<
    Exclude<keyof Resource, keyof pulumi.CustomResource | keyof typeof commonProperties | "taskId">,
    undefined
  >
>;

/** The names of the common members. */
const commonProperties = {
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
} as const satisfies Record<Exclude<keyof CommonMembers, keyof pulumi.CustomResource>, undefined>;

/**
 * The inputs to register: what the program gave, the hidden `autoName`, and the constant program text that
 * makes the provider process load the installed code. Throws before anything is registered when the runtime
 * cannot be found or an import is asked for.
 */
export function resourceInputs(
  kind: ResourceKind,
  name: string,
  ownProperties: Readonly<Record<string, undefined>>,
  args: CommonArgs | undefined,
  opts: pulumi.CustomResourceOptions | undefined,
): pulumi.Inputs {
  if (opts?.import !== undefined) throw importRefused(kind, name, opts.import);
  checkRuntime();
  checkConfiguration();
  const isRead = opts?.id !== undefined || opts?.urn !== undefined;
  return {
    ...commonProperties,
    ...ownProperties,
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
      `Remove the option, and pass the argument \`adopt: ${JSON.stringify(id)}\`: the next \`pulumi up\` takes the ` +
      `task over. Or run \`video-analysis import --id ${kind}:${id}\`, which writes an import file for ` +
      "`pulumi import --file import.json --generate-code=false` and the program that goes with it.",
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
