/** Lookups of tasks, batches and jobs that exist, whoever made them. None of them changes anything. */
import type * as pulumi from "@pulumi/pulumi";
import type {
  GetBatchTaskArgs,
  GetServiceTaskArgs,
  GetVideoAnalysisJobArgs,
  ListBatchTasksArgs,
  ListServiceTasksArgs,
  ListVideoAnalysisJobsArgs,
} from "./arguments";
import { get, getOutput, list, listOutput } from "./ask";
import type { LookupInputs } from "./ask";
import type { LookupOptions } from "./configuration";
import type { BatchTaskEntry, BatchTaskSummary, ServiceTaskEntry, VideoAnalysisJobEntry } from "./entries";
import type { LookupList } from "./list";

/**
 * Reads a ModelArts service task, whether or not a stack manages it.
 *
 * @example
 * const task = await va.getServiceTask({ id: "<serviceId>/<taskId>" });
 * @throws `NOT_FOUND` where a task of the id does not exist, `SERVICE_NOT_FOUND` where its service does not. Source:
 * ModelArts, Obtaining a Service Task.
 */
export function getServiceTask(args: GetServiceTaskArgs, options?: LookupOptions): Promise<ServiceTaskEntry> {
  return get("getServiceTask", args, options);
}

/** The same with arguments that may be outputs. A secret where the task holds passwords, header values or such URLs. */
export function getServiceTaskOutput(
  args: LookupInputs<GetServiceTaskArgs>,
  options?: LookupOptions,
): pulumi.Output<ServiceTaskEntry> {
  return getOutput("getServiceTask", args, options);
}

/**
 * Lists the tasks of a ModelArts service.
 *
 * @example
 * for await (const task of va.listServiceTasks({ serviceId, platform: "ief", state: "FAILED" })) console.log(task.name);
 * @throws `SERVICE_NOT_FOUND` where there is no such service. Source: ModelArts, Obtaining Service Tasks.
 */
export function listServiceTasks(
  args: ListServiceTasksArgs,
  options?: LookupOptions,
): LookupList<ServiceTaskEntry> {
  return list("listServiceTasks", args, options);
}

/** The whole list, with arguments that may be outputs. A secret where a task holds passwords, header values or such URLs. */
export function listServiceTasksOutput(
  args: LookupInputs<ListServiceTasksArgs>,
  options?: LookupOptions,
): pulumi.Output<ServiceTaskEntry[]> {
  return listOutput("listServiceTasks", args, options);
}

/**
 * Reads a VIAS batch: there is no call for one, so it is put together from the lists of batches and sub-tasks, and
 * from the details of sub-tasks.
 *
 * @throws `NOT_FOUND` where there is no such batch. Source: VIAS, ListBatchTasks, ListTasks and ShowTaskInfo.
 */
export function getBatchTask(args: GetBatchTaskArgs, options?: LookupOptions): Promise<BatchTaskEntry> {
  return get("getBatchTask", args, options);
}

/** The same with arguments that may be outputs. A secret where the batch holds header values or URLs with credentials. */
export function getBatchTaskOutput(
  args: LookupInputs<GetBatchTaskArgs>,
  options?: LookupOptions,
): pulumi.Output<BatchTaskEntry> {
  return getOutput("getBatchTask", args, options);
}

/**
 * Lists the VIAS batches of the project, the oldest first. With `details` each as `getBatchTask` tells it.
 *
 * @example
 * const failed = await va.listBatchTasks({ state: "FAILED" });
 * Source: VIAS, ListBatchTasks.
 */
export function listBatchTasks(
  args: ListBatchTasksArgs & { details: true },
  options?: LookupOptions,
): LookupList<BatchTaskEntry>;
export function listBatchTasks(
  args?: ListBatchTasksArgs,
  options?: LookupOptions,
): LookupList<BatchTaskSummary>;
export function listBatchTasks(
  args?: ListBatchTasksArgs,
  options?: LookupOptions,
): LookupList<BatchTaskSummary> {
  return list("listBatchTasks", args, options);
}

/** The whole list, with arguments that may be outputs. With `details`, a secret where a batch holds header values. */
export function listBatchTasksOutput(
  args: LookupInputs<ListBatchTasksArgs> & { details: true },
  options?: LookupOptions,
): pulumi.Output<BatchTaskEntry[]>;
export function listBatchTasksOutput(
  args?: LookupInputs<ListBatchTasksArgs>,
  options?: LookupOptions,
): pulumi.Output<BatchTaskSummary[]>;
export function listBatchTasksOutput(
  args?: LookupInputs<ListBatchTasksArgs>,
  options?: LookupOptions,
): pulumi.Output<BatchTaskSummary[]> {
  return listOutput("listBatchTasks", args, options);
}

/**
 * Reads a VAS job, whether or not a stack manages it.
 *
 * @throws `NOT_FOUND` where a job of the id does not exist, `SERVICE_NOT_FOUND` where its service does not. Source:
 * VAS, ShowTask.
 */
export function getVideoAnalysisJob(
  args: GetVideoAnalysisJobArgs,
  options?: LookupOptions,
): Promise<VideoAnalysisJobEntry> {
  return get("getVideoAnalysisJob", args, options);
}

/** The same with arguments that may be outputs. A secret where the job holds passwords, header values or such URLs. */
export function getVideoAnalysisJobOutput(
  args: LookupInputs<GetVideoAnalysisJobArgs>,
  options?: LookupOptions,
): pulumi.Output<VideoAnalysisJobEntry> {
  return getOutput("getVideoAnalysisJob", args, options);
}

/**
 * Lists the jobs of a VAS service, the oldest first.
 *
 * @throws `SERVICE_NOT_FOUND` where there is no such service. Source: VAS, ListTasksDetails.
 */
export function listVideoAnalysisJobs(
  args: ListVideoAnalysisJobsArgs,
  options?: LookupOptions,
): LookupList<VideoAnalysisJobEntry> {
  return list("listVideoAnalysisJobs", args, options);
}

/** The whole list, with arguments that may be outputs. A secret where a job holds passwords, header values or such URLs. */
export function listVideoAnalysisJobsOutput(
  args: LookupInputs<ListVideoAnalysisJobsArgs>,
  options?: LookupOptions,
): pulumi.Output<VideoAnalysisJobEntry[]> {
  return listOutput("listVideoAnalysisJobs", args, options);
}
