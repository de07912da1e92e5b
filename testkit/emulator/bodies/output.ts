/** The output of a task, within the limits of its service. */
import type { JsonObject } from "../json";
import { type Field, InvalidField, object, optional, required, type Rule, text } from "../rules";
import { bucket, categories, obsPath, url, webhookHeaders } from "./values";

/** An output with these members, of which at least one is there. */
export function taskOutput(
  fields: Readonly<Record<string, Field>>,
  isOutput: (value: JsonObject, key: string) => boolean = () => true,
): Rule {
  return object(fields, (value, path) => {
    if (Object.keys(value).some((key) => isOutput(value, key))) return;
    throw new InvalidField(path, "should have at least one output.");
  });
}

/** Outputs that VAS and VIAS define alike. */
export const definedOutputs: Readonly<Record<string, Field>> = {
  obs: optional(
    object({ bucket: required(bucket), path: required(obsPath), data_category: optional(categories) }),
  ),
  dis: optional(
    object({
      stream_name: required(text({ pattern: /^[-A-Za-z0-9_]{1,64}$/ })),
      data_category: optional(categories),
    }),
  ),
  webhook: optional(
    object({ url: required(url), headers: required(webhookHeaders), data_category: optional(categories) }),
  ),
};
