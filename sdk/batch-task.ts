import type * as pulumi from "@pulumi/pulumi";
import { typeToken } from "./package-info";
import { firstTaskId, hasType, resourceInputs, TaskResource } from "./resource";
import type { LookupState, OwnProperties } from "./resource";
import type * as input from "./types/input";

/** What `BatchTask.get` may be told beyond the id. */
export type BatchTaskState = LookupState;

const properties: OwnProperties<BatchTask> = {
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
export class BatchTask extends TaskResource {
  /** @internal */
  static readonly __pulumiType = typeToken("BatchTask");

  /** Algorithm that analyses the sources. */
  declare readonly serviceName: pulumi.Output<string>;
  declare readonly serviceVersion: pulumi.Output<string>;
  /** The video sources by group; of a batch that is only read, all in one group without an id. */
  declare readonly batchInput: pulumi.Output<pulumi.Unwrap<input.BatchInput>>;
  /** Where results go. Secret where it holds header values or a URL with credentials. */
  declare readonly output: pulumi.Output<pulumi.Unwrap<input.BatchOutput>>;
  declare readonly schedule: pulumi.Output<pulumi.Unwrap<input.BatchSchedule> | undefined>;
  declare readonly config: pulumi.Output<pulumi.Unwrap<input.BatchConfig> | undefined>;
  declare readonly isSavedAsTemplate: pulumi.Output<boolean | undefined>;
  declare readonly resourceOrderId: pulumi.Output<string | undefined>;

  /** Whether there are more sub-tasks than `taskIds` and `states` have. */
  declare readonly tasksTruncated: pulumi.Output<boolean>;
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
