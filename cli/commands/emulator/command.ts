/** `video-analysis emulator`: runs the services of the testkit until a signal ends it. */
import { sentence } from "../../common/wording";
import { readText } from "../../../provider/services/auth/files";
import { VideoAnalysisError, messageOf } from "../../../provider/common/errors";
import type { ConfigurationValue } from "../../stack/pulumi-cli";
import type * as Testkit from "../../../testkit/emulator";
import type { EmulatorCommandOptions } from "./options";

type Running = Testkit.Emulator;

/** @returns the exit status, when it was interrupted */
export async function emulator(options: EmulatorCommandOptions): Promise<0> {
  const testkit = await import("../../../testkit/emulator/index.js");
  const running = await start(testkit, options);
  try {
    if (options.configure !== undefined) await configure(running, options.configure, options.cwd);
  } catch (error) {
    await running.close();
    throw error;
  }
  process.stdout.write(`${options.json ? jsonLine(running) : description(running, options.configure)}\n`);
  await interrupted();
  await running.close();
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

/** The keys that lead a stack to the emulator, and the ids that its services have. */
function settingsOf(running: Running): readonly ConfigurationValue[] {
  const { region, projectId, token, endpoints } = running;
  const plain = { region, projectId, endpoints: JSON.stringify(endpoints) };
  return [
    ...Object.entries(plain).map(([key, value]) => ({ key: `video-analysis:${key}`, value, secret: false })),
    { key: "video-analysis:token", value: token, secret: true },
    ...serviceIdsOf(running).map(([key, value]) => ({ key, value, secret: false })),
  ];
}

/** One after the other: each rewrites the stack's file. */
async function configure(running: Running, stack: string, cwd: string): Promise<void> {
  const { setConfiguration } = await import("../../stack/pulumi-cli.js");
  for (const setting of settingsOf(running)) await setConfiguration(setting, { stack, cwd });
}

function jsonLine({ url, region, projectId, token, endpoints, services, videoGroups }: Running): string {
  return JSON.stringify({ url, region, projectId, token, endpoints, services, videoGroups });
}

function description(running: Running, configured: string | undefined): string {
  const { region, projectId, token, endpoints, rootEndpoints, services, videoGroups, url } = running;
  const lines = services.map(({ id, name, platform }) => `  ${platform.padEnd(4)} ${id} (${name})`);
  const groups = videoGroups.map(
    ({ id, sources }) => `  ${id}: ${sources.map((source) => source.id).join(", ")}`,
  );
  const roots = Object.entries(rootEndpoints).map(([name, root]) => `  ${name.padEnd(9)} ${root}`);
  const ids = serviceIdsOf(running);
  const commands = `For a Pulumi stack (--configure <stack> does this):
  pulumi config set video-analysis:region ${region}
  pulumi config set video-analysis:projectId ${projectId}
  pulumi config set --secret video-analysis:token ${token}
  pulumi config set video-analysis:endpoints '${JSON.stringify(endpoints)}'${ids.map(([key, id]) => `\n  pulumi config set ${key} ${id}`).join("")}`;
  return `Emulator at ${url} (state: ${url}/__emulator/state)

Services
${lines.join("\n")}
Video groups of VIAS
${groups.join("\n")}
Project  ${projectId} in ${region}
Token    ${token}

For clients that drop the path of an endpoint, a port for each service:
${roots.join("\n")}

${configured === undefined ? commands : `Stack ${configured} uses the emulator${namesOf(ids)}.`}

Ctrl-C ends it.`;
}

/** Keys that the programs of the guides read, and the ids; none for a platform that has no service. */
function serviceIdsOf({ services }: Running): readonly (readonly [key: string, id: string])[] {
  const platforms = [
    ["serviceId", "edge"],
    ["iefServiceId", "ief"],
  ] as const;
  return platforms.flatMap(([key, of]) => {
    const service = services.find(({ platform }) => platform === of);
    return service === undefined ? [] : [[key, service.id] as const];
  });
}

function namesOf(ids: ReturnType<typeof serviceIdsOf>): string {
  const keys = ids.map(([key]) => `\`${key}\``).join(" and ");
  return keys === "" ? "" : `; its program has ${keys} in its configuration`;
}

function interrupted(): Promise<void> {
  return new Promise((resolve) => {
    process.once("SIGINT", () => resolve());
    process.once("SIGTERM", () => resolve());
  });
}
