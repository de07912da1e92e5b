/** Mocks in place of the engine that record what was registered. */
import * as path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import type { MockResourceArgs } from "@pulumi/pulumi/runtime/mocks";
import * as va from "../../sdk";
import * as onPlugin from "../../sdk/plugin";

/** The repository, seen from the compiled test. */
export const REPOSITORY = path.join(__dirname, "..", "..", "..");

export interface Recorder {
  readonly registered: MockResourceArgs[];
  /** The registration of a logical name, once it has happened. */
  inputsOf(name: string): Record<string, unknown>;
}

export interface MockSettings {
  readonly organization?: string;
  readonly project?: string;
  readonly stack?: string;
  readonly preview?: boolean;
  readonly config?: Readonly<Record<string, string>>;
  readonly secretKeys?: readonly string[];
  /** Outputs that the engine answers with, beside the inputs. */
  readonly outputs?: Readonly<Record<string, unknown>>;
}

export async function useMocks(settings: MockSettings = {}): Promise<Recorder> {
  const registered: MockResourceArgs[] = [];
  pulumi.runtime.setAllConfig({ ...settings.config }, [...(settings.secretKeys ?? [])]);
  await pulumi.runtime.setMocks(
    {
      call: () => ({}),
      newResource: (args) => {
        registered.push(args);
        const inputs = args.inputs as Record<string, unknown>;
        return { id: args.id ?? `${args.name}-id`, state: { ...inputs, ...settings.outputs } };
      },
    },
    settings.project ?? "project",
    settings.stack ?? "stack",
    settings.preview ?? false,
    settings.organization ?? "organization",
  );
  return {
    registered,
    inputsOf(name) {
      const found = registered.find((args) => args.name === name);
      if (found === undefined) throw new Error(`nothing was registered as "${name}"`);
      return found.inputs as Record<string, unknown>;
    },
  };
}

/** The value of an output. Never settles for an unknown one. */
export function valueOf<T>(output: pulumi.Output<T>): Promise<T> {
  return new Promise((resolve) => {
    output.apply(resolve);
  });
}

/** Waits until a resource is registered. */
export const registration = (resource: pulumi.Resource): Promise<string> => valueOf(resource.urn);

/** The least that a `ServiceTask` needs. */
export const minimalArgs = () => ({
  serviceId: "service-1",
  input: { type: "url" as const, data: [{ url: "https://example.com/a.mp4" }] },
  output: { dis: { streamName: "stream" } },
});

/** The same for the other classes. */
export const minimalBatch = () => ({
  serviceName: "fire-smoke",
  serviceVersion: "1.0",
  batchInput: { videoSourceGroup: [{ videoSourceGroupId: "group-1", videoSourceList: [] }] },
  output: { eventCenter: true },
});
export const minimalJob = () => ({
  serviceName: "video-analyze",
  serviceVersion: "1.0",
  input: { type: "url" as const, data: [{ url: "https://example.com/a.mp4" }] },
  output: { dis: { streamName: "stream" } },
});

type Classes = Readonly<
  Record<string, (name: string, opts?: pulumi.CustomResourceOptions, more?: object) => pulumi.CustomResource>
>;

/** Makes a resource of each class with the least arguments. */
export const CLASSES: Classes = {
  ServiceTask: (name, opts, more) => new va.ServiceTask(name, { ...minimalArgs(), ...more }, opts),
  BatchTask: (name, opts, more) => new va.BatchTask(name, { ...minimalBatch(), ...more }, opts),
  VideoAnalysisJob: (name, opts, more) => new va.VideoAnalysisJob(name, { ...minimalJob(), ...more }, opts),
};

/** The same on the provider plugin. */
export const PLUGIN_CLASSES: Classes = {
  ServiceTask: (name, opts, more) => new onPlugin.ServiceTask(name, { ...minimalArgs(), ...more }, opts),
  BatchTask: (name, opts, more) => new onPlugin.BatchTask(name, { ...minimalBatch(), ...more }, opts),
  VideoAnalysisJob: (name, opts, more) =>
    new onPlugin.VideoAnalysisJob(name, { ...minimalJob(), ...more }, opts),
};
