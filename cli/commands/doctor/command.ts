/** `video-analysis doctor`: from the options to the report. */
import { rankSources } from "../../../provider/services/auth/settings-chain";
import { isVideoAnalysisError } from "../../../provider/common/errors";
import { scrubber } from "../../../provider/common/redaction";
import { columnsOf, painter } from "../../output/terminal";
import { jsonText, print, refuseClash, writeText } from "../../output/write";
import { optionsLayer } from "../../stack/configuration/layers";
import { withSelected } from "../../stack/open";
import { runChecks } from "./context/check";
import { checksFor } from "./checks";
import { Context } from "./context/context";
import { secretsIn } from "./report/secrets";
import type { DoctorOptions } from "./options";
import {
  DOCTOR_REPORT_VERSION,
  type CheckResult,
  type CheckStatus,
  type DoctorReport,
} from "./report/schema";
import { openStackOf } from "./context/stack";
import { textOf } from "./report/text";

const MS_PER_SECOND = 1000;

/** @returns the exit status: 0 all fits, 1 something failed */
export async function doctor(options: DoctorOptions): Promise<0 | 1> {
  // Unusable options end the command.
  const given = optionsLayer(options.config);
  if (typeof options.json === "string") refuseClash([options.json], [options.state, options.configFile]);
  const stack = withSelected(options).then((named) => openStackOf(named, given));
  const context = new Context({ cwd: options.cwd, timeoutMs: options.timeout * MS_PER_SECOND, stack });
  const checks = await runChecks(
    checksFor({ modelarts: options.service, iva: options.serviceName }),
    context,
  );
  const report = reportOn(scrubbed(checks, await secretsOf(context)), new Date());
  const json = jsonText(report);
  if (typeof options.json === "string") writeText(options.json, json);
  const text =
    options.json === true
      ? json
      : textOf(report, painter(options.color, process.stdout), columnsOf(process.stdout));
  await print(text, process.stdout);
  // A CLI that still hangs would keep this process; it is ended with it.
  if ((await stack).abandoned === true) process.exit(report.exitStatus);
  return report.exitStatus;
}

/** Ids and statuses stay as they are, even where a secret reads the same. */
function scrubbed(checks: readonly CheckResult[], secrets: readonly string[]): CheckResult[] {
  const scrub = scrubber(secrets);
  return checks.map(({ remedy, ...check }) => ({
    ...check,
    detail: scrub(check.detail),
    ...(remedy === undefined ? {} : { remedy: scrub(remedy) }),
  }));
}

export function reportOn(checks: readonly CheckResult[], now: Date): DoctorReport {
  const count = (status: CheckStatus): number => checks.filter((check) => check.status === status).length;
  const summary = {
    ok: count("ok"),
    warning: count("warning"),
    failed: count("failed"),
    skipped: count("skipped"),
  };
  const broken = summary.failed > 0;
  return {
    schemaVersion: DOCTOR_REPORT_VERSION,
    createdAt: now.toISOString(),
    status: broken ? "failed" : "ok",
    exitStatus: broken ? 1 : 0,
    summary,
    checks: [...checks],
  };
}

/** Of every source, in use or not: no text that a service or a tool says may repeat them. */
async function secretsOf(context: Context): Promise<string[]> {
  const sources = await context.sources();
  const session = await context.session();
  return [
    ...(await context.stack).configuration.secrets,
    ...sources.flatMap(secretsIn),
    ...filesOf(sources, await context.directory()).flatMap(secretsIn),
    ...("value" in session ? session.value.connection.authenticator.secrets() : []),
  ];
}

function filesOf(
  sources: Parameters<typeof rankSources>[0],
  directory: string | undefined,
): ReturnType<typeof rankSources>["sources"] {
  try {
    return rankSources(sources, process.env, directory).sources;
  } catch (error) {
    if (!isVideoAnalysisError(error)) throw error;
    return [];
  }
}
