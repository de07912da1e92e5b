/** `video-analysis emulator`: runs the services of the testkit until a signal ends it. */
import type { ConfigMap } from "@pulumi/pulumi/automation";
import { sentence } from "../../common/wording";
import { readText } from "../../../provider/services/auth/files";
import { VideoAnalysisError, messageOf } from "../../../provider/common/errors";
import type * as Testkit from "../../../testkit/emulator";
import { configureStack } from "../../stack/pulumi-cli";
import type { EmulatorCommandOptions } from "./options";

type Running = Testkit.Emulator;

/** @returns the exit status, when it was interrupted */
export async function emulator(options: EmulatorCommandOptions): Promise<0> {
  const testkit = await import("../../../testkit/emulator/index.js");
  const running = await start(testkit, options);
  try {
    process.stdout.write(`${description(running)}\n`);
    if (options.configure !== undefined) await configure(running, options.configure, options.cwd);
    process.stdout.write("\nCtrl-C ends it.\n");
    await interrupted();
  } finally {
    await running.close();
  }
  return 0;
}

async function start(testkit: typeof Testkit, { port, config }: EmulatorCommandOptions): Promise<Running> {
  try {
    const startup = testkit.parseStartup(config === undefined ? {} : await contentOf(config));
    const options = { ...startup.options, ...(port === undefined ? {} : { port }) };
    return await testkit.startFrom({ ...startup, options });
  } catch (error) {
    if (!(error instanceof testkit.UsageError)) throw error;
    throw new VideoAnalysisError(
      "CONFIGURATION",
      `${sentence(error.message)} docs/emulator.md shows the form.`,
      {
        cause: error,
      },
    );
  }
}

async function configure(running: Running, stack: string, cwd: string): Promise<void> {
  await configureStack(stack, cwd, configurationFor(running));
  process.stdout.write(`\nThe configuration of stack ${stack} leads to this emulator now.\n`);
}

/** The configuration of a stack whose program meets the emulator. */
function configurationFor({ region, projectId, token, endpoints }: Running): ConfigMap {
  return {
    "video-analysis:region": { value: region },
    "video-analysis:projectId": { value: projectId },
    "video-analysis:token": { value: token, secret: true },
    "video-analysis:endpoints": { value: JSON.stringify(endpoints) },
  };
}

/** `pulumi config set` as a shell takes it. */
const setLine = ([key, { value, secret = false }]: [string, ConfigMap[string]]): string =>
  `  pulumi config set ${secret ? "--secret " : ""}${key} ${value.startsWith("{") ? `'${value}'` : value}`;

async function contentOf(file: string): Promise<unknown> {
  const { parse } = await import("yaml");
  const text = readText(file, "the file of --config");
  try {
    return parse(text);
  } catch (error) {
    throw new VideoAnalysisError(
      "CONFIGURATION",
      `${file} is no YAML: ${sentence(messageOf(error))} Correct it.`,
      {
        cause: error,
      },
    );
  }
}

function description(running: Running): string {
  const { region, projectId, token, rootEndpoints, services, videoGroups, url } = running;
  const lines = services.map(({ id, name, platform }) => `  ${platform.padEnd(4)} ${id} (${name})`);
  const groups = videoGroups.map(
    ({ id, sources }) => `  ${id}: ${sources.map((source) => source.id).join(", ")}`,
  );
  const roots = Object.entries(rootEndpoints).map(([name, root]) => `  ${name.padEnd(9)} ${root}`);
  return `Emulator at ${url} (state: ${url}/__emulator/state)

Services
${lines.join("\n")}
Video groups of VIAS
${groups.join("\n")}
Project  ${projectId} in ${region}
Token    ${token}

For clients that drop the path of an endpoint, a port for each service:
${roots.join("\n")}

For a Pulumi stack:
${Object.entries(configurationFor(running)).map(setLine).join("\n")}

For examples/quickstart of the repository, beside that:
  pulumi config set quickstart:serviceId ${idOf(services, "edge")}
  pulumi config set quickstart:iefServiceId ${idOf(services, "ief")}`;
}

function idOf(services: Running["services"], of: Testkit.Platform): string {
  return services.find(({ platform }) => platform === of)?.id ?? "<id>";
}

function interrupted(): Promise<void> {
  return new Promise((resolve) => {
    process.once("SIGINT", () => resolve());
    process.once("SIGTERM", () => resolve());
  });
}
