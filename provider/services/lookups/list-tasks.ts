/** The tasks of a ModelArts service, and the jobs of a VAS service. */
import { z } from "zod";
import { ModelArtsClient } from "../api/modelarts";
import type { TaskPage } from "../api/tasks-client";
import { VasClient } from "../api/vas";
import type { WireTask } from "../api/wire-task";
import { failureKind, VideoAnalysisError } from "../../common/errors";
import type { PropertyMap } from "../../common/json";
import { serviceTask } from "../service-task/definition";
import { PLATFORMS } from "../service-task/schema";
import { toLiveTask as toServiceTask } from "../service-task/mapping";
import { videoAnalysisJob } from "../video-analysis-job/definition";
import { toLiveTask as toJob } from "../video-analysis-job/mapping";
import { TASK_STATES } from "../shapes/states";
import { listedEntry } from "./entries";
import { jobPageSize } from "../video-analysis-job/resource";
import { listerOf } from "./listing";
import { commonArguments, creationArguments, pagingArguments, type ListLookup } from "./lookup";

/** ModelArts documents neither a maximum nor a default: its own example asks for 100. */
const SERVICE_PAGE = 100;
/** The VAS definition; where a service takes only the 100 of the older pages, the client asks for these. */
const JOB_PAGE = 1000;

interface TaskFilters {
  readonly state?: string | undefined;
  readonly nameLike?: string | undefined;
  readonly createdSince?: number | undefined;
  readonly createdUntil?: number | undefined;
}

function filtersIn({ state, nameLike, createdSince, createdUntil }: PropertyMap): TaskFilters {
  const time = (text: unknown): number | undefined =>
    typeof text === "string" ? Date.parse(text) : undefined;
  return {
    state: state as string | undefined,
    nameLike: nameLike as string | undefined,
    createdSince: time(createdSince),
    createdUntil: time(createdUntil),
  };
}

/** The filters where the service has none. A name matches by any part of it, letter case aside. */
function matches({ state, nameLike, createdSince, createdUntil }: TaskFilters, task: WireTask): boolean {
  const created = Date.parse(task.created_at ?? "");
  return (
    (state === undefined || task.state?.toUpperCase() === state) &&
    (nameLike === undefined || (task.name ?? "").toLowerCase().includes(nameLike.toLowerCase())) &&
    (createdSince === undefined || created >= createdSince) &&
    (createdUntil === undefined || created <= createdUntil)
  );
}

export const listServiceTasks: ListLookup = {
  arguments: z.strictObject({
    serviceId: z.string().min(1),
    platform: z.enum(PLATFORMS).optional(),
    state: z.enum(TASK_STATES).optional(),
    nameLike: z.string().min(1).optional(),
    ...creationArguments,
    ...pagingArguments(1, SERVICE_PAGE),
    ...commonArguments,
  }),
  entry: serviceTask.arguments,
  async open(runtime, args) {
    const subject = "listServiceTasks";
    const { location, client } = await runtime.connect(
      "modelarts",
      { args },
      runtime.readDeadline(subject, args),
    );
    const api = new ModelArtsClient(client);
    const {
      serviceId,
      pageSize = SERVICE_PAGE,
      platform,
      limit,
    } = args as PropertyMap & ServiceTaskArguments;
    const filters = filtersIn(args);
    // Edge refuses all but the paging; without a platform it may be Edge.
    const sent = platform === "ief" ? { ...filters, oldestFirst: true } : {};
    return listerOf(
      {
        page: (offset) =>
          ofService(`ModelArts service ${serviceId}`, "services", () =>
            api.listTasks(
              serviceId,
              { offset, limit: pageSize, ...sent },
              runtime.readDeadline(subject, args),
            ),
          ),
        keep: (task) => platform === "ief" || matches(filters, task),
        entry: (task) => listedEntry(serviceTask, { serviceId }, location, toServiceTask(task, [])),
      },
      limit,
    );
  },
};

interface ServiceTaskArguments {
  readonly serviceId: string;
  readonly platform?: string;
  readonly pageSize?: number;
  readonly limit?: number;
}

export const listVideoAnalysisJobs: ListLookup = {
  arguments: z.strictObject({
    serviceName: z.string().min(1),
    serviceVersion: z.string().min(1).optional(),
    state: z.enum(TASK_STATES).optional(),
    nameLike: z.string().min(1).optional(),
    idLike: z
      .string()
      .regex(/^[0-9a-z]{1,32}$/, { error: "expected 1 to 32 lower-case letters and digits" })
      .optional(),
    ...creationArguments,
    ...pagingArguments(1, JOB_PAGE),
    ...commonArguments,
  }),
  entry: videoAnalysisJob.arguments,
  async open(runtime, args) {
    const subject = "listVideoAnalysisJobs";
    const { location, client } = await runtime.connect("iva", { args }, runtime.readDeadline(subject, args));
    const api = new VasClient(client, jobPageSize(runtime.shared));
    const { serviceName, serviceVersion, idLike, pageSize, limit } = args as PropertyMap & JobArguments;
    const filters = { ...filtersIn(args), serviceVersion, idLike, limit: pageSize, oldestFirst: true };
    return listerOf(
      {
        page: (offset) =>
          ofService(`VAS service ${serviceName}`, "jobs", () =>
            api.listTasks(serviceName, { offset, ...filters }, runtime.readDeadline(subject, args)),
          ),
        entry: (job) => listedEntry(videoAnalysisJob, { serviceName }, location, toJob(job, [])),
      },
      limit,
    );
  },
};

interface JobArguments {
  readonly serviceName: string;
  readonly serviceVersion?: string;
  readonly idLike?: string;
  readonly pageSize?: number;
  readonly limit?: number;
}

/** A list names no task: what it does not find is the service. */
async function ofService<T>(
  service: string,
  shownBy: "services" | "jobs",
  ask: () => Promise<TaskPage<T>>,
): Promise<TaskPage<T>> {
  try {
    return await ask();
  } catch (error) {
    if (failureKind(error) !== "not-found") throw error;
    const hint = shownBy === "services" ? " `video-analysis ls services` shows what there is." : "";
    throw new VideoAnalysisError(
      "SERVICE_NOT_FOUND",
      `the ${service} does not exist in this project and region. Check it, the project and the subscription.${hint}`,
      { cause: error },
    );
  }
}
