/** Helpers of the tests of batches: arguments, the hooks of the built runtime, and VIAS answers. */
import { BatchTask, type DynamicProvider } from "../../../provider/runtime";
import type { PropertyMap } from "../../../provider/common/json";
import { DEFAULT_ALGORITHM, type Emulator } from "../../../testkit/emulator";

export { WEEKEND } from "../../support/documents";

export const PROGRAM = 'exports.handler=()=>require("pulumi-video-analysis/runtime").BatchTask';

/** A region of Huawei Cloud: Open Telekom Cloud has no VIAS. */
export const REGION = "cn-north-4";

export const group = (id: string, ...sources: string[]): PropertyMap => ({
  videoSourceGroupId: id,
  videoSourceList: sources.map((videoSourceId) => ({ videoSourceId })),
});

export const NORTH = group("group-north", "camera-north-1", "camera-north-2");
export const SOUTH = group("group-south", "camera-south-1", "camera-south-2");

export const batchArgs = (more: PropertyMap = {}): PropertyMap => ({
  serviceName: DEFAULT_ALGORITHM.name,
  serviceVersion: "1.0",
  name: "site-a",
  batchInput: { videoSourceGroup: [NORTH] },
  output: { webhook: { url: "https://example.com/hook", headers: { "X-Key": "header-canary" } } },
  ...more,
});

/** The provider with the configuration of a stack; `more` are further keys without their namespace. */
export async function configured(
  emulator: Emulator,
  more: Record<string, string> = {},
): Promise<DynamicProvider> {
  const values: Record<string, string> = {
    region: emulator.region,
    projectId: emulator.projectId,
    token: emulator.token,
    endpoints: JSON.stringify({ vias: emulator.endpoints.vias, iam: emulator.endpoints.iam }),
    ...more,
  };
  await BatchTask.configure({ config: { get: (key) => values[key.replace("video-analysis:", "")] } });
  return BatchTask;
}

/** A value as the program sees it: secret envelopes are opened. */
export function opened(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(opened);
  if (typeof value !== "object" || value === null) return value;
  if ("4dabf18193072939515e22adb298388d" in value) return "value" in value ? opened(value.value) : undefined;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, opened(item)]));
}

export const openedBag = (value: unknown): Record<string, unknown> =>
  opened(value) as Record<string, unknown>;
