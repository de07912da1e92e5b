/** Between the arguments of a service task and the bodies of the ModelArts API. */
import type { WireTask } from "../../api/wire-task";
import { isObject, type Bag } from "../../common/json";
import { redactText, secretsOf } from "../../http/redaction";
import type { LiveTask } from "../../lifecycle/resource";
import { fromWire, snakeCase, toWire } from "../../schemas/wire";
import { serviceTask } from "./definition";

/** The fields of the create body (seed 000, table 2). */
const BODY = ["name", "description", "schedule", "input", "output", "config", "sourceUsageEstimate"] as const;

/** Request body of a create. */
export function toCreateBody(args: Bag): Bag {
  const complete = serviceTask.withDefaults(args);
  const body = Object.fromEntries(BODY.map((key) => [key, complete[key]]));
  return toWire(serviceTask.arguments, body) as Bag;
}

const text = (value: unknown): string | undefined =>
  typeof value === "string" && value !== "" ? value : undefined;

/** @param secrets values of the arguments that an algorithm may repeat when it says what went wrong */
export function toLiveTask(wire: WireTask, secrets: readonly string[]): LiveTask {
  const args = fromWire(serviceTask.arguments, wire) as Bag;
  const all = [...secrets, ...secretsOf({ input: wire.input, output: wire.output })];
  const spoken = (value: unknown): string | undefined => {
    const said = text(value);
    return said === undefined ? undefined : redactText(said, all);
  };
  const error = isObject(wire.error)
    ? { code: text(wire.error.code), message: spoken(wire.error.message) }
    : undefined;
  const optional = {
    status: spoken(wire.status),
    error: error?.code === undefined && error?.message === undefined ? undefined : defined(error),
    scheduleStatus: text(wire.schedule_status),
    createdAt: text(wire.created_at),
    updatedAt: text(wire.updated_at),
  };
  const facts = serviceTask.facts.map((key): [string, unknown] => [key, text(wire[snakeCase(key)])]);
  return {
    id: wire.id,
    name: text(wire.name) ?? "",
    state: (text(wire.state) ?? "").toUpperCase(),
    ...defined(optional),
    args,
    facts: Object.fromEntries(facts.filter(([, value]) => value !== undefined)),
  };
}

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

function defined<T extends object>(value: T): Defined<T> {
  return Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined)) as Defined<T>;
}
