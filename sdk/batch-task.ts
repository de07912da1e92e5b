import * as pulumi from "@pulumi/pulumi";
import { typeToken } from "./package-info";
import { firstTaskId, hasType, resourceInputs } from "./resource";
import type { LookupState } from "./resource";
import { suspendTraces } from "./stack-traces";
import type * as input from "./types/input";
import { BatchTaskNames } from "./types/resources";
import type { BatchTaskMembers } from "./types/resources";

/** Arguments of `BatchTask.get` beyond the id. */
export type BatchTaskState = LookupState;

/**
 * A VIAS batch task: one algorithm on groups of video sources, each source a sub-task. A change of `serviceName`
 * or `serviceVersion` replaces the batch, everything else is updated in place.
 *
 * No call of the service returns the ids of the groups, regions of interest and whether a template was stored:
 * these are not checked for drift. The resource id is that of the batch.
 *
 * @example
 * ```ts
 * const site = new va.BatchTask("site", {
 *   serviceName: "fire-smoke",
 *   serviceVersion: "1.0",
 *   batchInput: {
 *     videoSourceGroup: [
 *       { videoSourceGroupId: "group-north", videoSourceList: [{ videoSourceId: "camera-north-1" }] },
 *     ],
 *   },
 *   output: { dis: { streamName: "alarms" } },
 * });
 * ```
 */
export class BatchTask extends (pulumi.CustomResource as unknown as typeof BatchTaskMembers) {
  /** @internal */
  static readonly __pulumiType = typeToken("BatchTask");

  /**
   * Declares a batch.
   *
   * @param name Logical name; part of the default batch name.
   * @param opts `customTimeouts` fills `timeouts`; `import` needs the classes of `pulumi-video-analysis/plugin`, else it
   * is refused: use the argument `adopt`.
   */
  constructor(name: string, args: input.BatchTaskArgs, opts?: pulumi.CustomResourceOptions) {
    const inputs = resourceInputs("BatchTask", name, BatchTaskNames, args, opts);
    const traces = suspendTraces();
    try {
      super(BatchTask.__pulumiType, name, inputs, opts);
    } catch (error) {
      throw traces.located(error);
    } finally {
      traces.resume();
    }
  }

  /**
   * Reads an existing batch without managing it; the program fails where there is none.
   *
   * @param id Id of the batch.
   */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    state?: BatchTaskState,
    opts?: pulumi.CustomResourceOptions,
  ): BatchTask {
    return new BatchTask(name, { ...state } as input.BatchTaskArgs, { ...opts, id });
  }

  /** Whether an object is a `BatchTask`, made by any copy of this package. */
  static override isInstance(value: unknown): value is BatchTask {
    return hasType(value, BatchTask.__pulumiType);
  }

  /** Id of the first sub-task. */
  get taskId(): pulumi.Output<string> {
    return firstTaskId(this.taskIds);
  }
}
