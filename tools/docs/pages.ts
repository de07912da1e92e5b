/** All pages of `docs/reference`, by their file names. */
import { batchTask } from "../../provider/services/batch-task/definition";
import { serviceTask } from "../../provider/services/service-task/definition";
import { videoAnalysisJob } from "../../provider/services/video-analysis-job/definition";
import { driftPage } from "./drift-page";
import { providerPage } from "./provider-page";
import { resourcePage, type ResourceNotes } from "./resource-page";

const RESOURCES: readonly ResourceNotes[] = [
  {
    definition: serviceTask,
    file: "service-task",
    introduction: `A task of a ModelArts service, on ModelArts Edge or IEF. The API has no update: whatever it knows of a task is replaced by a
change. The id is \`<serviceId>/<taskId>\`; an input of several entries makes several tasks, \`<serviceId>/<taskId>,<taskId>\`.
`,
    documents: [
      [
        "ModelArts, Creating a Service Task",
        "https://docs.otc.t-systems.com/modelarts/api-ref/service_task_management/creating_a_service_task.html",
      ],
    ],
  },
  {
    definition: batchTask,
    file: "batch-task",
    introduction: `A batch task of VIAS: one algorithm on groups of video sources, each source a sub-task. The id is that of the batch.
`,
    documents: [
      [
        "VIAS, Adding a Batch Task",
        "https://support.huaweicloud.com/intl/en-us/vias-api/CreateBatchTask.html",
      ],
      [
        "VIAS, Modifying a Batch Task",
        "https://support.huaweicloud.com/intl/en-us/vias-api/UpdateBatchTask.html",
      ],
    ],
  },
  {
    definition: videoAnalysisJob,
    file: "video-analysis-job",
    introduction: `A job of the Video Analysis Service (VAS). The id is \`<serviceName>/<taskId>\`; an input of several entries makes several jobs,
\`<serviceName>/<taskId>,<taskId>\`, and is never updated in place.
`,
    documents: [
      [
        "VAS, Creating a Job",
        "https://support.huaweicloud.com/en-us/api-vas/en-us_topic_0000001115337999.html",
      ],
      ["VAS, updating a job (Chinese)", "https://support.huaweicloud.com/api-vas/vas_03_1125.html"],
      [
        "VAS API definition, CreateTasks",
        "https://github.com/mingyang91/huawei-cloud-api-definitions/blob/main/schemas/VAS/src/CreateTasks.json",
      ],
    ],
  },
];

/** File name to text; the same schemas always give the same pages. */
export function referencePages(): ReadonlyMap<string, string> {
  return new Map([
    ...RESOURCES.map((notes) => [`${notes.file}.md`, resourcePage(notes)] as const),
    ["provider.md", providerPage()],
    ["drift.md", driftPage()],
  ]);
}
