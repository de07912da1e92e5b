import * as pulumi from "@pulumi/pulumi";
import { typeToken } from "./package-info";
import { firstTaskId, hasType, resourceInputs } from "./resource";
import type { LookupState } from "./resource";
import { suspendTraces } from "./stack-traces";
import type * as input from "./types/input";
import { ServiceTaskNames } from "./types/resources";
import type { ServiceTaskMembers } from "./types/resources";

/** Arguments of `ServiceTask.get` beyond the id. */
export type ServiceTaskState = LookupState;

/**
 * A video-analysis task of a ModelArts service (Edge or IEF). The service has no update call: a change of
 * anything that it knows replaces the task, the old one being deleted first unless the name changes too.
 *
 * The resource id is `<serviceId>/<taskId>`; an input with several entries makes several tasks,
 * `<serviceId>/<taskId>,<taskId>`.
 *
 * @example
 * ```ts
 * const entrance = new va.ServiceTask("entrance", {
 *   serviceId: "2a2db77f-0000-4000-8000-000000000001",
 *   platform: "edge",
 *   input: { type: "url", data: [{ url: "rtsp://cameras.example.com/entrance" }] },
 *   output: { dis: { streamName: "faces" } },
 *   sourceUsageEstimate: { cpu: 0.1, memory: 32 },
 * });
 * ```
 */
export class ServiceTask extends (pulumi.CustomResource as unknown as typeof ServiceTaskMembers) {
  /** @internal */
  static readonly __pulumiType = typeToken("ServiceTask");

  /**
   * Declares a task.
   *
   * @param name Logical name; part of the default task name.
   * @param opts `customTimeouts` fills `timeouts`; `import` needs the classes of `pulumi-video-analysis/plugin`, else it
   * is refused: use the argument `adopt`.
   */
  constructor(name: string, args: input.ServiceTaskArgs, opts?: pulumi.CustomResourceOptions) {
    const inputs = resourceInputs("ServiceTask", name, ServiceTaskNames, args, opts);
    const traces = suspendTraces();
    try {
      super(ServiceTask.__pulumiType, name, inputs, opts);
    } catch (error) {
      throw traces.located(error);
    } finally {
      traces.resume();
    }
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

  /** Whether an object is a `ServiceTask`, made by any copy of this package. */
  static override isInstance(value: unknown): value is ServiceTask {
    return hasType(value, ServiceTask.__pulumiType);
  }

  /** Id of the task, of several the first. */
  get taskId(): pulumi.Output<string> {
    return firstTaskId(this.taskIds);
  }
}
