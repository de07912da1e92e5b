import type * as pulumi from "@pulumi/pulumi";
import * as va from "pulumi-video-analysis";

export interface Site {
  readonly serviceId: pulumi.Input<string>;
  /** Addresses by the cameras' names. */
  readonly cameras: Readonly<Record<string, string>>;
  /** Offset from UTC, such as `+01:00`. */
  readonly timezone: string;
}

/** A task for each camera, at night only. */
export function watchAtNight({ serviceId, cameras, timezone }: Site): va.ServiceTask[] {
  const nights = va.schedule.daily({ timezone, windows: "22:00-06:00" }).serviceTask;
  return Object.entries(cameras).map(
    ([name, url]) =>
      new va.ServiceTask(name, {
        serviceId,
        platform: "edge",
        schedule: nights,
        input: { type: "url", data: [{ url }] },
        output: { dis: { streamName: "faces" } },
        sourceUsageEstimate: { cpu: 0.1, memory: 32 },
      }),
  );
}

const BROKEN = ["FAILED", "CREATE_FAILED", "START_FAILED", "FROZEN", "ABNORMAL"];

/** Problems of each task; empty where it is well. */
export function alarms(tasks: readonly va.ServiceTask[]): pulumi.Output<string>[] {
  return tasks.map(({ name, state }) =>
    state.apply((now) => name.apply((task) => (BROKEN.includes(now) ? `${task} is ${now}` : ""))),
  );
}
