import * as pulumi from "@pulumi/pulumi";
import { typeToken } from "./package-info";
import { commonProperties, firstTaskId, hasType, resourceInputs } from "./resource";
import type { CommonOutputs, LookupState, PropertyNames } from "./resource";
import type * as input from "./types/input";
import type * as output from "./types-output";

/** What `ServiceTask.get` may be told beyond the id. */
export type ServiceTaskState = LookupState;

interface Outputs extends CommonOutputs {
  readonly serviceName: pulumi.Output<string | undefined>;
  readonly creator: pulumi.Output<string | undefined>;
}

const properties: PropertyNames<input.ServiceTaskArgs, Outputs> = {
  ...commonProperties,
  serviceId: undefined,
  platform: undefined,
  schedule: undefined,
  input: undefined,
  output: undefined,
  config: undefined,
  sourceUsageEstimate: undefined,
  serviceName: undefined,
  creator: undefined,
};

/**
 * A video-analysis task of a ModelArts service (Edge or IEF). The service has no update call: a change of
 * anything that it knows replaces the task, the old one being deleted first unless the name changes too.
 *
 * The resource id is `<serviceId>/<taskId>`; an input with several entries makes several tasks,
 * `<serviceId>/<taskId>,<taskId>`.
 */
export class ServiceTask extends pulumi.CustomResource implements Outputs {
  /** @internal */
  static readonly __pulumiType = typeToken("ServiceTask");

  /** Id of the ModelArts service that runs the task. */
  declare readonly serviceId: pulumi.Output<string>;
  /** Task name; the default one where the program gave none. */
  declare readonly name: pulumi.Output<string>;
  declare readonly description: pulumi.Output<string | undefined>;
  /** Region of the service, from the first source that named one. */
  declare readonly region: pulumi.Output<string>;
  declare readonly desiredState: pulumi.Output<"running" | "stopped" | undefined>;
  declare readonly waitFor: pulumi.Output<"accepted" | "running" | "succeeded" | undefined>;
  declare readonly triggers: pulumi.Output<unknown[] | undefined>;
  declare readonly timeouts: pulumi.Output<pulumi.Unwrap<input.Timeouts> | undefined>;
  declare readonly adopt: pulumi.Output<string | undefined>;
  declare readonly platform: pulumi.Output<"edge" | "ief" | undefined>;
  declare readonly schedule: pulumi.Output<pulumi.Unwrap<input.TaskSchedule> | undefined>;
  /** Where the video comes from. Wholly secret when it holds a password, header values or a URL with credentials. */
  declare readonly input: pulumi.Output<pulumi.Unwrap<input.TaskInput>>;
  /** Where results go. Secret where it holds header values or a URL with credentials. */
  declare readonly output: pulumi.Output<pulumi.Unwrap<input.TaskOutput>>;
  declare readonly config: pulumi.Output<Record<string, unknown> | undefined>;
  declare readonly sourceUsageEstimate: pulumi.Output<pulumi.Unwrap<input.SourceUsageEstimate> | undefined>;

  /** Ids of the tasks, in the order in which the create answer gave them. */
  declare readonly taskIds: pulumi.Output<string[]>;
  /** States of the tasks, in the order of `taskIds`. */
  declare readonly states: pulumi.Output<string[]>;
  /** The most urgent of the states, upper case: a failed task shows before a running one. */
  declare readonly state: pulumi.Output<string>;
  /** The tasks as the service last showed them. */
  declare readonly tasks: pulumi.Output<output.TaskReport[]>;
  /** Project that the tasks belong to. */
  declare readonly projectId: pulumi.Output<string>;
  /** Base address of the service that has the tasks. */
  declare readonly endpoint: pulumi.Output<string>;
  /** Steps that the next `pulumi up` finishes; empty when nothing is left to do. */
  declare readonly unfinished: pulumi.Output<output.UnfinishedStep[]>;
  /** Version of the shape of the recorded state. */
  declare readonly stateVersion: pulumi.Output<number>;
  /** Name of the ModelArts service, where it tells. */
  declare readonly serviceName: pulumi.Output<string | undefined>;
  /** Who created the task, where the service tells. */
  declare readonly creator: pulumi.Output<string | undefined>;

  /**
   * Declares a task.
   *
   * @param name Logical name; part of the default task name.
   * @param opts `customTimeouts` fills `timeouts`; `import` is refused, use the argument `adopt`.
   */
  constructor(name: string, args: input.ServiceTaskArgs, opts?: pulumi.CustomResourceOptions) {
    super(ServiceTask.__pulumiType, name, resourceInputs("ServiceTask", name, properties, args, opts), opts);
  }

  /**
   * Reads an existing task without managing it; the program fails where there is none.
   *
   * @param id `<serviceId>/<taskId>`, several tasks `<serviceId>/<taskId>,<taskId>`.
   */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    state?: ServiceTaskState,
    opts?: pulumi.CustomResourceOptions,
  ): ServiceTask {
    return new ServiceTask(name, { ...state } as input.ServiceTaskArgs, { ...opts, id });
  }

  /** Whether an object is a `ServiceTask`, whichever copy of this package made it. */
  static override isInstance(value: unknown): value is ServiceTask {
    return hasType(value, ServiceTask.__pulumiType);
  }

  /** Id of the task, of several the first. */
  get taskId(): pulumi.Output<string> {
    return firstTaskId(this.taskIds);
  }
}
