/** Programs under the mocks. */
import * as pulumi from "@pulumi/pulumi";
import { mocks, type MocksOptions, type VideoAnalysisMocks } from "../../testkit";

export interface RunSettings {
  readonly preview?: boolean;
  readonly config?: Readonly<Record<string, string>>;
}

/** Sets new mocks in place of the engine. */
export async function useMocks(
  options: MocksOptions = {},
  settings: RunSettings = {},
): Promise<VideoAnalysisMocks> {
  const made = mocks(options);
  const named = Object.entries(settings.config ?? {}).map(([key, value]) => [`video-analysis:${key}`, value]);
  pulumi.runtime.setAllConfig(Object.fromEntries(named) as Record<string, string>, []);
  await pulumi.runtime.setMocks(made, "project", "stack", settings.preview ?? false, "organization");
  return made;
}

/** Paths that were refused. */
export const refusedBy = ({ refusals }: VideoAnalysisMocks): string[] =>
  refusals.map(({ property }) => property).sort();

/** A resource of another package. */
export class Bucket extends pulumi.CustomResource {
  constructor(name: string, args: pulumi.Inputs = {}) {
    super("aws:s3:Bucket", name, args);
  }
}

/** Mocks of other packages whose ids a preview does not know yet. */
export const UNKNOWN_IDS = { newResource: () => ({ id: undefined, state: {} }) };

/** The id of such a resource. */
export const notKnownYet = (): pulumi.Output<string> => new Bucket("bucket").id;
