/** Drift reports of made-up resources. */
import { driftReport as build, type ReportOptions } from "../../cli/commands/drift/report/build";
import type { Reading } from "../../cli/commands/drift/report/readings";
import type { DriftReport } from "../../cli/commands/drift/report/schema";
import { htmlOf } from "../../cli/commands/drift/formats/html";
import { junitOf } from "../../cli/commands/drift/formats/junit";
import { markdownOf } from "../../cli/commands/drift/formats/markdown";
import { tableOf } from "../../cli/commands/drift/formats/table";
import { painter } from "../../cli/output/terminal";
import type { RecordedResource } from "../../cli/stack/recorded-resources";
import { resourceTypeOf } from "../../cli/stack/resource-types";
import type { PropertyMap } from "../../provider/common/json";

export const TYPES = ["ServiceTask", "BatchTask", "VideoAnalysisJob"] as const;
export const URN = "urn:pulumi:dev::shop::pulumi-nodejs:dynamic/video-analysis:ServiceTask::lobby";
const NOW = new Date("2026-03-01T12:00:00Z");

export function resource(more: Partial<RecordedResource> = {}, type: string = TYPES[0]): RecordedResource {
  const resourceType = resourceTypeOf(`pulumi-nodejs:dynamic/video-analysis:${type}`)!;
  const empty = { outputs: {}, secrets: [], sealed: [], ignoreChanges: [] };
  return {
    resourceType,
    urn: URN,
    id: "service/task",
    ...empty,
    provider: "",
    external: false,
    leaving: false,
    ...more,
  };
}

export const live = (recorded: PropertyMap, now: PropertyMap): Reading => ({
  outcome: "live",
  recorded,
  live: now,
  failed: [],
  notRunning: [],
});

export function report(
  entries: readonly (readonly [RecordedResource, Reading])[],
  more: Partial<ReportOptions> = {},
): DriftReport {
  const options = {
    source: { kind: "state", name: "state.json" },
    now: NOW,
    ignore: [],
    secrets: [],
    warnings: [],
  };
  return build(
    entries.map(([entry]) => entry),
    entries.map(([, reading]) => reading),
    { ...(options as ReportOptions), ...more },
  );
}

export const formats = (found: DriftReport): string[] => [
  JSON.stringify(found),
  tableOf(found, { paint: painter(false, process.stdout), width: Infinity, all: true }),
  tableOf(found, { paint: painter(true, process.stdout), width: 80, all: true }),
  markdownOf(found),
  htmlOf(found),
  junitOf(found, ["failed", "not-running"]),
];

/** A resource of that name. */
export const named = (name: string, stack = "dev"): RecordedResource =>
  resource({ urn: URN.replace("lobby", name).replace("dev", stack), id: `service/${name}` });
/** Readings of it. */
export const same = live({ description: "a" }, { description: "a" });
export const other = live({ description: "a" }, { description: "b" });
export const lost: Reading = { outcome: "unreachable", code: "TIMEOUT", reason: "no answer" };
export const failing: Reading = {
  ...(same as Extract<Reading, { outcome: "live" }>),
  failed: [{ id: "t", state: "FAILED" }],
};
export const stopped: Reading = {
  ...(same as Extract<Reading, { outcome: "live" }>),
  notRunning: [{ id: "t", state: "STOPPED" }],
};
