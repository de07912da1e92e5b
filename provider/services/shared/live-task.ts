/** Tasks as all services show them, in the terms of the lifecycle core. */
import { defined, isObject, type PropertyMap } from "../../common/json";
import { type Redact, redactor } from "../../common/redaction";
import { possibleSecretsOf, secretsOf } from "../../common/secrets";
import type { LiveTask, ResourceDefinition } from "../../core/contract";
import { fromWire } from "../../core/schema/wire";

/** A text of the answer; empty and missing are the same. */
export const textOf = (value: unknown): string | undefined =>
  typeof value === "string" && value !== "" ? value : undefined;

/** A text of the algorithm, which may repeat secrets of its task when it says what went wrong. */
export type Redacted = (value: unknown) => string | undefined;

/** The members of a task or of its arguments that hold the program's own values, in either spelling. */
function chosenIn(task: PropertyMap): PropertyMap {
  const { description, input, output, config, serviceConfig, batchInput, service_config: settings } = task;
  return { description, input, output, config, serviceConfig, batchInput, settings: { config: settings } };
}

/** Values of arguments that no text of a service may show. Outputs beside them are the service's own. */
export const hiddenIn = (args: PropertyMap): readonly string[] => possibleSecretsOf(chosenIn(args));

/** @param secrets values of the arguments; those of the answer are found here */
export function redactedBy(wire: PropertyMap, secrets: readonly string[]): Redacted {
  return lazily(() => [...secrets, ...hiddenIn(wire)]);
}

/** The same for texts that report no failure: there only known secrets are redacted. */
export function shownBy({ input, output }: PropertyMap, secrets: readonly string[]): Redacted {
  return lazily(() => [...secrets, ...secretsOf({ input, output })]);
}

/** Looks for secrets at the first text: most tasks of a list have none. */
function lazily(secrets: () => readonly string[]): Redacted {
  let redact: Redact | undefined;
  return (value) => {
    const text = textOf(value);
    return text === undefined ? undefined : (redact ??= redactor(secrets()))(text);
  };
}

/** The fields that have one meaning everywhere. */
export function baseTask(
  definition: Pick<ResourceDefinition, "arguments">,
  wire: PropertyMap & { readonly id: string },
  redact: Redacted,
): Omit<LiveTask, "outputFields"> {
  const error = isObject(wire.error)
    ? { code: textOf(wire.error.code), message: redact(wire.error.message) }
    : undefined;
  const optional = {
    status: redact(wire.status),
    error: error?.code === undefined && error?.message === undefined ? undefined : defined(error),
    createdAt: textOf(wire.created_at),
    updatedAt: textOf(wire.updated_at),
  };
  return {
    id: wire.id,
    name: textOf(wire.name) ?? "",
    state: (textOf(wire.state) ?? "").toUpperCase(),
    ...defined(optional),
    args: fromWire(definition.arguments, wire) as PropertyMap,
  };
}
