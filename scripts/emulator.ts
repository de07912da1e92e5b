import { parseArgs } from "node:util";
import { type Emulator, type Platform, startEmulator, UsageError } from "../testkit/emulator";

const DEFAULT_PORT = 8080;
const MAX_PORT = 65_535;

const HELP = `Usage: npm run emulator -- [--port <number>]

Starts the emulated ModelArts, VIAS, VAS and IAM services on 127.0.0.1 and stays until Ctrl-C.
--port 0 takes any free port.`;

/** The status that command-line tools use for wrong arguments. */
const EXIT_USAGE = 2;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: "string", default: String(DEFAULT_PORT) },
      help: { type: "boolean", short: "h" },
    },
  });
  if (values.help === true) {
    console.log(HELP);
    return;
  }
  const emulator = await startEmulator({ port: portOf(values.port) });
  console.log(description(emulator));
  await interrupted();
  await emulator.close();
}

function portOf(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (!(port <= MAX_PORT)) throw new UsageError(`--port ${text}: give a number from 0 to ${MAX_PORT}`);
  return port;
}

function description(emulator: Emulator): string {
  const { region, projectId, token, endpoints, url } = emulator;
  const services = emulator.services.map(
    ({ id, name, platform }) => `  ${platform.padEnd(4)} ${id} (${name})`,
  );
  const groups = emulator.videoGroups.map(
    ({ id, sources }) => `  ${id}: ${sources.map((source) => source.id).join(", ")}`,
  );
  return `Emulator at ${url} (state: ${url}/__emulator/state)

Services
${services.join("\n")}
Video groups of VIAS
${groups.join("\n")}
Project  ${projectId} in ${region}
Token    ${token}

For a Pulumi stack:
  pulumi config set video-analysis:region ${region}
  pulumi config set video-analysis:projectId ${projectId}
  pulumi config set --secret video-analysis:token ${token}
  pulumi config set video-analysis:endpoints '${JSON.stringify(endpoints)}'

For examples/quickstart, beside that (its other names are the emulator's own):
  pulumi config set quickstart:serviceId ${serviceId(emulator, "edge")}
  pulumi config set quickstart:iefServiceId ${serviceId(emulator, "ief")}

Ctrl-C ends it.`;
}

function serviceId(emulator: Emulator, platform: Platform): string {
  return emulator.services.find((service) => service.platform === platform)?.id ?? "";
}

function interrupted(): Promise<void> {
  return new Promise((resolve) => {
    process.once("SIGINT", () => resolve());
    process.once("SIGTERM", () => resolve());
  });
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = EXIT_USAGE;
});
