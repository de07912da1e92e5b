/**
 * Video-analysis tasks on Huawei Cloud and Open Telekom Cloud as Pulumi resources.
 * @module
 */
import * as schedule from "./schedule";
import * as types from "./type-namespaces";

export * from "./lookups";
export { BatchTask } from "./batch-task";
export type { BatchTaskState } from "./batch-task";
export { Provider } from "./provider";
export { ServiceTask } from "./service-task";
export type { ServiceTaskState } from "./service-task";
export { VideoAnalysisJob } from "./video-analysis-job";
export type { VideoAnalysisJobState } from "./video-analysis-job";
export type { BatchTaskArgs, ProviderArgs, ServiceTaskArgs, VideoAnalysisJobArgs } from "./types/input";
export { schedule, types };
