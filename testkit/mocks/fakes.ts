/** Fakes the outputs of a resource that was just created, without a service. */
import { createHash } from "node:crypto";
import { getAt, isObject, type PropertyMap } from "../../provider/common/json";
import { effectiveWaitFor } from "../../provider/core/reconcile/timeouts";
import { outputsOf } from "../../provider/core/state/outputs";
import type { LiveTask, ResourceDefinition } from "../../provider/core/contract";
import { memberCount } from "../../provider/core/drift/members";
import type { Resource } from "../../provider/services/resource";
import type { MockSettings } from "./settings";
import type { ResourceMock } from "./types";

/** The moment at which everything that is faked was created. */
const CREATED_AT = "2026-01-01T00:00:00Z";

/** A faked resource. */
export interface Subject {
  readonly resource: Resource;
  /** Logical name. */
  readonly name: string;
  /** Checked inputs; of a resource that is only read what the program gave. */
  readonly inputs: PropertyMap;
  /** Of a resource that is only read, or adopted. */
  readonly id?: string;
  readonly wish: ResourceMock;
  readonly settings: MockSettings;
}

export interface Fake {
  readonly id: string;
  readonly outputs: PropertyMap;
}

/** Equal names have equal ids in every run, whatever else is registered and in which order. */
function idFrom(...parts: readonly string[]): string {
  // Ids of all three services may have 32 hexadecimal digits.
  return createHash("sha256").update(parts.join("\n")).digest("hex").slice(0, 32);
}

export function fake({ resource, name: logicalName, inputs, id: given, wish, settings }: Subject): Fake {
  const { definition } = resource;
  const parsed = given === undefined ? undefined : definition.parseId(given);
  const args: PropertyMap = { ...inputs, ...parsed?.args };
  const name = typeof args.name === "string" ? args.name : logicalName;
  const scope = [definition.type, String(args.serviceId ?? args.serviceName), name];
  const newIds = (of: string, count: number): string[] =>
    Array.from({ length: count }, (_, index) => idFrom(...scope, of, String(index)));
  const isBatch = resource.isGroup === true;
  const count = isBatch ? subTaskCount(args) : memberCount(definition, args);
  const ownIds = parsed?.taskIds ?? newIds("task", isBatch ? 1 : count);
  const partIds = isBatch ? newIds("sub-task", count).sort() : ownIds;
  const states = statesOf(wish.state ?? usualState(args, settings), partIds.length);
  const parts = partIds.map((id, index) => live(definition, args, id, name, states[index] ?? ""));
  const lives = isBatch ? ownIds.map((id) => batchOf(definition, args, id, name, parts)) : parts;
  const outputs = outputsOf(
    { definition, inputs: args, binding: settings.locate(args) },
    { taskIds: ownIds, tasks: lives },
  );
  return { id: given ?? definition.formatId(args, ownIds), outputs: { ...outputs, ...wish.outputs } };
}

/** The state after a successful create. */
function usualState(args: PropertyMap, { context }: MockSettings): string {
  if (args.desiredState === "stopped") return "STOPPED";
  return effectiveWaitFor(args, context) === "succeeded" ? "SUCCEEDED" : "RUNNING";
}

function statesOf(wished: string | readonly string[], count: number): readonly string[] {
  if (typeof wished === "string") return Array.from({ length: count }, () => wished);
  if (wished.length === count) return wished;
  throw new Error(
    `mocks: the number of states is ${wished.length}, but that of the resource's tasks is ${count}`,
  );
}

function live(
  definition: ResourceDefinition,
  args: PropertyMap,
  id: string,
  name: string,
  state: string,
): LiveTask {
  const scheduled = definition.isScheduled(args) ? { scheduleStatus: "ACTIVATED" } : {};
  return {
    id,
    name,
    state,
    ...scheduled,
    createdAt: CREATED_AT,
    updatedAt: CREATED_AT,
    args: {},
    outputFields: {},
  };
}

/** A group without sources stands for one, since their number is unknown here. */
function subTaskCount(args: PropertyMap): number {
  const groups = getAt(args, ["batchInput", "videoSourceGroup"]);
  const sources = (Array.isArray(groups) ? groups : []).flatMap((group: unknown) => {
    const list = getAt(group, ["videoSourceList"]);
    if (!Array.isArray(list) || list.length === 0) return [group];
    return list.map((source: unknown) => (isObject(source) ? source.videoSourceId : source));
  });
  return Math.max(1, new Set(sources).size);
}

function batchOf(
  definition: ResourceDefinition,
  args: PropertyMap,
  id: string,
  name: string,
  parts: readonly LiveTask[],
): LiveTask {
  const statusCounts: Record<string, number> = {};
  for (const { state } of parts) statusCounts[state] = (statusCounts[state] ?? 0) + 1;
  const counters = {
    totalCount: parts.length,
    succeedCount: parts.length,
    failedCount: 0,
    errorList: [],
  };
  const outputFields = { batchTaskId: id, ...counters, statusCounts, createdAt: CREATED_AT };
  return { ...live(definition, args, id, name, ""), parts, outputFields };
}
