/** The subjects of the matrix: the three resource types, service tasks on both of their platforms. */
import type { JsonObject } from "../../../testkit/emulator";
import { batchTaskKind, type Kind, serviceTaskKind, videoAnalysisJobKind } from "../../contract/kinds";
import { ALGORITHM, GROUP } from "../../contract/kinds/batch-task";
import { EDGE, edgeArgs } from "../../contract/kinds/service-task";
import type { Props } from "../../contract/values";

export interface Subject {
  readonly title: string;
  readonly kind: Kind;
  /** Body of an object that belongs to no program. */
  body(name: string): JsonObject;
  /** How many top-level tasks one program of so many sources makes. */
  tasksOf(sources: number): number;
}

/** Without updates and run states a platform has fewer operations. */
export const isEdge = ({ title }: Subject): boolean => title === "ServiceTask on Edge";
export const isBatch = ({ kind }: Subject): boolean => kind === batchOfTwo;

const OUTPUT = { dis: { stream_name: "results" } };
const INPUT = { type: "url", data: [{ url: "rtsp://cameras.example.com/9" }] };

const edgeKind: Kind = {
  ...serviceTaskKind,
  features: { ...serviceTaskKind.features, unreadable: ["sourceUsageEstimate"] },
  createPath: (projectId) => `/v1/${projectId}/services/${EDGE}/tasks`,
  program: edgeArgs,
  made: (emulator, name) =>
    emulator
      .tasks(EDGE)
      .filter((task) => task.name === name)
      .map(({ id }) => id),
  idFor: (ids) => `${EDGE}/${ids.join(",")}`,
};

/** Two cameras, so that one can fail alone. */
const batchOfTwo: Kind = {
  ...batchTaskKind,
  program: (name, more: Props = {}) => batchTaskKind.program(name, { ...batchTaskKind.sources(2), ...more }),
};

export const SUBJECTS: readonly Subject[] = [
  {
    title: "ServiceTask",
    kind: serviceTaskKind,
    body: (name) => ({ name, input: INPUT, output: OUTPUT }),
    tasksOf: (sources) => sources,
  },
  {
    title: "ServiceTask on Edge",
    kind: edgeKind,
    body: (name) => ({
      name,
      input: INPUT,
      output: OUTPUT,
      source_usage_estimate: { cpu: 0.1, memory: 32 },
    }),
    tasksOf: (sources) => sources,
  },
  {
    title: "BatchTask",
    kind: batchOfTwo,
    body: (name) => ({
      name,
      service_name: ALGORITHM,
      service_version: "1.0",
      batch_input: {
        video_source_group: [
          { video_source_group_id: GROUP, video_source_list: [{ video_source_id: "camera-1" }] },
        ],
      },
      output: OUTPUT,
    }),
    tasksOf: () => 1,
  },
  {
    title: "VideoAnalysisJob",
    kind: videoAnalysisJobKind,
    body: (name) => ({ name, service_version: "1.0", input: INPUT, output: OUTPUT }),
    tasksOf: (sources) => sources,
  },
];
