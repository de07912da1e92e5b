import * as pulumi from "@pulumi/pulumi";
import * as va from "pulumi-video-analysis";

export interface CameraFleetArgs {
  /** Id of the ModelArts Edge service that analyses the videos. */
  readonly serviceId: pulumi.Input<string>;
  /** Addresses by the cameras' names. */
  readonly cameras: Readonly<Record<string, pulumi.Input<string>>>;
  /** DIS stream that gets what the service finds. */
  readonly stream: pulumi.Input<string>;
  /** Processors that one camera needs; memory follows from it. Default: 0.1. */
  readonly cpu?: number;
}

const CPU = 0.1;
const MEMORY_PER_CPU = 320;

/**
 * The cameras of a site. Each has a task of its own, so that another camera, or one less, touches no other task:
 * the tasks of one resource with several inputs would all be replaced.
 *
 * The option `provider` decides on region and account of all of them.
 */
export class CameraFleet extends pulumi.ComponentResource {
  /** Task ids by the cameras' names. */
  readonly taskIds: pulumi.Output<Record<string, string>>;
  /** States by the cameras' names, such as `RUNNING`. */
  readonly states: pulumi.Output<Record<string, string>>;

  constructor(name: string, args: CameraFleetArgs, opts?: pulumi.ComponentResourceOptions) {
    super("examples:index:CameraFleet", name, {}, opts);
    const cpu = args.cpu ?? CPU;
    const tasks = Object.entries(args.cameras).map(
      ([camera, url]) =>
        [
          camera,
          new va.ServiceTask(
            `${name}-${camera}`,
            {
              serviceId: args.serviceId,
              platform: "edge",
              description: `Camera ${camera} of ${name}`,
              input: { type: "url", data: [{ url }] },
              output: { dis: { streamName: args.stream } },
              sourceUsageEstimate: { cpu, memory: Math.round(cpu * MEMORY_PER_CPU) },
            },
            { parent: this },
          ),
        ] as const,
    );
    this.taskIds = pulumi.output(Object.fromEntries(tasks.map(([camera, { taskId }]) => [camera, taskId])));
    this.states = pulumi.output(Object.fromEntries(tasks.map(([camera, { state }]) => [camera, state])));
    this.registerOutputs({ taskIds: this.taskIds, states: this.states });
  }
}
