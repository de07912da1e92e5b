import * as pulumi from "@pulumi/pulumi";
import { typeToken } from "./package-info";
import { commonProperties, firstTaskId, hasType, resourceInputs } from "./resource";
import type { CommonOutputs, LookupState, PropertyNames } from "./resource";
import type * as input from "./types/input";
import type * as output from "./types-output";

/** What `VideoAnalysisJob.get` may be told beyond the id. */
export type VideoAnalysisJobState = LookupState;

interface Outputs extends CommonOutputs<output.JobReport> {
  readonly serviceTitle: pulumi.Output<output.ServiceTitle | undefined>;
  readonly creator: pulumi.Output<string | undefined>;
  readonly hostingOutput: pulumi.Output<output.HostingOutput | undefined>;
  readonly hostingResult: pulumi.Output<output.HostingResult | undefined>;
}

const properties: PropertyNames<input.VideoAnalysisJobArgs, Outputs> = {
  ...commonProperties,
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
export class VideoAnalysisJob extends pulumi.CustomResource implements Outputs {
  /** @internal */
  static readonly __pulumiType = typeToken("VideoAnalysisJob");

  /** Name of the video analysis service that runs the job. */
  declare readonly serviceName: pulumi.Output<string>;
  declare readonly serviceVersion: pulumi.Output<string>;
  /** Job name; the default one where the program gave none. */
  declare readonly name: pulumi.Output<string>;
  declare readonly description: pulumi.Output<string | undefined>;
  /** Region of the service, from the first source that named one. */
  declare readonly region: pulumi.Output<string>;
  declare readonly desiredState: pulumi.Output<"running" | "stopped" | undefined>;
  declare readonly waitFor: pulumi.Output<"accepted" | "running" | "succeeded" | undefined>;
  declare readonly triggers: pulumi.Output<unknown[] | undefined>;
  declare readonly timeouts: pulumi.Output<pulumi.Unwrap<input.Timeouts> | undefined>;
  declare readonly adopt: pulumi.Output<string | undefined>;
  declare readonly timing: pulumi.Output<pulumi.Unwrap<input.JobTiming> | undefined>;
  /** Where the video comes from. Wholly secret when it holds a password, header values or a URL with credentials. */
  declare readonly input: pulumi.Output<pulumi.Unwrap<input.JobInput>>;
  /** Where results go. Secret where it holds header values or a URL with credentials. */
  declare readonly output: pulumi.Output<pulumi.Unwrap<input.JobOutput>>;
  declare readonly serviceConfig: pulumi.Output<pulumi.Unwrap<input.JobServiceConfig> | undefined>;
  declare readonly edgePoolId: pulumi.Output<string | undefined>;
  declare readonly resourceOrderId: pulumi.Output<string | undefined>;

  /** Ids of the jobs, in the order in which the create answer gave them. */
  declare readonly taskIds: pulumi.Output<string[]>;
  /** States of the jobs, in the order of `taskIds`. */
  declare readonly states: pulumi.Output<string[]>;
  /** The most urgent of the states, upper case: a failed job shows before a running one. */
  declare readonly state: pulumi.Output<string>;
  /** The jobs as the service last showed them. */
  declare readonly tasks: pulumi.Output<output.JobReport[]>;
  /** Project that the jobs belong to. */
  declare readonly projectId: pulumi.Output<string>;
  /** Base address of the service that has the jobs. */
  declare readonly endpoint: pulumi.Output<string>;
  /** Steps that the next `pulumi up` finishes; empty when nothing is left to do. */
  declare readonly unfinished: pulumi.Output<output.UnfinishedStep[]>;
  /** Version of the shape of the recorded state. */
  declare readonly stateVersion: pulumi.Output<number>;
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
