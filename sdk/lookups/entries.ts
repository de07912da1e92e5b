/** What the lookups of tasks answer. */
import type * as pulumi from "@pulumi/pulumi";
import type { HostingOutput, HostingResult, JobReport, ServiceTitle, TaskReport } from "../types/output";
import type * as input from "../types/input";

/** Where an entry was found. */
export interface Place {
  /** Region of the service. */
  region: string;
  /** Project that it belongs to. */
  projectId: string;
  /** Base address of the service. */
  endpoint: string;
}

/** What every task, batch and job has. */
interface AnyEntry<Report extends TaskReport> extends Place {
  /** As `adopt` and `video-analysis import` take it. */
  id: string;
  /** Name at the service. */
  name: string;
  description?: string;
  /** The most urgent of all states, upper case: a failed task shows before a running one. */
  state: string;
  /** When the first of the tasks was created, RFC 3339. */
  createdAt?: string;
  /** When the state of one of the tasks last changed, RFC 3339. */
  updatedAt?: string;
  /** Ids of the tasks; of a batch those of its sub-tasks, sorted. */
  taskIds: string[];
  /** States of the tasks, in the order of `taskIds`. */
  states: string[];
  /** The tasks as the service showed them; of a batch at most 100, the most urgent states first. */
  tasks: Report[];
}

/** A ModelArts service task. */
export interface ServiceTaskEntry extends AnyEntry<TaskReport> {
  serviceId: string;
  /** Name of the ModelArts service, where it tells. */
  serviceName?: string;
  /** Who created the task, where the service tells. */
  creator?: string;
  schedule?: pulumi.Unwrap<input.TaskSchedule>;
  /**
   * Where the video comes from. May hold a password, header values and URLs with credentials, which the plain functions
   * return as they come; whether the service masks them is not documented.
   */
  input: pulumi.Unwrap<input.TaskInput>;
  /** Where results go. May hold header values and URLs with credentials. */
  output: pulumi.Unwrap<input.TaskOutput>;
  config?: Record<string, unknown>;
}

/** A VAS job. */
export interface VideoAnalysisJobEntry extends AnyEntry<JobReport> {
  serviceName: string;
  serviceVersion: string;
  /** Title of the service, where it tells. */
  serviceTitle?: ServiceTitle;
  /** Who created the job, where the service tells. */
  creator?: string;
  timing?: pulumi.Unwrap<input.JobTiming>;
  /**
   * Where the video comes from. May hold a password, header values and URLs with credentials, which the plain functions
   * return as they come; whether the service masks them is not documented.
   */
  input: pulumi.Unwrap<input.JobInput>;
  /** Where results go. May hold header values and URLs with credentials. */
  output: pulumi.Unwrap<input.JobOutput>;
  serviceConfig?: pulumi.Unwrap<input.JobServiceConfig>;
  edgePoolId?: string;
  resourceOrderId?: string;
  /** Where hosted results are; of several jobs in `tasks`, unless it is the same for all. */
  hostingOutput?: HostingOutput;
  /** What has become of the hosted result file, which only `getVideoAnalysisJob` tells. */
  hostingResult?: HostingResult;
}

/** A batch as the list of batches tells it. */
export interface BatchTaskSummary extends Place {
  /** Id of the batch, as `adopt` and `video-analysis import` take it. */
  id: string;
  /** The same. */
  batchTaskId: string;
  /** Name at the service. */
  name: string;
  /** The most urgent of the sub-tasks' states, upper case; empty where there is none. */
  state: string;
  /** How many sub-tasks are in each state, upper case. */
  statusCounts: Record<string, number>;
  /** Number of sub-tasks, which only the list tells. */
  taskCount?: number;
  /** When the batch was created, RFC 3339. */
  createdAt?: string;
  /** Title of the algorithm. */
  algName?: string;
  /** Vendor of the algorithm. */
  company?: string;
  /** `cloud` or `edge`. */
  type?: string;
  /** Names of the groups, joined by commas. */
  videoGroupName?: string;
  /** Names of the sources, joined by commas. */
  videoSourceName?: string;
}

/**
 * A batch with what its sub-tasks tell. No call returns the algorithm's name and version, the ids of the groups and
 * regions of interest.
 */
export interface BatchTaskEntry extends BatchTaskSummary, AnyEntry<TaskReport> {
  /** The video sources, all in one group without an id; absent where not all sub-tasks were looked at. */
  batchInput?: { videoSourceGroup: { videoSourceList: { videoSourceId: string }[] }[] };
  /** Where results go. May hold header values and URLs with credentials. Absent while no sub-task could be read. */
  output?: pulumi.Unwrap<input.BatchOutput>;
  schedule?: pulumi.Unwrap<input.BatchSchedule>;
  config?: pulumi.Unwrap<input.BatchConfig>;
  resourceOrderId?: string;
  /** Whether there are more sub-tasks than `taskIds` and `states` have. */
  tasksTruncated: boolean;
  /** Who created the batch, where the service tells. */
  creator?: string;
}
