import * as pulumi from "@pulumi/pulumi";
import { typeToken } from "./package-info";
import { firstTaskId, hasType, resourceInputs } from "./resource";
import type { LookupState } from "./resource";
import { suspendTraces } from "./stack-traces";
import type * as input from "./types/input";
import { VideoAnalysisJobNames } from "./types/resources";
import type { VideoAnalysisJobMembers } from "./types/resources";

/** Arguments of `VideoAnalysisJob.get` beyond the id. */
export type VideoAnalysisJobState = LookupState;

/**
 * A job of the Video Analysis Service (VAS). Name, description, `timing`, `output` and `serviceConfig` are updated
 * in place, and so is an `input` of one entry; other changes replace the job, the old one being deleted first
 * unless the name changes too. So does the removal of `timing` or `serviceConfig`: no call clears them.
 *
 * The resource id is `<serviceName>/<taskId>`; an input with several entries makes several jobs,
 * `<serviceName>/<taskId>,<taskId>`.
 *
 * @example
 * ```ts
 * const footage = new va.VideoAnalysisJob("footage", {
 *   serviceName: "video-analyze",
 *   serviceVersion: "1.0",
 *   input: { type: "obs", data: [{ bucket: "recordings", path: "2026/entrance.mp4" }] },
 *   output: { obs: { bucket: "results", path: "entrance/" } },
 * });
 * ```
 */
export class VideoAnalysisJob extends (pulumi.CustomResource as unknown as typeof VideoAnalysisJobMembers) {
  /** @internal */
  static readonly __pulumiType = typeToken("VideoAnalysisJob");

  /**
   * Declares a job.
   *
   * @param name Logical name; part of the default job name.
   * @param opts `customTimeouts` fills `timeouts`; `import` needs the classes of `pulumi-video-analysis/plugin`, else it
   * is refused: use the argument `adopt`.
   */
  constructor(name: string, args: input.VideoAnalysisJobArgs, opts?: pulumi.CustomResourceOptions) {
    const inputs = resourceInputs("VideoAnalysisJob", name, VideoAnalysisJobNames, args, opts);
    const traces = suspendTraces();
    try {
      super(VideoAnalysisJob.__pulumiType, name, inputs, opts);
    } catch (error) {
      throw traces.located(error);
    } finally {
      traces.resume();
    }
  }

  /**
   * Reads an existing job without managing it; the program fails where there is none.
   *
   * @param id `<serviceName>/<taskId>`, several jobs `<serviceName>/<taskId>,<taskId>`.
   */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    state?: VideoAnalysisJobState,
    opts?: pulumi.CustomResourceOptions,
  ): VideoAnalysisJob {
    return new VideoAnalysisJob(name, { ...state } as input.VideoAnalysisJobArgs, { ...opts, id });
  }

  /** Whether an object is a `VideoAnalysisJob`, made by any copy of this package. */
  static override isInstance(value: unknown): value is VideoAnalysisJob {
    return hasType(value, VideoAnalysisJob.__pulumiType);
  }

  /** Id of the job, of several the first. */
  get taskId(): pulumi.Output<string> {
    return firstTaskId(this.taskIds);
  }
}
