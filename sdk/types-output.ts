/** The shapes of outputs. */

/** The states that ModelArts and VAS document. */
export type TaskState =
  | "PENDING"
  | "RECOVERING"
  | "STARTING"
  | "UPGRADING"
  | "RUNNING"
  | "STOPPING"
  | "STOPPED"
  | "SUCCEEDED"
  | "FAILED"
  | "CREATE_FAILED"
  | "START_FAILED"
  | "ABNORMAL"
  | "DELETING"
  | "FREEZING"
  | "FROZEN";

/** The states that VIAS documents for sub-tasks of batches. */
export type BatchState = TaskState | "STOPPED_NO_SERVICE" | "SCHEDULING" | "LACK_OF_RESOURCES";

/** What the algorithm of a failed task reports. */
export interface TaskError {
  /** The code that the algorithm gives. */
  code: string;
  /** Its words, cut at 200 characters. */
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

/** Title of a video analysis service. */
export interface ServiceTitle {
  /** In Chinese. */
  zh?: string;
  /** In English. */
  en?: string;
}

/** A file in OBS. */
export interface HostedFile {
  /** OBS bucket. */
  bucket?: string;
  /** Path in the bucket. */
  path?: string;
}

/** Hosted results as the service shows them; what the program wrote stays in `output.hosting`. */
export interface HostingOutput {
  /** Where the result files are; empty as long as there are none. */
  obs?: HostedFile[];
  /** When the results expire, milliseconds since 1970. */
  resultJsonOverdueAt?: number;
  /** Kinds of result data that are hosted. */
  dataCategory?: string[];
}

/** The hosted result file of a job. */
export interface HostingResult {
  /** `NOT_GENERATED`, `AVAILABLE`, `EXCEED_IN_SIZE`, `OVERDUE` or `DELETED_MISTAKENLY`. */
  status?: string;
  /** Content of the file, cut at 200 characters. */
  data?: string;
  /** Such as `1024 bytes`. */
  fileSize?: string;
  /** When the file expires, RFC 3339. */
  overdueDate?: string;
}

/** One VAS job as the service last showed it. What is the same for all jobs is with the resource instead. */
export interface JobReport extends TaskReport {
  serviceTitle?: ServiceTitle;
  creator?: string;
  hostingOutput?: HostingOutput;
  hostingResult?: HostingResult;
}

/** A step that the next `pulumi up` finishes. */
export type UnfinishedStep = "start" | "wait" | "partial";
