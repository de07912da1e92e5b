import * as pulumi from "@pulumi/pulumi";
import { typeToken } from "./package-info";
import { commonProperties, firstTaskId, hasType, resourceInputs } from "./resource";
import type { CommonOutputs, LookupState, PropertyNames } from "./resource";
import type * as input from "./types/input";
import type * as output from "./types-output";

/** What `BatchTask.get` may be told beyond the id. */
export type BatchTaskState = LookupState;

interface Outputs extends CommonOutputs {
  readonly tasksTruncated: pulumi.Output<boolean>;
  readonly batchTaskId: pulumi.Output<string>;
  readonly totalCount: pulumi.Output<number | undefined>;
  readonly succeedCount: pulumi.Output<number | undefined>;
  readonly failedCount: pulumi.Output<number | undefined>;
  readonly errorList: pulumi.Output<string[] | undefined>;
  readonly statusCounts: pulumi.Output<Record<string, number>>;
  readonly algName: pulumi.Output<string | undefined>;
  readonly company: pulumi.Output<string | undefined>;
  readonly type: pulumi.Output<string | undefined>;
  readonly videoGroupName: pulumi.Output<string | undefined>;
  readonly videoSourceName: pulumi.Output<string | undefined>;
  readonly creator: pulumi.Output<string | undefined>;
  readonly createdAt: pulumi.Output<string | undefined>;
}

const properties: PropertyNames<input.BatchTaskArgs, Outputs> = {
  ...commonProperties,
  serviceName: undefined,
  serviceVersion: undefined,
  batchInput: undefined,
  output: undefined,
  schedule: undefined,
  config: undefined,
  isSavedAsTemplate: undefined,
  resourceOrderId: undefined,
  tasksTruncated: undefined,
  batchTaskId: undefined,
  totalCount: undefined,
  succeedCount: undefined,
  failedCount: undefined,
  errorList: undefined,
  statusCounts: undefined,
  algName: undefined,
  company: undefined,
  type: undefined,
  videoGroupName: undefined,
  videoSourceName: undefined,
  creator: undefined,
  createdAt: undefined,
};

/**
 * A VIAS batch task: one algorithm on groups of video sources, each source a sub-task. A change of `serviceName`
 * or `serviceVersion` replaces the batch, everything else is updated in place.
 *
 * No call of the service returns the ids of the groups, regions of interest and whether a template was stored:
 * these are not checked for drift. The resource id is that of the batch.
 */
export class BatchTask extends pulumi.CustomResource implements Outputs {
  /** @internal */
  static readonly __pulumiType = typeToken("BatchTask");

  /** Algorithm that analyses the sources. */
  declare readonly serviceName: pulumi.Output<string>;
  declare readonly serviceVersion: pulumi.Output<string>;
  /** Batch name; the default one where the program gave none. */
  declare readonly name: pulumi.Output<string>;
  declare readonly description: pulumi.Output<string | undefined>;
  /** Region of the service, from the first source that named one. */
  declare readonly region: pulumi.Output<string>;
  declare readonly desiredState: pulumi.Output<"running" | "stopped" | undefined>;
  declare readonly waitFor: pulumi.Output<"accepted" | "running" | "succeeded" | undefined>;
  declare readonly triggers: pulumi.Output<unknown[] | undefined>;
  declare readonly timeouts: pulumi.Output<pulumi.Unwrap<input.Timeouts> | undefined>;
  declare readonly adopt: pulumi.Output<string | undefined>;
  /** The video sources by group; of a batch that is only read, all in one group without an id. */
  declare readonly batchInput: pulumi.Output<pulumi.Unwrap<input.BatchInput>>;
  /** Where results go. Secret where it holds header values or a URL with credentials. */
  declare readonly output: pulumi.Output<pulumi.Unwrap<input.BatchOutput>>;
  declare readonly schedule: pulumi.Output<pulumi.Unwrap<input.BatchSchedule> | undefined>;
  declare readonly config: pulumi.Output<pulumi.Unwrap<input.BatchConfig> | undefined>;
  declare readonly isSavedAsTemplate: pulumi.Output<boolean | undefined>;
  declare readonly resourceOrderId: pulumi.Output<string | undefined>;

  /** Ids of the sub-tasks, sorted, at most 1000. */
  declare readonly taskIds: pulumi.Output<string[]>;
  /** States of the sub-tasks, in the order of `taskIds`. */
  declare readonly states: pulumi.Output<string[]>;
  /** The most urgent of all states, upper case: a failed sub-task shows before a running one. */
  declare readonly state: pulumi.Output<string>;
  /** At most 100 sub-tasks as the service last showed them, the most urgent states first. */
  declare readonly tasks: pulumi.Output<output.TaskReport[]>;
  /** Whether there are more sub-tasks than `taskIds` and `states` have. */
  declare readonly tasksTruncated: pulumi.Output<boolean>;
  /** Project that the batch belongs to. */
  declare readonly projectId: pulumi.Output<string>;
  /** Base address of the service that has the batch. */
  declare readonly endpoint: pulumi.Output<string>;
  /** Steps that the next `pulumi up` finishes; empty when nothing is left to do. */
  declare readonly unfinished: pulumi.Output<output.UnfinishedStep[]>;
  /** Version of the shape of the recorded state. */
  declare readonly stateVersion: pulumi.Output<number>;
  /** Id of the batch, the same as the resource id. */
  declare readonly batchTaskId: pulumi.Output<string>;
  /** Sub-tasks that the last create or update concerned; absent where the batch was only found. */
  declare readonly totalCount: pulumi.Output<number | undefined>;
  /** Sub-tasks that it succeeded for. */
  declare readonly succeedCount: pulumi.Output<number | undefined>;
  /** Sub-tasks that it failed for. */
  declare readonly failedCount: pulumi.Output<number | undefined>;
  /** What the service said of these, at most 100 texts. */
  declare readonly errorList: pulumi.Output<string[] | undefined>;
  /** How many sub-tasks are in each state, upper case; all of them count. */
  declare readonly statusCounts: pulumi.Output<Record<string, number>>;
  /** Title of the algorithm. */
  declare readonly algName: pulumi.Output<string | undefined>;
  /** Vendor of the algorithm. */
  declare readonly company: pulumi.Output<string | undefined>;
  /** `cloud` or `edge`. */
  declare readonly type: pulumi.Output<string | undefined>;
  /** Names of the groups, joined by commas. */
  declare readonly videoGroupName: pulumi.Output<string | undefined>;
  /** Names of the sources, joined by commas. */
  declare readonly videoSourceName: pulumi.Output<string | undefined>;
  /** Who created the batch, where the service tells. */
  declare readonly creator: pulumi.Output<string | undefined>;
  /** When the batch was created, RFC 3339. */
  declare readonly createdAt: pulumi.Output<string | undefined>;

  /**
   * Declares a batch.
   *
   * @param name Logical name; part of the default batch name.
   * @param opts `customTimeouts` fills `timeouts`; `import` is refused, use the argument `adopt`.
   */
  constructor(name: string, args: input.BatchTaskArgs, opts?: pulumi.CustomResourceOptions) {
    super(BatchTask.__pulumiType, name, resourceInputs("BatchTask", name, properties, args, opts), opts);
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

  /** Whether an object is a `BatchTask`, whichever copy of this package made it. */
  static override isInstance(value: unknown): value is BatchTask {
    return hasType(value, BatchTask.__pulumiType);
  }

  /** Id of the first sub-task. */
  get taskId(): pulumi.Output<string> {
    return firstTaskId(this.taskIds);
  }
}
