/** Names of the resources, as classes, type tokens and commands have them; plain data, for what loads no schema. */
export const RESOURCE_NAMES = ["ServiceTask", "BatchTask", "VideoAnalysisJob"] as const;

export type ResourceName = (typeof RESOURCE_NAMES)[number];
