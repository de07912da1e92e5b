/** Since when something drifts: what earlier runs saw, kept in a folder. */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { VideoAnalysisError } from "../../../../provider/common/errors";
import { readText } from "../../../../provider/services/auth/files";
import { jsonText, writeText } from "../../../output/write";
import { stackOf } from "../../../stack/recorded-resources";
import type { DriftReport, ResourceReport } from "./schema";

/** When each finding was first seen, without its values: those may be secrets. */
const history = z.strictObject({ version: z.literal(1), since: z.record(z.string(), z.string()) });
type Since = z.output<typeof history>["since"];

/** One file for each source, whatever its name has in it. */
function fileOf(folder: string, { source: { kind, name } }: DriftReport): string {
  const plain = name.replace(/[^\w.-]+/g, "-").slice(0, 60);
  const hash = createHash("sha256").update(`${kind} ${name}`).digest("hex").slice(0, 8);
  return path.join(folder, `${plain}-${hash}.json`);
}

function read(file: string): Since {
  if (!existsSync(file)) return {};
  try {
    return history.parse(JSON.parse(readText(file, "the file of --history"))).since;
  } catch (error) {
    throw new VideoAnalysisError(
      "CONFIGURATION",
      `${file} is no history of drift. Delete it, or give --history another folder.`,
      { cause: error },
    );
  }
}

/** What a person could ask the age of. */
function findingsOf({ urn, status, changes, failed, notRunning }: ResourceReport): string[] {
  return [
    ...(status === "gone" || status === "unreachable" ? [`${urn} ${status}`] : []),
    ...changes.map((change) => `${urn} ${change.path}`),
    ...(failed.length > 0 ? [`${urn} failed`] : []),
    ...(notRunning.length > 0 ? [`${urn} not running`] : []),
  ];
}

/**
 * The report with the times, which are written for the next run. What could not be read keeps the ages of its findings.
 *
 * @throws `CONFIGURATION` for a folder that cannot be used
 */
export function withHistory(report: DriftReport, folder: string): DriftReport {
  const file = fileOf(folder, report);
  const before = read(file);
  const { stacks } = report.scope;
  const isRead = (finding: string): boolean => stacks.includes(stackOf(finding) ?? "");
  const now: Since = Object.fromEntries(Object.entries(before).filter(([finding]) => !isRead(finding)));
  const resources = report.resources.map((resource) => {
    const { urn, status } = resource;
    const findings = findingsOf(resource);
    for (const finding of findings) now[finding] = before[finding] ?? report.createdAt;
    if (status === "unreachable") {
      for (const [finding, since] of Object.entries(before)) {
        if (finding.startsWith(`${urn} `)) now[finding] = since;
      }
    }
    const [oldest] = findings.map((finding) => now[finding] ?? report.createdAt).sort();
    return {
      ...resource,
      changes: resource.changes.map((change) => ({ ...change, since: now[`${urn} ${change.path}`] })),
      ...(oldest === undefined ? {} : { since: oldest }),
    };
  });
  makeFolder(folder);
  writeText(file, jsonText({ version: 1, since: now }));
  return { ...report, resources };
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw new VideoAnalysisError("CONFIGURATION", `the folder of --history, ${folder}, cannot be made.`, {
      cause: error,
    });
  }
}
