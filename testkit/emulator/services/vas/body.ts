/** Bodies of VAS jobs. */
import { definedEntry, definedVcn, MAX_ENTRIES, taskInput } from "../../bodies/input";
import { definedOutputs, taskOutput } from "../../bodies/output";
import { categories, chineseName, description, MAX_HEADERS } from "../../bodies/values";
import { isObject, type JsonObject } from "../../json";
import type { VasServiceDeclaration } from "../../options";
import {
  demand,
  forbid,
  freeObject,
  list,
  object,
  optional,
  required,
  type Rule,
  stringMap,
  text,
} from "../../rules";
import { checkTimedInput, timing } from "./timing";

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

const input = taskInput({
  types: ["obs", "vis", "url", "edgecamera", "edgerestful", "vcn"],
  entry: object({
    ...definedEntry,
    headers: optional(stringMap(1, MAX_HEADERS)),
    node_id: optional(text({ pattern: UUID })),
  }),
  vcn: definedVcn,
  maxEntries: MAX_ENTRIES,
});

const MOUNT_PATH = /^(\/[\w\-.]+)+\/?$/;

const output = taskOutput({
  ...definedOutputs,
  hosting: optional(object({ data_category: optional(categories) })),
  localpath: optional(
    object({
      mount_source_path: required(text({ min: 1, max: 255, pattern: MOUNT_PATH })),
      data_category: optional(categories),
    }),
  ),
});

/** Never empty where it is sent; the definition allows an empty map in it. */
const serviceConfig = object({ common: required(freeObject) });

/** The form of versions. */
export const version: Rule = text({ min: 1, pattern: /^\d{1,3}\.\d{1,3}$/ });

/** Groups the alternatives of the published expression, which anchors each of them on one side only. */
const EDGE_POOL = /^([0-9a-f]{32}|edgestreampool\w{8})$/;

/** The create body, apart from what depends on the service. */
export const newJob: Rule = object(
  {
    name: required(chineseName),
    description: optional(description),
    service_version: required(version),
    input: required(input),
    output: required(output),
    service_config: optional(serviceConfig),
    edge_pool_id: optional(text({ pattern: EDGE_POOL })),
    resource_order_id: optional(text({ pattern: /^[0-9a-f]{32}$/ })),
    timing: optional(timing),
  },
  checkTimedInput,
);

/** Fields that some services want and others refuse. */
export function checkForService(job: JsonObject, service: VasServiceDeclaration): void {
  if (service.edge === true) demand(job, "edge_pool_id", "");
  if (service.edge === false) forbid(job, "edge_pool_id", "", "is only for edge jobs.");
  if (service.commercial === true) demand(job, "resource_order_id", "");
}

/** The update body: what is not in it stays as it is, and the input has exactly one entry. */
export const changedJob: Rule = object(
  {
    name: optional(chineseName),
    description: optional(description),
    timing: optional(timing),
    input: optional(input),
    output: optional(output),
    service_config: optional(serviceConfig),
  },
  (job) => {
    const given = job["input"];
    if (isObject(given)) list(freeObject, 1, 1)(given["data"] ?? null, "input.data");
  },
);
