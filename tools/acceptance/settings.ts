/** Settings of a live trial, from the environment; without them none runs. */

/** The one task of a trial. */
export interface TrialTask {
  readonly serviceId: string;
  readonly platform: "edge" | "ief";
  readonly name: string;
  readonly input: object;
  readonly output: object;
  readonly config?: object;
  readonly sourceUsageEstimate?: object;
  readonly timeouts: object;
}

/** Longest time of each step, so that a trial ends. */
const TIMEOUTS = { create: "5m", read: "2m", update: "5m", delete: "5m" };

export const USAGE = `A live trial creates one ServiceTask, reads it, deletes it behind the stack's back, and cleans up.
It costs what one task costs for a few minutes, and needs credentials in the environment (HW_* or OS_*) and:

  ACCEPTANCE_SERVICE_ID   id of a ModelArts service that runs tasks
  ACCEPTANCE_PLATFORM     edge or ief
  ACCEPTANCE_URL          a stream that the service may read, such as rtsp://192.0.2.1/live
  ACCEPTANCE_STREAM       a DIS stream for the results
  ACCEPTANCE_CONFIG       JSON of \`config\`, where the service demands it (ief)

Without ACCEPTANCE_SERVICE_ID nothing is done.`;

/**
 * @param name of the task, by which it is found again
 * @returns undefined where no trial is asked for
 */
export function taskFrom(env: NodeJS.ProcessEnv, name: string): TrialTask | undefined {
  const { ACCEPTANCE_SERVICE_ID: serviceId, ACCEPTANCE_PLATFORM: platform } = env;
  const { ACCEPTANCE_URL: url, ACCEPTANCE_STREAM: streamName, ACCEPTANCE_CONFIG: config } = env;
  if (serviceId === undefined || serviceId === "") return undefined;
  if ((platform !== "edge" && platform !== "ief") || url === undefined || streamName === undefined) {
    throw new Error(`The trial is not told everything.\n\n${USAGE}`);
  }
  return {
    serviceId,
    platform,
    name,
    input: { type: "url", data: [{ url }] },
    output: { dis: { streamName } },
    ...(config === undefined ? {} : { config: JSON.parse(config) as object }),
    ...(platform === "edge" ? { sourceUsageEstimate: { cpu: 0.1, memory: 32 } } : {}),
    timeouts: TIMEOUTS,
  };
}
