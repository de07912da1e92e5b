/** Tasks in outputs: the documented members of answers, in camelCase. */
import { z } from "zod";
import { field } from "../../core/schema/field";

const text = (description: string) => field(z.string().optional(), { description });

const taskError = field(
  z.object({
    code: field(z.string(), { description: "Code that the algorithm gives." }),
    message: field(z.string(), { description: "Its words, cut at 200 characters." }),
  }),
  { description: "Error that the algorithm of a failed task reports.", typeName: "TaskError" },
);

const report = {
  id: field(z.string(), { description: "Task id." }),
  state: field(z.string(), {
    description: "State in upper case, such as `RUNNING`, `PENDING`, `SUCCEEDED` or `FAILED`.",
  }),
  status: text("The service's words on some of the states, cut at 200 characters."),
  error: field(taskError.optional(), { description: "Why the task failed." }),
  scheduleStatus: text("`ACTIVATED` or `INACTIVATED`; scheduled tasks only."),
  createdAt: field(z.string(), { description: "Time of the creation, RFC 3339." }),
  updatedAt: field(z.string(), { description: "Time of the last change of the state, RFC 3339." }),
};

export const taskReport = field(z.object(report), {
  description: "One task as the service last showed it.",
  typeName: "TaskReport",
});

const serviceTitle = field(z.object({ zh: text("In Chinese."), en: text("In English.") }), {
  description: "Title of a video analysis service.",
  typeName: "ServiceTitle",
});

const hostedFile = field(z.object({ bucket: text("OBS bucket."), path: text("Path in the bucket.") }), {
  description: "A file in OBS.",
  typeName: "HostedFile",
});

const hostingOutput = field(
  z.object({
    obs: field(z.array(hostedFile).optional(), {
      description: "Where the result files are; empty as long as there are none.",
    }),
    resultJsonOverdueAt: field(z.number().optional(), {
      description: "When the results expire, milliseconds since 1970.",
    }),
    dataCategory: field(z.array(z.string()).optional(), {
      description: "Kinds of result data that are hosted.",
    }),
  }),
  {
    description:
      "Hosted results as the service shows them; what the program wrote stays in `output.hosting`.",
    typeName: "HostingOutput",
  },
);

const hostingResult = field(
  z.object({
    status: text("`NOT_GENERATED`, `AVAILABLE`, `EXCEED_IN_SIZE`, `OVERDUE` or `DELETED_MISTAKENLY`."),
    data: text("Content of the file, cut at 200 characters."),
    fileSize: text("Such as `1024 bytes`."),
    overdueDate: text("When the file expires, RFC 3339."),
  }),
  { description: "The hosted result file of a job.", typeName: "HostingResult" },
);

/** Of a job; with the resource where all of its jobs have the same, else with each of them. */
export const jobFields = {
  serviceTitle: field(serviceTitle.optional(), {
    description: "Title of the service, where it shows one.",
    keepsRecorded: true,
  }),
  creator: field(z.string().optional(), {
    description: "Who created the job, where the service shows it.",
    keepsRecorded: true,
  }),
  // Where a hosted result lies is gone when an answer lacks it.
  hostingOutput: field(hostingOutput.optional(), {
    description: "Where hosted results are; of several jobs in `tasks`, unless it is the same for all.",
  }),
  hostingResult: field(hostingResult.optional(), {
    description:
      "What has become of the hosted result file; of several jobs in `tasks`, unless it is the same for all.",
  }),
};

export const jobReport = field(z.object({ ...report, ...jobFields }), {
  description:
    "One VAS job as the service last showed it. What is the same for all jobs is with the resource instead.",
  typeName: "JobReport",
});
