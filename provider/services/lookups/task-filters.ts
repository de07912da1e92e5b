/** What the lists of service tasks and of jobs have in common: filters, and the service that has to be there. */
import { failureKind, VideoAnalysisError } from "../../common/errors";
import type { TaskPage } from "../api/tasks-client";
import type { WireTask } from "../api/wire-task";

export interface TaskFilters {
  readonly state?: string | undefined;
  readonly nameLike?: string | undefined;
  readonly createdSince?: number | undefined;
  readonly createdUntil?: number | undefined;
}

interface FilterInputs extends Pick<TaskFilters, "state" | "nameLike"> {
  readonly createdSince?: string | undefined;
  readonly createdUntil?: string | undefined;
}

export function filtersOf({ state, nameLike, createdSince, createdUntil }: FilterInputs): TaskFilters {
  const time = (text: string | undefined) => (text === undefined ? undefined : Date.parse(text));
  return { state, nameLike, createdSince: time(createdSince), createdUntil: time(createdUntil) };
}

/** The filters where the service has none. A name matches by any part of it, letter case aside. */
export function matches(
  { state, nameLike, createdSince, createdUntil }: TaskFilters,
  task: WireTask,
): boolean {
  const created = Date.parse(task.created_at ?? "");
  return (
    (state === undefined || task.state?.toUpperCase() === state) &&
    (nameLike === undefined || (task.name ?? "").toLowerCase().includes(nameLike.toLowerCase())) &&
    (createdSince === undefined || created >= createdSince) &&
    (createdUntil === undefined || created <= createdUntil)
  );
}

/** A list names no task: what it does not find is the service. */
export async function ofService<T>(
  service: string,
  hint: string,
  ask: () => Promise<TaskPage<T>>,
): Promise<TaskPage<T>> {
  try {
    return await ask();
  } catch (error) {
    if (failureKind(error) !== "not-found") throw error;
    throw new VideoAnalysisError(
      "SERVICE_NOT_FOUND",
      `the ${service} does not exist in this project and region. Check it, the project and the subscription.${hint}`,
      { cause: error },
    );
  }
}
