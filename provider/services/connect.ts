/** Where requests go, and as whom: one transport and one set of connections for each settings, shared in the process. */
import { createHash } from "node:crypto";
import { IamClient } from "./api/iam";
import type { TasksClientOptions } from "./api/tasks-client";
import { Connections } from "./auth/connection";
import type { Service } from "./auth/endpoints";
import type { Settings } from "./auth/settings";
import type { Clock } from "../common/clock";
import type { Deadline } from "../common/deadline";
import { VideoAnalysisError } from "../common/errors";
import { debugSink } from "./http/debug";
import { Hosts } from "./http/host-limiter";
import { Transport } from "./http/transport";
import type { Location, Target } from "../core/contract";

/** What settings come to: the same for all resource types that have them. */
export interface Shared {
  readonly settings: Settings;
  readonly clock: Clock;
  readonly transport: Transport;
  readonly connections: Connections;
}

/** A host that throttles one resource is left alone by all, whatever account they belong to. */
const hosts = new Hosts();

/** By settings, so that one token serves all resource types, and another provider's settings get their own. */
const opened = new Map<string, Shared>();

export function share(settings: Settings, clock: Clock): Shared {
  // A hash, so that the secrets of the settings are not kept twice.
  const key = createHash("sha256").update(JSON.stringify(settings)).digest("hex");
  const known = opened.get(key);
  if (known !== undefined) return known;
  const transport = new Transport({ ...settings, clock, hosts, debug: debugSink(process.env) });
  const connections = new Connections(settings, new IamClient(transport), clock);
  const shared = { settings, clock, transport, connections };
  opened.set(key, shared);
  return shared;
}

/** Where the resource lives: as its state records it, else as its arguments and the configuration say. */
export async function connect(
  { settings, transport, connections }: Shared,
  { args, recorded }: Target,
  service: Service,
  deadline: Deadline,
): Promise<{ location: Location; client: TasksClientOptions }> {
  const region = recorded?.region ?? (args.region as string | undefined);
  refuseNoText({ region, projectId: recorded?.projectId, endpoint: recorded?.endpoint });
  refuseOtherProject(settings, recorded?.projectId, region);
  const connection = connections.connect({ region, projectId: recorded?.projectId });
  const endpoint = connection.endpoint(service, recorded?.endpoint);
  const projectId = await connection.projectId(deadline);
  const { authenticator } = connection;
  return {
    location: { region: connection.region, projectId, endpoint },
    client: { transport, endpoint, projectId, authenticator },
  };
}

/** A state is a file that anybody may have edited. */
function refuseNoText(place: Readonly<Record<string, unknown>>): void {
  const wrong = Object.entries(place).find(([, value]) => value !== undefined && typeof value !== "string");
  if (wrong === undefined) return;
  throw new VideoAnalysisError(
    "INVALID_STATE",
    `the recorded \`${wrong[0]}\` of the resource is no text. Restore the state from a backup, or run \`pulumi refresh\`.`,
  );
}

/** Credentials of another project would answer "not found" for everything this state owns. */
function refuseOtherProject(
  settings: Settings,
  recorded: string | undefined,
  region: string | undefined,
): void {
  const { projectId } = settings;
  if (recorded === undefined || projectId === undefined || projectId === recorded) return;
  if (region !== undefined && settings.region !== undefined && region !== settings.region) return;
  throw new VideoAnalysisError(
    "PROJECT_MISMATCH",
    `the resource was created in project ${recorded}, but \`video-analysis:projectId\` is ${projectId}. ` +
      "Configure the credentials of the project that the state records.",
  );
}
