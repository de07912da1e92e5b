/**
 * What batches are made of, as VIAS lists it: groups, sources, algorithms and edge pools. Source: ListVideoGroups,
 * ListVideoSources, ListUserServices, ShowServiceDetail and ListEdgePools, pages and API definitions.
 */
import type { Answer, Call } from "../../http/service";
import type { JsonObject } from "../../json";
import type {
  AlgorithmDeclaration,
  EdgePoolDeclaration,
  VideoGroupDeclaration,
  VideoSourceDeclaration,
} from "../../options";
import { InvalidField } from "../../rules";
import { isLike } from "../../tasks/select";
import type { World } from "../../world";
import { batchesIn } from "./batch";
import { inProject } from "./batches";
import {
  type Listing,
  edgePoolQuery,
  LEVELS,
  serviceQuery,
  UUID_4,
  videoGroupQuery,
  videoSourceQuery,
} from "./catalog-query";
import { missing } from "./errors";

/** Largest numbers of groups and sources, as the examples show them. */
const GROUP_QUOTA = 200;
const SOURCE_QUOTA = 5000;

/** The Chinese word that goes with each state of a source. */
const WORDS = { online: "在线", offline: "离线", abnormal: "异常" } as const;
const STATUSES = { online: "Online", offline: "Offline", abnormal: "Abnormal" } as const;

const includes = (wanted: readonly string[] | undefined, value: string): boolean =>
  wanted?.includes(value) ?? true;

const statusOf = ({ status = "online" }: VideoSourceDeclaration) => status;
const typeOf = ({ type = "url" }: VideoSourceDeclaration) => type;
const accessOf = ({ accessType = "cloud" }: VideoSourceDeclaration | VideoGroupDeclaration) => accessType;

interface Aged<T> {
  readonly item: T;
  readonly createdMs: number;
}

/** The calls that read. */
export class Catalog {
  constructor(private readonly world: World) {}

  groups(call: Call): Answer {
    const query = videoGroupQuery(call.query);
    const { status, hasTask } = query;
    const used = this.#groupsInUse(call);
    const found = this.#aged([...this.world.videoGroups.values()]).filter(
      ({ item }) =>
        isLike(item.name, query.name) &&
        includes(query.accessTypes, accessOf(item)) &&
        (status === undefined || item.sources.some((source) => LEVELS[statusOf(source)] === status)) &&
        (query.types === undefined || item.sources.some((source) => includes(query.types, typeOf(source)))) &&
        (!hasTask || used.has(item.id)),
    );
    const list = paged(found, query, (group) => group.sources.length).map(({ item, createdMs }) => ({
      ...this.#group(item, used.get(item.id) ?? 0, createdMs),
      // The page shows one type for a group of several sources: that of the first (inferred).
      type: item.sources.map(typeOf)[0] ?? "",
    }));
    return {
      status: 200,
      body: {
        video_group_number: found.length,
        total_number: this.world.videoGroups.size,
        quota_number: GROUP_QUOTA,
        video_group_list: list,
      },
    };
  }

  sources(call: Call): Answer {
    const query = videoSourceQuery(call.query);
    const used = this.#groupsInUse(call);
    const groups = [...this.world.videoGroups.values()];
    const groupsOf = (id: string): VideoGroupDeclaration[] =>
      groups.filter((group) => group.sources.some((source) => source.id === id));
    const all = new Map(groups.flatMap(({ sources }) => sources).map((source) => [source.id, source]));
    const found = this.#aged([...all.values()]).filter(({ item }) => {
      const names = query.byGroup ? groupsOf(item.id).map(({ name }) => name) : [item.name];
      return (
        names.some((name) => isLike(name, query.scope)) &&
        includes(query.statuses, LEVELS[statusOf(item)]) &&
        includes(query.types, typeOf(item)) &&
        includes(query.accessTypes, accessOf(item)) &&
        (query.groupIds === undefined || groupsOf(item.id).some(({ id }) => includes(query.groupIds, id))) &&
        (query.tag === undefined || (item.tags ?? []).includes(query.tag)) &&
        query.platform === undefined
      );
    });
    const list = paged(found, query, () => 0).map(({ item, createdMs }) => {
      const packages = groupsOf(item.id).map((group) =>
        this.#group(group, used.get(group.id) ?? 0, createdMs),
      );
      return { ...this.#source(item, createdMs), video_packages: packages };
    });
    return {
      status: 200,
      body: {
        video_source_number: found.length,
        total_number: all.size,
        quota_number: SOURCE_QUOTA,
        video_source_list: list,
      },
    };
  }

  services(call: Call): Answer {
    const query = serviceQuery(call.query);
    const found = this.#algorithms(call).filter(
      ({ item }) =>
        isLike(item.title ?? item.name, query.nameLike) &&
        includes(query.statuses, item.status ?? "service_running"),
    );
    const page = paged(found, query, (algorithm) => Number(lastOf(algorithm.versions)));
    const list = page.map(({ item, createdMs }) => this.#algorithm(item, createdMs));
    return { status: 200, body: { count: list.length, total: found.length, service_list: list } };
  }

  /** The identifier that batches and tasks name an algorithm by is only here, as `api`. */
  service(call: Call): Answer {
    const { service_id = "" } = call.params;
    if (!UUID_4.test(service_id)) {
      throw new InvalidField("service_id", `should match the regular expression ${UUID_4.source}.`);
    }
    const found = this.#algorithms(call).find(({ item }) => item.id === service_id);
    if (found === undefined) throw missing("service", service_id);
    const { item, createdMs } = found;
    return {
      status: 200,
      body: {
        ...this.#algorithm(item, createdMs),
        alg_name: item.title ?? item.name,
        alg_versions: item.versions.slice(0, -1),
        api: item.name,
        release_flag: true,
        release_at: createdMs,
        updated_at: createdMs,
      },
    };
  }

  edgePools(call: Call): Answer {
    const query = edgePoolQuery(call.query);
    const found = this.#aged([...this.world.edgePools.values()]).filter(
      ({ item }) => isLike(item.name, query.nameLike) && (query.state ?? poolState(item)) === poolState(item),
    );
    const pools = paged(found, query, () => 0).map(({ item, createdMs }) => ({
      id: item.id,
      name: item.name,
      ...(item.description === undefined ? {} : { description: item.description }),
      state: poolState(item),
      project_id: call.params["project_id"] ?? "",
      workspace_id: "0",
      created_at: createdMs,
      updated_at: createdMs,
    }));
    return { status: 200, body: { count: found.length, edge_pools: pools } };
  }

  #aged<T>(items: readonly T[]): Aged<T>[] {
    return items.map((item, index) => ({ item, createdMs: this.world.furnishedMs + index }));
  }

  #algorithms(call: Call): Aged<AlgorithmDeclaration>[] {
    return this.#aged(this.world.subscribed(call.params["project_id"] ?? "", "vias"));
  }

  /** How many batches name each group. */
  #groupsInUse(call: Call): Map<string, number> {
    const counts = new Map<string, number>();
    const view = this.world.tasks.list(inProject(call), undefined, this.world.clock.now());
    for (const { record } of batchesIn(view)) {
      const text = JSON.stringify(record.wire["batch_input"] ?? {});
      for (const id of this.world.videoGroups.keys()) {
        if (text.includes(`"video_source_group_id":${JSON.stringify(id)}`))
          counts.set(id, (counts.get(id) ?? 0) + 1);
      }
    }
    return counts;
  }

  #group(group: VideoGroupDeclaration, batches: number, createdMs: number): JsonObject {
    const count = (wanted: string): number =>
      group.sources.filter((each) => statusOf(each) === wanted).length;
    return {
      video_group_id: group.id,
      video_group_name: group.name,
      num_video_source: group.sources.length,
      group_status: {
        num_online: count("online"),
        num_exception: count("abnormal"),
        num_offline: count("offline"),
      },
      access_type: accessOf(group),
      create_at: createdMs,
      modify_at: createdMs,
      num_batch_task: batches,
    };
  }

  #source(source: VideoSourceDeclaration, createdMs: number): JsonObject {
    const status = statusOf(source);
    const address = source.streamPath ?? `rtsp://cameras.example.com/${source.id}`;
    return {
      video_source_id: source.id,
      video_source_name: source.name,
      status: { level: LEVELS[status], name: WORDS[status], status: STATUSES[status] },
      access_type: accessOf(source),
      type: typeOf(source),
      create_at: createdMs,
      stream_path: address,
      type_config: `<type_config><url_address>${address}</url_address></type_config>`,
      latitude: "",
      longitude: "",
      num_tasks: 0,
      num_service_config_templates: 0,
      tag: source.tags ?? [],
      scene_recommend: [],
      video_source_quality: [],
    };
  }

  #algorithm(algorithm: AlgorithmDeclaration, createdMs: number): JsonObject {
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
}

const lastOf = (versions: readonly string[]): string => versions.at(-1) ?? "";

const poolState = ({ state = "Running" }: EdgePoolDeclaration): string => state;

/** The page that a query asks for, or everything where it asks for no pages. */
function paged<T>(found: readonly Aged<T>[], query: Listing, numberOf: (item: T) => number): Aged<T>[] {
  const sign = query.descending ? -1 : 1;
  const sorted = [...found].sort((left, right) => {
    const byNumber = query.byNumber ? numberOf(left.item) - numberOf(right.item) : 0;
    return sign * (byNumber || left.createdMs - right.createdMs);
  });
  const start = (query.page - 1) * query.size;
  return query.paged ? sorted.slice(start, start + query.size) : sorted;
}
