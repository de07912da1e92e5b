/** The declarations that the scenario program can make, and the arguments that scenarios share. */
import {
  DEFAULT_ALGORITHM,
  DEFAULT_EDGE_SERVICE,
  DEFAULT_IEF_SERVICE,
  DEFAULT_VAS_SERVICE,
  type Json,
  type JsonObject,
} from "../../testkit/emulator";

/** The engine's options of a resource that scenarios use; other resources by name. */
export interface TaskOptions {
  parent?: string;
  provider?: string;
  dependsOn?: string[];
  protect?: boolean;
  ignoreChanges?: string[];
  replaceOnChanges?: string[];
  retainOnDelete?: boolean;
  deletedWith?: string;
  replaceWith?: string[];
  replacementTrigger?: Json;
  deleteBeforeReplace?: boolean;
  aliases?: { name: string }[];
  customTimeouts?: { create?: string };
  import?: string;
}

/** The resource classes by name. */
export type TaskClass = "ServiceTask" | "BatchTask" | "VideoAnalysisJob";

export interface TaskDeclaration {
  /** Default `ServiceTask`; `Plain` is a resource without a service, see programs/plain.cjs. */
  type?: TaskClass | "Plain";
  args: JsonObject;
  options?: TaskOptions;
}

export interface Program {
  /** Components that can be parents. */
  sites?: Record<string, object>;
  /** Explicit providers with their arguments. */
  providers?: Record<string, JsonObject>;
  providerOptions?: Record<string, TaskOptions>;
  tasks?: Record<string, TaskDeclaration>;
  /** Tasks that are only read, through `get` of their class. */
  lookups?: Record<string, { type?: TaskClass; id: string; state?: JsonObject; options?: TaskOptions }>;
  /** Tasks of a ModelArts service that are looked for, by part of their name. */
  lists?: Record<string, { serviceId: string; nameLike: string; provider?: string }>;
  /** Tasks of the program that are looked up by their ids, for their states. */
  states?: string[];
  /** A task that is looked up and awaited. */
  awaits?: string;
  /** Exports inputs and outputs of the tasks too. */
  showArguments?: boolean;
}

export const EDGE = DEFAULT_EDGE_SERVICE.id;
export const IEF = DEFAULT_IEF_SERVICE.id;

/** The type of a resource, as states and steps name it. */
export const typeOf = (name: TaskClass): string => `pulumi-nodejs:dynamic/video-analysis:${name}`;

/** The type of `Plain`. */
export const PLAIN_TYPE = "pulumi-nodejs:dynamic/scenario:Plain";

const streams = (names: readonly string[]): Json[] =>
  names.map((name) => ({ url: `rtsp://cameras.example.com/${name}` }));

/** A task that Edge accepts, one input for each stream name. */
export function edgeArgs(more: JsonObject = {}, ...names: string[]): JsonObject {
  return {
    serviceId: EDGE,
    platform: "edge",
    input: { type: "url", data: streams(names.length === 0 ? ["north"] : names) },
    output: { dis: { streamName: "results" } },
    sourceUsageEstimate: { cpu: 0.1, memory: 32 },
    ...more,
  };
}

/** A task that IEF accepts. */
export function iefArgs(more: JsonObject = {}): JsonObject {
  return {
    serviceId: IEF,
    platform: "ief",
    input: { type: "url", data: streams(["south"]) },
    output: { dis: { streamName: "results" } },
    ...more,
  };
}

/** A batch of one group; each source is a sub-task. */
export function batchArgs(more: JsonObject = {}, side: "north" | "south" = "north"): JsonObject {
  const videoSourceList = [1, 2].map((number) => ({ videoSourceId: `camera-${side}-${number}` }));
  return {
    serviceName: DEFAULT_ALGORITHM.name,
    serviceVersion: "1.0",
    batchInput: { videoSourceGroup: [{ videoSourceGroupId: `group-${side}`, videoSourceList }] },
    output: { dis: { streamName: "results" } },
    ...more,
  };
}

/** A job, one input for each stream name. */
export function jobArgs(more: JsonObject = {}, ...names: string[]): JsonObject {
  return {
    serviceName: DEFAULT_VAS_SERVICE.name,
    serviceVersion: "1.0",
    input: { type: "url", data: streams(names.length === 0 ? ["yard"] : names) },
    output: { dis: { streamName: "results" } },
    ...more,
  };
}

/** A resource without a service. */
export const plain = (args: JsonObject = {}, options: TaskOptions = {}): TaskDeclaration => ({
  type: "Plain",
  args,
  options,
});

/** A program of tasks without options. */
export function tasksOf(args: Readonly<Record<string, JsonObject>>): Program {
  return {
    tasks: Object.fromEntries(Object.entries(args).map(([name, value]) => [name, { args: value }])),
  };
}

/** A reference to an output of another task, for arguments. */
export const outputOf = (task: string, path: string): JsonObject => ({ $output: task, path });

/** A value that the program marks as secret. */
export const secret = (value: Json): JsonObject => ({ $secret: value });
