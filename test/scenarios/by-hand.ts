/** Objects that are made at the services without Pulumi; the arguments of `kinds.ts` with a description fit them. */
import {
  DEFAULT_ALGORITHM,
  DEFAULT_VAS_SERVICE,
  type Emulator,
  type JsonObject,
} from "../../testkit/emulator";
import { IEF, type TaskClass } from "./program";

const cameras = (...names: string[]): JsonObject => ({
  type: "url",
  data: names.map((name) => ({ url: `rtsp://cameras.example.com/${name}` })),
});

/** Where a class is created, with which body, and the Pulumi id of what the answer shows. */
const CLASSES: Readonly<
  Record<
    TaskClass,
    { path: (emulator: Emulator) => string; body: JsonObject; id: (answer: unknown) => string }
  >
> = {
  ServiceTask: {
    path: ({ endpoints, projectId }) => `${endpoints.modelarts}/v1/${projectId}/services/${IEF}/tasks`,
    body: { input: cameras("south") },
    id: (answer) => `${IEF}/${(answer as { tasks: { id: string }[] }).tasks[0]!.id}`,
  },
  BatchTask: {
    path: ({ endpoints, projectId }) => `${endpoints.vias}/v2/${projectId}/batch-tasks`,
    body: {
      service_name: DEFAULT_ALGORITHM.name,
      service_version: "1.0",
      batch_input: {
        video_source_group: [
          {
            video_source_group_id: "group-north",
            video_source_list: [1, 2].map((number) => ({ video_source_id: `camera-north-${number}` })),
          },
        ],
      },
    },
    id: (answer) => (answer as { id: string }).id,
  },
  VideoAnalysisJob: {
    path: ({ endpoints, projectId }) =>
      `${endpoints.iva}/v2/${projectId}/services/${DEFAULT_VAS_SERVICE.name}/tasks`,
    body: { service_version: "1.0", input: cameras("yard") },
    id: (answer) => `${DEFAULT_VAS_SERVICE.name}/${(answer as { id: string }[])[0]!.id}`,
  },
};

/** @returns the Pulumi id of what was made */
export async function makeByHand(emulator: Emulator, type: TaskClass, more: JsonObject): Promise<string> {
  const { path, body, id } = CLASSES[type];
  const answer = await fetch(path(emulator), {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-Auth-Token": emulator.token },
    body: JSON.stringify({ output: { dis: { stream_name: "results" } }, ...body, ...more }),
  });
  if (!answer.ok) throw new Error(await answer.text());
  return id(await answer.json());
}
