/** What all services show of a task, in the terms of the lifecycle core. */
import { defined, isObject, type Bag } from "../../common/json";
import { redactText, secretsOf } from "../../common/redaction";
import type { LiveTask, ResourceDefinition } from "../../lifecycle/resource";
import { fromWire } from "../../schemas/wire";

/** A text of the answer; empty and missing are the same. */
export const textOf = (value: unknown): string | undefined =>
  typeof value === "string" && value !== "" ? value : undefined;

/** A text of the algorithm, which may repeat secrets of its task when it says what went wrong. */
export type Spoken = (value: unknown) => string | undefined;

/** @param secrets values of the arguments; those of the answer itself are found here */
export function spokenBy(wire: Bag, secrets: readonly string[]): Spoken {
  const all = [...secrets, ...secretsOf({ input: wire.input, output: wire.output })];
  return (value) => {
    const said = textOf(value);
    return said === undefined ? undefined : redactText(said, all);
  };
}

/** The fields that have one meaning everywhere. */
export function commonOf(
  definition: Pick<ResourceDefinition, "arguments">,
  wire: Bag & { readonly id: string },
  spoken: Spoken,
): Omit<LiveTask, "facts"> {
  const error = isObject(wire.error)
    ? { code: textOf(wire.error.code), message: spoken(wire.error.message) }
    : undefined;
  const optional = {
    status: spoken(wire.status),
    error: error?.code === undefined && error?.message === undefined ? undefined : defined(error),
    createdAt: textOf(wire.created_at),
    updatedAt: textOf(wire.updated_at),
  };
  return {
    id: wire.id,
    name: textOf(wire.name) ?? "",
    state: (textOf(wire.state) ?? "").toUpperCase(),
    ...defined(optional),
    args: fromWire(definition.arguments, wire) as Bag,
  };
}
