/** The shapes of outputs. */

/** What the algorithm of a failed task reports. */
export interface TaskError {
  code: string;
  message: string;
}

/** One task as the service last showed it. */
export interface TaskReport {
  /** Task id. */
  id: string;
  /** State in upper case, such as `RUNNING`, `PENDING`, `SUCCEEDED` or `FAILED`. */
  state: string;
  /** The service's words on some of the states, cut at 200 characters. */
  status?: string;
  /** Why the task failed. */
  error?: TaskError;
  /** `ACTIVATED` or `INACTIVATED`; scheduled tasks only. */
  scheduleStatus?: string;
  /** RFC 3339. */
  createdAt: string;
  /** Time of the last change of the state, RFC 3339. */
  updatedAt: string;
}

/** A step that the next `pulumi up` finishes. */
export type UnfinishedStep = "start" | "wait" | "partial";
