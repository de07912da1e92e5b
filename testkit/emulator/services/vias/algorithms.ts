/** Lists and shows algorithms. Source: ListUserServices and ShowServiceDetail, pages and API definitions. */
import type { Answer, Call } from "../../http/service";
import type { JsonObject } from "../../json";
import type { AlgorithmDeclaration } from "../../options";
import { InvalidField } from "../../rules";
import { isLike } from "../../tasks/select";
import type { World } from "../../world";
import { missing } from "./errors";
import { serviceQuery, UUID_4 } from "./list-query";
import { type Aged, aged, includes, paged } from "./page";

export function listAlgorithms(world: World, call: Call): Answer {
  const query = serviceQuery(call.query);
  const found = algorithmsOf(world, call).filter(
    ({ item }) =>
      isLike(item.title ?? item.name, query.nameLike) &&
      includes(query.statuses, item.status ?? "service_running"),
  );
  const page = paged(found, query, (algorithm) => Number(lastOf(algorithm.versions)));
  const list = page.map(({ item, createdMs }) => view(item, createdMs));
  return { status: 200, body: { count: list.length, total: found.length, service_list: list } };
}

/** The identifier that batches and tasks name an algorithm by is only here, as `api`. */
export function showAlgorithm(world: World, call: Call): Answer {
  const { service_id = "" } = call.params;
  if (!UUID_4.test(service_id)) {
    throw new InvalidField("service_id", `should match the regular expression ${UUID_4.source}.`);
  }
  const found = algorithmsOf(world, call).find(({ item }) => item.id === service_id);
  if (found === undefined) throw missing("service", service_id);
  const { item, createdMs } = found;
  return {
    status: 200,
    body: {
      ...view(item, createdMs),
      alg_name: item.title ?? item.name,
      alg_versions: item.versions.slice(0, -1),
      api: item.name,
      release_flag: true,
      release_at: createdMs,
      updated_at: createdMs,
    },
  };
}

function algorithmsOf(world: World, call: Call): Aged<AlgorithmDeclaration>[] {
  return aged(world, world.subscribed(call.params["project_id"] ?? "", "vias"));
}

function view(algorithm: AlgorithmDeclaration, createdMs: number): JsonObject {
  const { id, name, title, company, description, status, runsOn, versions } = algorithm;
  return {
    service_id: id,
    service_name: title ?? name,
    alg_id: id,
    alg_class: "self",
    alg_status: status ?? "service_running",
    alg_version: lastOf(versions),
    function_version: lastOf(versions),
    ...(company === undefined ? {} : { company }),
    ...(description === undefined ? {} : { description }),
    deploy_type: runsOn ?? "cloud",
    request_mode: "async",
    created_at: createdMs,
    tags: [],
  };
}

const lastOf = (versions: readonly string[]): string => versions.at(-1) ?? "";
