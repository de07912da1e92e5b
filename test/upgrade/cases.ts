/** The cases of the golden states: for each resource the forms that its state can have. */
import type { JsonObject, SeedRequest } from "../../testkit/emulator";
import { KINDS, type Kind } from "../scenarios/kinds";
import {
  batchArgs,
  EDGE,
  edgeArgs,
  iefArgs,
  jobArgs,
  type Program,
  secret,
  type TaskDeclaration,
} from "../scenarios/program";

/** The resource that is left unfinished. */
export const UNFINISHED = "unfinished";
/** The resource that takes over what was made by hand. */
export const ADOPTED = "adopted";

/** Long enough for the calls of a create on a busy machine, short enough to be waited for when it is recorded. */
const SHORT = "5s";

export interface GoldenCase {
  readonly kind: Kind;
  /** Name of its files. */
  readonly file: string;
  /** Objects made by hand. */
  readonly byHand: SeedRequest;
  /** Arguments by logical name; those of `adopted` lack the id. */
  readonly args: Readonly<Record<string, JsonObject>>;
  /** Changes that an update of every resource brings. */
  readonly change: JsonObject;
}

const WEBHOOK = { url: "https://hooks.example.com/in", headers: { "X-Token": secret("golden-header") } };
const OBS = { bucket: "results", path: "output/" };
const TIMEOUTS = { create: "20m", read: "2m", update: "15m", delete: "1h30m" };
const unfinished = { waitFor: "running", timeouts: { create: SHORT } };
const NODE = "0a1b2c3d-0000-4000-8000-000000000001";

const kindOf = (type: Kind["type"]): Kind => {
  const kind = KINDS.find((candidate) => candidate.type === type);
  if (kind === undefined) throw new TypeError(type);
  return kind;
};

export const CASES: readonly GoldenCase[] = [
  {
    kind: kindOf("ServiceTask"),
    file: "service-task",
    byHand: {
      service: "modelarts",
      path: `/v1/{project_id}/services/${EDGE}/tasks`,
      body: {
        name: "by-hand",
        description: "by hand",
        input: { type: "url", data: [{ url: "rtsp://cameras.example.com/hand" }] },
        output: { dis: { stream_name: "results" } },
        source_usage_estimate: { cpu: 0.1, memory: 32 },
      },
    },
    args: {
      plain: edgeArgs({ name: "plain" }),
      full: iefArgs({
        name: "full",
        description: "everything",
        schedule: {
          type: "weekly",
          executionMode: "period",
          timezone: "+01:00",
          daysOfWeek: [1, 5],
          periods: [{ beginAt: "08:00:00", endAt: "20:00:00" }],
        },
        output: { dis: { streamName: "results", dataCategory: ["faces", "cars"] }, obs: OBS },
        config: { image_compression_ratio: 90, nested: { keep: true } },
        waitFor: "accepted",
        triggers: ["first", 2],
        timeouts: TIMEOUTS,
      }),
      kept: iefArgs({ name: "kept", desiredState: "stopped" }),
      several: edgeArgs({ name: "several" }, "one", "two", "three"),
      secrets: edgeArgs({
        name: "secrets",
        input: { type: "url", data: [{ url: secret("rtsp://user:golden-url@cameras.example.com/one") }] },
        output: { webhook: WEBHOOK },
      }),
      password: edgeArgs({
        name: "password",
        input: {
          type: "vcn",
          data: [{ deviceId: "device-1", streamType: 1, nodeId: NODE }],
          vcn: { ip: "10.0.0.1", port: 9900, username: "camera", password: secret("golden-password") },
        },
      }),
      byDefault: edgeArgs(),
      [ADOPTED]: edgeArgs({ description: "by hand" }, "hand"),
      [UNFINISHED]: edgeArgs({ name: "unfinished", ...unfinished }),
    },
    change: { timeouts: { read: "6m" } },
  },
  {
    kind: kindOf("BatchTask"),
    file: "batch-task",
    byHand: {
      service: "vias",
      path: "/v2/{project_id}/batch-tasks",
      body: {
        name: "by-hand",
        description: "by hand",
        service_name: "fire-smoke",
        service_version: "1.0",
        batch_input: {
          video_source_group: [
            {
              video_source_group_id: "group-north",
              video_source_list: [
                { video_source_id: "camera-north-1" },
                { video_source_id: "camera-north-2" },
              ],
            },
          ],
        },
        output: { dis: { stream_name: "results" } },
      },
    },
    args: {
      plain: batchArgs({ name: "plain" }),
      full: batchArgs({
        name: "full",
        description: "everything",
        schedule: {
          type: "weekly",
          timezone: "+01:00",
          daysOfWeek: [1, 5],
          periods: [[{ beginAt: "08:00:00", endAt: "20:00:00" }], []],
        },
        output: { dis: { streamName: "results" }, obs: OBS, eventCenter: true },
        config: { common: { sensitivity: 3 } },
        isSavedAsTemplate: true,
        waitFor: "accepted",
        triggers: ["first", 2],
        timeouts: TIMEOUTS,
      }),
      kept: batchArgs({ name: "kept", desiredState: "stopped" }),
      several: batchArgs({
        name: "several",
        batchInput: {
          videoSourceGroup: ["north", "south"].map((side) => ({
            videoSourceGroupId: `group-${side}`,
            videoSourceList: [1, 2].map((number) => ({ videoSourceId: `camera-${side}-${number}` })),
          })),
        },
      }),
      secrets: batchArgs({ name: "secrets", output: { webhook: WEBHOOK } }),
      byDefault: batchArgs({}, "south"),
      [ADOPTED]: batchArgs({ description: "by hand" }),
      [UNFINISHED]: batchArgs({ name: "unfinished", ...unfinished }),
    },
    change: { description: "changed" },
  },
  {
    kind: kindOf("VideoAnalysisJob"),
    file: "video-analysis-job",
    byHand: {
      service: "iva",
      path: "/v2/{project_id}/services/video-analyze/tasks",
      body: {
        name: "by-hand",
        description: "by hand",
        service_version: "1.0",
        input: { type: "url", data: [{ url: "rtsp://cameras.example.com/hand" }] },
        output: { dis: { stream_name: "results" } },
      },
    },
    args: {
      plain: jobArgs({ name: "plain" }),
      full: jobArgs({
        name: "full",
        description: "everything",
        timing: {
          type: "weekly",
          timezone: "+01:00",
          daysOfWeek: [1, 5],
          periods: [{ beginAt: "08:00:00", endAt: "20:00:00" }],
        },
        output: { dis: { streamName: "results" }, obs: OBS },
        serviceConfig: { common: { image_compression_ratio: 90 } },
        waitFor: "accepted",
        triggers: ["first", 2],
        timeouts: TIMEOUTS,
      }),
      kept: jobArgs({ name: "kept", desiredState: "stopped" }),
      hosted: jobArgs({
        name: "hosted",
        input: { type: "obs", data: [{ bucket: "videos", path: "input/a.mp4" }] },
        output: { hosting: { dataCategory: ["faces"] } },
      }),
      several: jobArgs({ name: "several" }, "one", "two"),
      secrets: jobArgs({ name: "secrets", output: { webhook: WEBHOOK } }),
      byDefault: jobArgs(),
      [ADOPTED]: jobArgs({ description: "by hand" }, "hand"),
      [UNFINISHED]: jobArgs({ name: "unfinished", ...unfinished }),
    },
    change: { description: "changed" },
  },
];

/** The program of a case. @param adopt id of what was made by hand */
export function programOf({ kind, args, change }: GoldenCase, adopt: string, changed = false): Program {
  const declare = ([name, own]: [string, JsonObject]): [string, TaskDeclaration] => [
    name,
    {
      type: kind.type,
      args: { ...own, ...(name === ADOPTED ? { adopt } : {}), ...(changed ? change : {}) },
    },
  ];
  return { tasks: Object.fromEntries(Object.entries(args).map(declare)) };
}
