/** The contract between the lifecycle core and a resource: the definition and the gateway that its folder provides. */
import type { z } from "zod";
import type { Deadline } from "../common/deadline";
import type { PropertyMap, Path } from "../common/json";
import type { Remedy } from "../common/remedies";

/** One object at the service, in the spelling of the arguments. */
export interface LiveTask {
  readonly id: string;
  readonly name: string;
  /** Upper case; the documents' set, or a word that they do not know. */
  readonly state: string;
  readonly status?: string;
  readonly error?: { readonly code?: string; readonly message?: string };
  readonly scheduleStatus?: string;
  readonly createdAt?: string;
  readonly updatedAt?: string;
  /** The arguments that a read can observe. */
  readonly args: PropertyMap;
  /** Sub-tasks of an object that is a group of them; the group has no state of its own. */
  readonly parts?: readonly LiveTask[];
  /** Sub-tasks that the group has by its own account; more than `parts` while some are not listed yet. */
  readonly partCount?: number;
  /** Other documented response fields, in camelCase. */
  readonly outputFields: PropertyMap;
}

/** Result of a create. */
export interface Creation {
  readonly ids: readonly string[];
  /** Failures of the service to make parts, as sentences; the rest exists. */
  readonly problems: readonly string[];
}

/** Result of a read, and the kind of answer: a list may be older than the answer that a show gives now. */
export interface ReadTask<T = LiveTask> {
  readonly task: T | undefined;
  readonly source: "list" | "show";
}

/**
 * Result of a delete. `not-found` is the word of the DELETE alone, which a show has to confirm; `gone` is proved.
 */
export type Removal = "accepted" | "not-found" | "gone";

/** The calls of one service, bound to project, endpoint and service id. All reject with `RequestError`. */
export interface TaskGateway {
  /** Posts once. An error whose effect is `unknown` may have created tasks. */
  create(args: PropertyMap, deadline: Deadline): Promise<Creation>;
  /**
   * All tasks of exactly this name, from a list that others who look share, also one that began a moment before the call.
   * `fresh` takes a query of its own, and forbids a scan remembered from earlier in the process.
   */
  find(name: string, deadline: Deadline, options?: { fresh?: boolean }): Promise<readonly LiveTask[]>;
  /** The task, or undefined on a not-found answer (of the task or of its service). */
  show(taskId: string, deadline: Deadline): Promise<LiveTask | undefined>;
  /**
   * The task as a refresh needs it: from a list shared with other reads where that takes fewer calls, never older
   * than this process's last write to the service, and absent only where `show` says so.
   */
  read(taskId: string, deadline: Deadline): Promise<ReadTask>;
  /**
   * The task for an operation that waits for it: from a list that began after the task's last own write, and after the
   * last look at it, where others wait too. Absent by a list only where that is complete; every state that a start, a
   * stop or an update of this process leads to is shown.
   */
  look(taskId: string, deadline: Deadline): Promise<ReadTask>;
  /** Asks for deletion. */
  remove(taskId: string, deadline: Deadline): Promise<Removal>;
  /** Brings the arguments to an existing task. Absent where the API has no update. */
  update?(taskId: string, args: PropertyMap, changed: readonly string[], deadline: Deadline): Promise<void>;
  start(taskId: string, deadline: Deadline): Promise<void>;
  stop(taskId: string, deadline: Deadline): Promise<void>;
  /** Whether a delete refused for the task's state is worth a stop first. */
  readonly canStop: boolean;
  /** Resolves when the service's list answers, rejects with `SERVICE_NOT_FOUND` when the service is missing. */
  confirmService(deadline: Deadline): Promise<void>;
  /** Where names are unique: endpoint, project and service, as one key. */
  readonly scope: string;
}

/** A task as the list of its service has it. */
export interface ListedTask {
  readonly id: string;
  readonly name: string;
  /** Upper case; absent where the list does not show it. */
  readonly state?: string;
  readonly createdAt?: string;
}

/** A gateway that can list all tasks. */
export interface TaskInventory {
  inventory(deadline: Deadline): Promise<readonly ListedTask[]>;
}

export function hasInventory(gateway: TaskGateway): gateway is TaskGateway & TaskInventory {
  return "inventory" in gateway;
}

/** Where a resource lives, as outputs record it. */
export interface Location {
  readonly region: string;
  readonly projectId: string;
  readonly endpoint: string;
}

export interface Binding extends Location {
  readonly gateway: TaskGateway;
}

export interface TaskId {
  /** Arguments that the id carries (`serviceId`). */
  readonly args: PropertyMap;
  readonly taskIds: readonly string[];
}

/** One refused property. */
export interface Failure {
  readonly path: Path;
  readonly reason: string;
  readonly remedies?: readonly Remedy[];
}

/** Reads arguments in a rule; values that are unknown in a preview read as undefined. */
export interface RuleContext {
  readonly args: PropertyMap;
  /** True when the value at the path, or anything around it, is not known yet. */
  isUnknown(path: Path): boolean;
  fail(path: Path, reason: string): void;
}

/** Makes of outputs in the shape of one version those of the next. Pure; knows nothing but the two shapes. */
export type Upgrade = (outputs: PropertyMap) => PropertyMap;

export interface ResourceDefinition {
  readonly type: string;
  /**
   * From version 1 of the recorded outputs to today's, a step each. Appended to when the shape changes, and never
   * edited: every hook passes what a state holds through the steps that are left to do.
   */
  readonly upgrades: readonly Upgrade[];
  readonly arguments: z.ZodObject;
  /** Rules across fields; run on every check, also where single fields are wrong or unknown. */
  readonly rules: readonly ((context: RuleContext) => void)[];
  /** Arguments whose change replaces the resource. */
  readonly immutable: readonly string[];
  /** Arguments that the update call takes. */
  readonly updatable: readonly string[];
  /** Changes of updatable arguments that replace all the same. */
  replacingUpdates(recorded: PropertyMap, inputs: PropertyMap): readonly string[];
  /** Why the create after a delete may be refused for a task that was taken over; absent where checks find all that. */
  doubtedReplacement?(inputs: PropertyMap): string | undefined;
  /** Arguments that a read can observe. */
  readonly observed: readonly string[];
  /** Arguments within whose values a name is unique. */
  readonly nameScope: readonly string[];
  /**
   * Live arguments in the structure of the recorded ones, where the service shows them in another.
   *
   * @param explain puts the written values in the place of forms that are known
   */
  alignToRecorded(
    args: PropertyMap,
    live: LiveTask,
    explain?: (shown: PropertyMap) => PropertyMap,
  ): PropertyMap;
  /** The list in the arguments each element of which is a task; absent where a resource always is one task. */
  readonly members?: { readonly path: Path };
  /** Other response fields; a field that an answer lacks keeps its recorded value. */
  readonly outputFields: readonly string[];
  /** Arguments with this package's defaults filled in, as they are sent and compared. */
  withDefaults(args: PropertyMap): PropertyMap;
  /** Whether the input never ends, so that no task on it can succeed. */
  isEndless(args: PropertyMap): boolean;
  /** Whether the tasks run on a schedule. */
  isScheduled(args: PropertyMap): boolean;
  formatId(args: PropertyMap, taskIds: readonly string[]): string;
  /** Throws `INVALID_ID`. */
  parseId(id: string): TaskId;
}

/** The resource that a gateway is opened for: the arguments, and its recorded location. */
export interface Target {
  readonly args: PropertyMap;
  /** Arguments before a change: a service may repeat them as well. */
  readonly recordedArgs?: PropertyMap;
  readonly recorded?: Partial<Location>;
}
