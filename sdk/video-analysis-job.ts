import type * as pulumi from "@pulumi/pulumi";
import { typeToken } from "./package-info";
import { firstTaskId, hasType, resourceInputs, TaskResource } from "./resource";
import type { LookupState, OwnProperties } from "./resource";
import type * as input from "./types/input";
import type * as output from "./types-output";

/** What `VideoAnalysisJob.get` may be told beyond the id. */
export type VideoAnalysisJobState = LookupState;

const properties: OwnProperties<VideoAnalysisJob> = {
  serviceName: undefined,
  serviceVersion: undefined,
  timing: undefined,
  input: undefined,
  output: undefined,
  serviceConfig: undefined,
  edgePoolId: undefined,
  resourceOrderId: undefined,
  serviceTitle: undefined,
  creator: undefined,
  hostingOutput: undefined,
  hostingResult: undefined,
};

/**
 * A job of the Video Analysis Service (VAS). Name, description, `timing`, `output` and `serviceConfig` are updated
 * in place, and so is an `input` of one entry; other changes replace the job, the old one being deleted first
 * unless the name changes too. So does the removal of `timing` or `serviceConfig`: no call clears them.
 *
 * The resource id is `<serviceName>/<taskId>`; an input with several entries makes several jobs,
 * `<serviceName>/<taskId>,<taskId>`.
 */
export class VideoAnalysisJob extends TaskResource<output.JobReport> {
  /** @internal */
  static readonly __pulumiType = typeToken("VideoAnalysisJob");

  /** Name of the video analysis service that runs the job. */
  declare readonly serviceName: pulumi.Output<string>;
  declare readonly serviceVersion: pulumi.Output<string>;
  declare readonly timing: pulumi.Output<pulumi.Unwrap<input.JobTiming> | undefined>;
  /** Where the video comes from. Wholly secret when it holds a password, header values or a URL with credentials. */
  declare readonly input: pulumi.Output<pulumi.Unwrap<input.JobInput>>;
  /** Where results go. Secret where it holds header values or a URL with credentials. */
  declare readonly output: pulumi.Output<pulumi.Unwrap<input.JobOutput>>;
  declare readonly serviceConfig: pulumi.Output<pulumi.Unwrap<input.JobServiceConfig> | undefined>;
  declare readonly edgePoolId: pulumi.Output<string | undefined>;
  declare readonly resourceOrderId: pulumi.Output<string | undefined>;

  /** Title of the service, where it tells. */
  declare readonly serviceTitle: pulumi.Output<output.ServiceTitle | undefined>;
  /** Who created the job, where the service tells. */
  declare readonly creator: pulumi.Output<string | undefined>;
  /** Where hosted results are; of several jobs in `tasks`, unless it is the same for all. */
  declare readonly hostingOutput: pulumi.Output<output.HostingOutput | undefined>;
  /** What has become of the hosted result file; of several jobs in `tasks`, unless it is the same for all. */
  declare readonly hostingResult: pulumi.Output<output.HostingResult | undefined>;

  /**
   * Declares a job.
   *
   * @param name Logical name; part of the default job name.
   * @param opts `customTimeouts` fills `timeouts`; `import` is refused, use the argument `adopt`.
   */
  constructor(name: string, args: input.VideoAnalysisJobArgs, opts?: pulumi.CustomResourceOptions) {
    super(
      VideoAnalysisJob.__pulumiType,
      name,
      resourceInputs("VideoAnalysisJob", name, properties, args, opts),
      opts,
    );
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

  /** Whether an object is a `VideoAnalysisJob`, whichever copy of this package made it. */
  static override isInstance(value: unknown): value is VideoAnalysisJob {
    return hasType(value, VideoAnalysisJob.__pulumiType);
  }

  /** Id of the job, of several the first. */
  get taskId(): pulumi.Output<string> {
    return firstTaskId(this.taskIds);
  }
}
