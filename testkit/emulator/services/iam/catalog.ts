/** The service catalog of IAM. */
import { ApiError } from "../../http/errors";
import type { Answer, Call } from "../../http/service";
import type { JsonObject } from "../../json";
import type { World } from "../../world";
import { urlOf } from "./url";

/** Region of what counts in all of them, as the documented example has it. */
const EVERYWHERE = "*";

/**
 * The services where a client can reach them without a path prefix. Those of a project have its id in their URLs; a
 * caller without a project sees IAM alone. Its two entries are the vendor's own and OpenStack's.
 */
export function catalogFor(world: World, projectId: string | undefined): JsonObject[] {
  const { modelarts, vias, iva, iam } = world.addresses.rootEndpoints;
  const { region } = world.settings;
  const global = [
    entry(world, "iam", "iam", EVERYWHERE, `${iam}/v3.0`),
    entry(world, "identity", "keystone", EVERYWHERE, `${iam}/v3`),
  ];
  if (projectId === undefined) return global;
  return [
    ...global,
    entry(world, "modelarts", "modelarts", region, `${modelarts}/v1/${projectId}`),
    entry(world, "vias", "vias", region, `${vias}/v2/${projectId}`),
    entry(world, "iva", "iva", region, `${iva}/v2/${projectId}`),
  ];
}

/** Answers `GET /v3/auth/catalog`: for a caller with a project, as documented. */
export function showCatalog(world: World, call: Call): Answer {
  const { projectId, namedProjectId } = call.principal ?? {};
  const project = projectId ?? namedProjectId;
  if (project === undefined) throw new ApiError(403, "IAM.0003", "The token has no project scope.");
  return { status: 200, body: { catalog: catalogFor(world, project), links: { self: urlOf(call) } } };
}

function entry(world: World, type: string, name: string, region: string, url: string): JsonObject {
  const endpoint = {
    id: world.ids.named(`endpoint ${type}`),
    interface: "public",
    region,
    region_id: region,
    url,
  };
  return { endpoints: [endpoint], id: world.ids.named(`service ${type}`), name, type };
}
