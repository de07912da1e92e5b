/** Outputs that the resources have in common, and what follows from the declaration of outputs. */
import { z } from "zod";
import { field, metaOf } from "../../core/schema/field";

const unfinishedStep = field(z.enum(["start", "wait", "partial"]), {
  description: "A step that the next `pulumi up` finishes.",
  typeName: "UnfinishedStep",
});

/** Outputs of every resource, arguments aside. */
export const sharedOutputs = (report: z.ZodObject) => ({
  name: field(z.string(), {
    description: "Name at the service; the default one where the program gave none.",
  }),
  region: field(z.string(), { description: "Region of the service, from the first source that named one." }),
  taskIds: field(z.array(z.string()), {
    description:
      "Ids of the tasks, in the order in which the create answer gave them; of a batch those of its sub-tasks, sorted.",
  }),
  states: field(z.array(z.string()), { description: "States of the tasks, in the order of `taskIds`." }),
  state: field(z.string(), {
    description: "The most urgent of all states, upper case: a failed task shows before a running one.",
  }),
  tasks: field(z.array(report), {
    description:
      "The tasks as the service last showed them; of a batch at most 100, the most urgent states first.",
  }),
  projectId: field(z.string(), { description: "Project that the tasks belong to." }),
  endpoint: field(z.string(), { description: "Base address of the service that has the tasks." }),
  unfinished: field(z.array(unfinishedStep), {
    description:
      "Steps that the next `pulumi up` finishes, of `start`, `wait` and `partial`; empty when nothing is left to do.",
  }),
  stateVersion: field(z.int(), { description: "Version of the shape of the recorded state." }),
});

/** Outputs of which an answer that lacks them says nothing, so that the recorded value stays. */
export const keptOutputs = (outputs: z.ZodObject): readonly string[] =>
  Object.entries(outputs.shape)
    .filter(([, schema]) => metaOf(schema as z.ZodType)?.keepsRecorded === true)
    .map(([key]) => key);
