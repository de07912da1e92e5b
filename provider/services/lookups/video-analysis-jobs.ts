/** Jobs of VAS services. */
import { z } from "zod";
import { VasClient } from "../api/vas";
import { field } from "../../core/schema/field";
import { videoAnalysisJob } from "../video-analysis-job/definition";
import { toLiveTask } from "../video-analysis-job/mapping";
import { jobPageSize, videoAnalysisJobResource } from "../video-analysis-job/resource";
import { videoAnalysisJobArguments, videoAnalysisJobOutputs } from "../video-analysis-job/schema";
import { listedEntry, taskMembers } from "./entries";
import { getTask } from "./get-task";
import { creationInputs, idInput, listInputs, lookupInputs, optional, pageSize, taskState } from "./inputs";
import { listerOf } from "./listing";
import { getLookup, listLookup } from "./lookup";
import { filtersOf, ofService } from "./task-filters";

/** The VAS definition; where a service takes only the 100 of the older pages, the client asks for these. */
const MAX_PAGE = 1000;

const { serviceName, serviceVersion, timing, input, output, ...args } = videoAnalysisJobArguments.shape;
const { serviceTitle, creator, hostingOutput, hostingResult } = videoAnalysisJobOutputs.shape;

const videoAnalysisJobEntry = field(
  z.object({
    ...taskMembers(videoAnalysisJobOutputs),
    serviceName,
    serviceVersion,
    serviceTitle,
    creator,
    timing,
    input,
    output,
    serviceConfig: args.serviceConfig,
    edgePoolId: args.edgePoolId,
    resourceOrderId: args.resourceOrderId,
    hostingOutput,
    hostingResult: field(hostingResult.clone(), {
      description: "What has become of the hosted result file. Only `getVideoAnalysisJob` shows it.",
    }),
  }),
  { description: "A VAS job.", typeName: "VideoAnalysisJobEntry" },
);

export const getVideoAnalysisJob = getLookup({
  summary: "Reads a VAS job, whether or not a stack manages it.",
  example: { id: "<serviceName>/<taskId>" },
  errors: {
    NOT_FOUND: "a job of the id does not exist",
    SERVICE_NOT_FOUND: "its service does not exist",
  },
  source: "VAS, ShowTask",
  inputs: z.strictObject({
    id: idInput("`<serviceName>/<taskId>`; several jobs of one resource: `<serviceName>/<taskId>,<taskId>`."),
    ...lookupInputs.shape,
  }),
  entry: videoAnalysisJobEntry,
  get: (runtime, inputs) => getTask(videoAnalysisJobResource, runtime, inputs),
});

export const listVideoAnalysisJobs = listLookup({
  summary: "Lists the jobs of a VAS service, the oldest first.",
  example: { serviceName: "video-analyze", state: "FAILED" },
  errors: { SERVICE_NOT_FOUND: "there is no such service" },
  source: "VAS, ListTasksDetails",
  inputs: z.strictObject({
    serviceName: field(z.string().min(1), {
      description: "Name of the VAS service, which no call lists.",
    }),
    serviceVersion: optional(z.string().min(1), "Only jobs of this version of the service."),
    state: taskState("Only jobs in this state."),
    nameLike: optional(z.string().min(1), "Only names with this text in them."),
    idLike: optional(
      z.string().regex(/^[0-9a-z]{1,32}$/, { error: "expected 1 to 32 lower-case letters and digits" }),
      "Only ids with this text in them: 1 to 32 lower-case letters and digits.",
    ),
    pageSize: pageSize(
      1,
      MAX_PAGE,
      "Jobs of one request, 1 to 1000 (default); where the service takes only 100, these are asked for.",
    ),
    ...creationInputs.shape,
    ...listInputs.shape,
  }),
  entry: videoAnalysisJobEntry,
  async open(runtime, inputs) {
    const subject = "listVideoAnalysisJobs";
    const deadline = () => runtime.readDeadline(subject, inputs);
    const { location, client } = await runtime.connect("iva", { args: inputs }, deadline());
    const api = new VasClient(client, jobPageSize(runtime.shared));
    const { serviceName, serviceVersion, idLike, limit } = inputs;
    const filters = { ...filtersOf(inputs), serviceVersion, idLike };
    const query = { ...filters, limit: inputs.pageSize, oldestFirst: true };
    return listerOf(
      {
        page: (offset) =>
          ofService(`VAS service ${serviceName}`, "", () =>
            api.listTasks(serviceName, { offset, ...query }, deadline()),
          ),
        entry: (job) => listedEntry(videoAnalysisJob, { serviceName }, location, toLiveTask(job, [])),
      },
      limit,
    );
  },
});
