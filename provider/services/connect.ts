/** Where a resource lives, and as whom its service is called. */
import type { Deadline } from "../common/deadline";
import { VideoAnalysisError } from "../common/errors";
import type { Location, Target } from "../core/contract";
import type { TasksClientOptions } from "./api/tasks-client";
import type { Connections } from "./auth/connection";
import type { Service } from "./auth/endpoints";
import type { Settings } from "./auth/settings";
import type { Transport } from "./http/transport";

/** Settings with their transport and connections, the same for all resource types. */
export interface Account {
  readonly settings: Settings;
  readonly transport: Transport;
  readonly connections: Connections;
}

/** Where the resource lives: as its state records it, else as its arguments and the configuration say. */
export async function connect(
  { settings, transport, connections }: Account,
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

/** A state is a file that anyone may have edited. */
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
