/** How a service gives arguments back: in its own spelling, with its own additions, without what it withholds. */
import fc from "fast-check";
import { isObject, type Bag } from "../../provider/common/json";
import type { LiveTask } from "../../provider/lifecycle/resource";
import { toCreateBody, toLiveTask } from "../../provider/resources/service-task/wire";
import { without } from "./arguments";

/** How one echo differs from the body that was sent. */
export interface Manner {
  readonly upperCase: boolean;
  readonly reversed: boolean;
  readonly additions: boolean;
  readonly password: "echoed" | "masked" | "withheld" | "empty";
  readonly headers: "echoed" | "masked";
  readonly emptyDescription: boolean;
  readonly shortTimes: boolean;
}

export const manner: fc.Arbitrary<Manner> = fc.record({
  upperCase: fc.boolean(),
  reversed: fc.boolean(),
  additions: fc.boolean(),
  password: fc.constantFrom("echoed", "masked", "withheld", "empty"),
  headers: fc.constantFrom("echoed", "masked"),
  emptyDescription: fc.boolean(),
  shortTimes: fc.boolean(),
});

export const plainly: Manner = {
  upperCase: false,
  reversed: false,
  additions: false,
  password: "echoed",
  headers: "echoed",
  emptyDescription: false,
  shortTimes: false,
};

/** Sets, by the names of their fields in a body. */
const SETS = new Set(["days_of_week", "days_of_month", "periods", "data_category"]);
const FREE_MAPS = new Set(["headers", "config", "tag"]);

function respell(key: string, value: unknown, how: Manner): unknown {
  if (key === "headers" && how.headers === "masked" && isObject(value)) {
    return Object.fromEntries(Object.keys(value).map((name) => [name, "******"]));
  }
  if (key === "config" && how.additions && isObject(value))
    return { ...value, added_by_the_service: { x: 1 } };
  if (FREE_MAPS.has(key)) return value;
  if (Array.isArray(value)) {
    const items = value.map((item) => respell("", item, how));
    return how.reversed && SETS.has(key) ? items.reverse() : items;
  }
  if (isObject(value)) {
    const entries = Object.entries(value).map(([name, item]): [string, unknown] => [
      name,
      respell(name, item, how),
    ]);
    const withoutPassword = entries.filter(([name]) => name !== "password" || how.password !== "withheld");
    const ordered = how.reversed ? withoutPassword.reverse() : withoutPassword;
    return Object.fromEntries(how.additions ? [...ordered, ["index", 0], ["added", { deep: [1] }]] : ordered);
  }
  if (key === "password" && how.password === "masked") return "***";
  if (key === "password" && how.password === "empty") return "";
  if (typeof value !== "string") return value;
  if ((key === "execution_mode" || key === "schedule_type") && how.upperCase) return value.toUpperCase();
  if ((key === "begin_at" || key === "end_at") && how.shortTimes)
    return value.replace(/:00$/, "").replace("T", " ");
  return value;
}

/** The tasks that a create of the arguments makes: one for each source, or one for all. */
export function echo(args: Bag, how: Manner, oneTask = false): LiveTask[] {
  const body = without(toCreateBody(args), "source_usage_estimate");
  const sent = {
    ...body,
    ...(how.emptyDescription && body.description === undefined ? { description: "" } : {}),
  };
  const seen = respell("task", sent, how) as Record<string, unknown>;
  if (how.upperCase && isObject(seen.schedule)) {
    seen.schedule = { ...seen.schedule, type: String(seen.schedule.type).toUpperCase() };
  }
  const input = seen.input as { data: unknown[] };
  const bodies = oneTask
    ? [seen]
    : input.data.map((source) => ({ ...seen, input: { ...input, data: [source] } }));
  return bodies.map((task, index) => toLiveTask({ ...task, id: `task${index}`, state: "RUNNING" }, []));
}
