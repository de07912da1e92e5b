/**
 * Video-analysis tasks on Huawei Cloud and Open Telekom Cloud as Pulumi resources.
 * @module
 */
import * as types from "./type-namespaces";

export { Provider } from "./provider";
export { ServiceTask } from "./service-task";
export type { ServiceTaskState } from "./service-task";
export type { ProviderArgs, ServiceTaskArgs } from "./types/input";
export { types };
