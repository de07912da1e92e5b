import type * as pulumi from "@pulumi/pulumi";
import { typeToken } from "./package-info";
import { firstTaskId, hasType, resourceInputs, TaskResource } from "./resource";
import type { LookupState, OwnProperties } from "./resource";
import type * as input from "./types/input";

/** What `ServiceTask.get` may be told beyond the id. */
export type ServiceTaskState = LookupState;

const properties: OwnProperties<ServiceTask> = {
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
export class ServiceTask extends TaskResource {
  /** @internal */
  static readonly __pulumiType = typeToken("ServiceTask");

  /** Id of the ModelArts service that runs the task. */
  declare readonly serviceId: pulumi.Output<string>;
  declare readonly platform: pulumi.Output<"edge" | "ief" | undefined>;
  declare readonly schedule: pulumi.Output<pulumi.Unwrap<input.TaskSchedule> | undefined>;
  /** Where the video comes from. Wholly secret when it holds a password, header values or a URL with credentials. */
  declare readonly input: pulumi.Output<pulumi.Unwrap<input.TaskInput>>;
  /** Where results go. Secret where it holds header values or a URL with credentials. */
  declare readonly output: pulumi.Output<pulumi.Unwrap<input.TaskOutput>>;
  declare readonly config: pulumi.Output<Record<string, unknown> | undefined>;
  declare readonly sourceUsageEstimate: pulumi.Output<pulumi.Unwrap<input.SourceUsageEstimate> | undefined>;

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
