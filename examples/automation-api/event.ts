import * as va from "pulumi-video-analysis";

/** The cameras that are watched as long as an event lasts. */
export interface Event {
  readonly serviceId: string;
  /** Addresses by the cameras' names. */
  readonly cameras: Readonly<Record<string, string>>;
}

/** The program of a stack: the outputs are what it returns. */
export function watch({ serviceId, cameras }: Event): Record<string, unknown> {
  const tasks = Object.entries(cameras).map(
    ([name, url]) =>
      new va.ServiceTask(name, {
        serviceId,
        platform: "edge",
        input: { type: "url", data: [{ url }] },
        output: { dis: { streamName: "faces" } },
        sourceUsageEstimate: { cpu: 0.1, memory: 32 },
      }),
  );
  return { taskIds: tasks.map(({ taskId }) => taskId) };
}
