/** Arguments as a program writes them. */
import { type Document, documented } from "../../support/documents";

export const task = (args: string): string => `new va.ServiceTask("t", ${args});`;
export const withInput = (input: string): string =>
  task(`{ serviceId: "s", output: { dis: { streamName: "d" } }, input: ${input} }`);
export const withSchedule = (schedule: string): string =>
  task(`{ serviceId: "s", output: {}, input: { type: "url", data: [{ url: "u" }] }, schedule: ${schedule} }`);

/** A documented example as a program writes it. */
export const example = ({ kind, args }: Document): string =>
  `new va.${kind}("t", ${JSON.stringify(args).replace(/"(\w+)":/g, "$1: ")});`;

export const RESTFUL = example(documented("ServiceTask", "restful to webhook"));
