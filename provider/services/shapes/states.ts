/** States of tasks, as the three services document them. */

/** Of ModelArts and VAS. */
export const TASK_STATES = [
  "PENDING",
  "RECOVERING",
  "STARTING",
  "UPGRADING",
  "RUNNING",
  "STOPPING",
  "STOPPED",
  "SUCCEEDED",
  "FAILED",
  "CREATE_FAILED",
  "START_FAILED",
  "ABNORMAL",
  "DELETING",
  "FREEZING",
  "FROZEN",
] as const;

/** Of the sub-tasks of VIAS: three more. */
export const SUB_TASK_STATES = [
  ...TASK_STATES,
  "STOPPED_NO_SERVICE",
  "SCHEDULING",
  "LACK_OF_RESOURCES",
] as const;
