/** Tasks of ModelArts services. */
import { z } from "zod";
import { ModelArtsClient } from "../api/modelarts";
import { field } from "../../core/schema/field";
import { serviceTask } from "../service-task/definition";
import { toLiveTask } from "../service-task/mapping";
import { serviceTaskResource } from "../service-task/resource";
import { PLATFORMS, serviceTaskArguments, serviceTaskOutputs } from "../service-task/schema";
import { listedEntry, taskMembers } from "./entries";
import { getTask } from "./get-task";
import { creationInputs, idInput, listInputs, lookupInputs, optional, pageSize, taskState } from "./inputs";
import { listerOf } from "./listing";
import { getLookup, listLookup } from "./lookup";
import { filtersOf, matches, ofService } from "./task-filters";

/** ModelArts documents neither a maximum nor a default: its own example asks for 100. */
const PAGE = 100;

const { serviceId, schedule, input, output, config } = serviceTaskArguments.shape;
const { serviceName, creator } = serviceTaskOutputs.shape;

const serviceTaskEntry = field(
  z.object({
    ...taskMembers(serviceTaskOutputs),
    serviceId,
    serviceName,
    creator,
    schedule,
    input,
    output,
    config,
  }),
  { description: "A ModelArts service task.", typeName: "ServiceTaskEntry" },
);

export const getServiceTask = getLookup({
  summary: "Reads a ModelArts service task, whether or not a stack manages it.",
  example: { id: "<serviceId>/<taskId>" },
  errors: {
    NOT_FOUND: "a task of the id does not exist",
    SERVICE_NOT_FOUND: "its service does not exist",
  },
  source: "ModelArts, Obtaining a Service Task",
  inputs: z.strictObject({
    id: idInput("`<serviceId>/<taskId>`; several tasks of one resource: `<serviceId>/<taskId>,<taskId>`."),
    ...lookupInputs.shape,
  }),
  entry: serviceTaskEntry,
  get: (runtime, inputs) => getTask(serviceTaskResource, runtime, inputs),
});

export const listServiceTasks = listLookup({
  summary: "Lists the tasks of a ModelArts service.",
  example: { serviceId: "2a2db77f-0000-4000-8000-000000000001", state: "FAILED" },
  errors: { SERVICE_NOT_FOUND: "there is no such service" },
  source: "ModelArts, Obtaining Service Tasks",
  inputs: z.strictObject({
    serviceId: field(z.string().min(1), {
      description: "Id of the ModelArts service, as `listServices` or `video-analysis ls services` show it.",
    }),
    platform: optional(
      z.enum(PLATFORMS),
      '`"ief"`: the service itself filters, and lists the oldest first. `"edge"`, or left out: ModelArts Edge takes no ' +
        "filters, so that all pages are read and filtered here, in the service's own order.",
    ),
    state: taskState("Only tasks in this state."),
    nameLike: optional(
      z.string().min(1),
      "Only names with this text in them. Filtered here, letter case does not count; on IEF the service decides.",
    ),
    pageSize: pageSize(
      1,
      PAGE,
      "Tasks of one request, 1 to 100 (default): ModelArts documents no maximum, its example asks for 100.",
    ),
    ...creationInputs.shape,
    ...listInputs.shape,
  }),
  entry: serviceTaskEntry,
  async open(runtime, inputs) {
    const subject = "listServiceTasks";
    const deadline = () => runtime.readDeadline(subject, inputs);
    const { location, client } = await runtime.connect("modelarts", { args: inputs }, deadline());
    const api = new ModelArtsClient(client);
    const { serviceId, platform, limit } = inputs;
    const filters = filtersOf(inputs);
    // Edge refuses all but the paging; without a platform it may be Edge.
    const sent = platform === "ief" ? { ...filters, oldestFirst: true } : {};
    const query = { limit: inputs.pageSize ?? PAGE, ...sent };
    const hint = " `video-analysis ls services` shows what there is.";
    return listerOf(
      {
        page: (offset) =>
          ofService(`ModelArts service ${serviceId}`, hint, () =>
            api.listTasks(serviceId, { offset, ...query }, deadline()),
          ),
        keep: (task) => platform === "ief" || matches(filters, task),
        entry: (task) => listedEntry(serviceTask, { serviceId }, location, toLiveTask(task, [])),
      },
      limit,
    );
  },
});
