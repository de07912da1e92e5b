/** The resource classes on the provider plugin: declared as the dynamic ones are, registered under tokens of its package. */
import * as pulumi from "@pulumi/pulumi";
import type * as dynamic from "..";
import type { ResourceName } from "../../provider/services/resource-names";
import { pluginToken } from "../../provider/services/configuration";
import { typeToken, VERSION } from "../package-info";
import { firstTaskId, givenInputs, hasType } from "../resource";
import type { CommonArgs } from "../resource";
import { suspendTraces } from "../stack-traces";
import { BatchTaskNames, ServiceTaskNames, VideoAnalysisJobNames } from "../types/resources";

export const ServiceTask = onPlugin("ServiceTask", ServiceTaskNames) as typeof dynamic.ServiceTask;
export type ServiceTask = dynamic.ServiceTask;

export const BatchTask = onPlugin("BatchTask", BatchTaskNames) as typeof dynamic.BatchTask;
export type BatchTask = dynamic.BatchTask;

export const VideoAnalysisJob = onPlugin(
  "VideoAnalysisJob",
  VideoAnalysisJobNames,
) as typeof dynamic.VideoAnalysisJob;
export type VideoAnalysisJob = dynamic.VideoAnalysisJob;

/**
 * The plugin knows URNs, so that the default name is made there.
 *
 * @param names of all properties
 */
function onPlugin(type: ResourceName, names: Readonly<Record<string, undefined>>): unknown {
  const token = pluginToken(type);
  // Extends Pulumi's own class, which counts stack frames to report the program's line.
  const onToken = class extends pulumi.CustomResource {
    static readonly __pulumiType = token;
    declare readonly taskIds: pulumi.Output<string[]>;

    constructor(name: string, args: CommonArgs | undefined, opts?: pulumi.CustomResourceOptions) {
      const inputs = givenInputs(names, args, opts);
      const traces = suspendTraces();
      try {
        super(token, name, inputs, pulumi.mergeOptions(defaultsOf(type), opts));
      } catch (error) {
        throw traces.located(error);
      } finally {
        traces.resume();
      }
    }

    static get(
      name: string,
      id: pulumi.Input<pulumi.ID>,
      state?: object,
      opts?: pulumi.CustomResourceOptions,
    ) {
      return new onToken(name, { ...state }, { ...opts, id });
    }

    static override isInstance(value: unknown): value is pulumi.CustomResource {
      return hasType(value, token);
    }

    get taskId(): pulumi.Output<string> {
      return firstTaskId(this.taskIds);
    }
  };
  Object.defineProperty(onToken, "name", { value: type });
  return onToken;
}

/** The version of the plugin to find, and the type under which dynamic classes recorded the same resource. */
const defaultsOf = (type: ResourceName): pulumi.CustomResourceOptions => ({
  version: VERSION,
  aliases: [{ type: typeToken(type) }],
});
