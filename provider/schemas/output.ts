/** Where results go. Source: TaskOutput of the ModelArts create page (seed 000). */
import { z } from "zod";
import { field } from "./field";
import { MAX_URL } from "./input";
import { headers } from "./primitives";

const text = (): z.ZodString => z.string().min(1);

const dataCategory = field(z.array(z.string()).optional(), {
  description: "Kinds of result data to send. Some services only.",
  unordered: true,
});

const obsOutput = field(
  z.strictObject({
    bucket: field(text(), { description: "OBS bucket." }),
    path: field(text(), { description: "Path in the bucket." }),
    dataCategory,
  }),
  { description: "Results to OBS.", typeName: "ObsOutput" },
);

const disOutput = field(
  z.strictObject({
    streamName: field(text(), { description: "DIS stream name." }),
    streamId: field(text().optional(), { description: "DIS stream id. ModelArts Edge only." }),
    dataCategory,
  }),
  { description: "Results to a DIS stream.", typeName: "DisOutput" },
);

const webhookOutput = field(
  z.strictObject({
    url: field(z.string().min(1).max(MAX_URL), {
      description: "Callback address, at most 1000 characters.",
      secret: "url",
    }),
    headers: field(headers(1), {
      description: "Headers of the callback, 1 to 10. Values are secrets.",
      secret: "value",
    }),
    dataCategory,
  }),
  { description: "Results to a webhook.", typeName: "WebhookOutput" },
);

export const taskOutput = field(
  z.strictObject({
    obs: field(obsOutput.optional(), { description: "Results to OBS. IEF only.", observedWhenUnset: true }),
    dis: field(disOutput.optional(), { description: "Results to a DIS stream.", observedWhenUnset: true }),
    webhook: field(webhookOutput.optional(), {
      description: "Results to a webhook.",
      observedWhenUnset: true,
    }),
  }),
  {
    description:
      "Where results go; at least one member. ModelArts Edge: `dis` and `webhook`; IEF: also `obs`.",
    typeName: "TaskOutput",
  },
);
