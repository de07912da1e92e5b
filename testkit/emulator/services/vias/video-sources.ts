/** Lists video groups and sources. Source: ListVideoGroups and ListVideoSources, pages and API definitions. */
import type { Answer, Call } from "../../http/service";
import type { JsonObject } from "../../json";
import type { VideoGroupDeclaration, VideoSourceDeclaration } from "../../options";
import { isLike } from "../../tasks/select";
import type { World } from "../../world";
import { batchesIn } from "./batch";
import { inProject } from "./batches";
import { LEVELS, videoGroupQuery, videoSourceQuery } from "./list-query";
import { aged, includes, paged } from "./page";

/** Largest numbers of groups and sources, as the examples show them. */
const GROUP_QUOTA = 200;
const SOURCE_QUOTA = 5000;

/** The Chinese word that goes with each state of a source. */
const WORDS = { online: "在线", offline: "离线", abnormal: "异常" } as const;
const STATUSES = { online: "Online", offline: "Offline", abnormal: "Abnormal" } as const;

const statusOf = ({ status = "online" }: VideoSourceDeclaration) => status;
const typeOf = ({ type = "url" }: VideoSourceDeclaration) => type;
const accessOf = ({ accessType = "cloud" }: VideoSourceDeclaration | VideoGroupDeclaration) => accessType;

export class VideoSources {
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
  }

  listGroups(call: Call): Answer {
    const query = videoGroupQuery(call.query);
    const { status, hasTask } = query;
    const used = this.#groupsInUse(call);
    const found = aged(this.#world, this.#world.videoGroups.values()).filter(
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
        total_number: this.#world.videoGroups.size,
        quota_number: GROUP_QUOTA,
        video_group_list: list,
      },
    };
  }

  list(call: Call): Answer {
    const query = videoSourceQuery(call.query);
    const used = this.#groupsInUse(call);
    const groups = [...this.#world.videoGroups.values()];
    const groupsOf = (id: string): VideoGroupDeclaration[] =>
      groups.filter((group) => group.sources.some((source) => source.id === id));
    const all = new Map(groups.flatMap(({ sources }) => sources).map((source) => [source.id, source]));
    const found = aged(this.#world, all.values()).filter(({ item }) => {
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

  /** How many batches name each group. */
  #groupsInUse(call: Call): Map<string, number> {
    const counts = new Map<string, number>();
    const view = this.#world.tasks.list(inProject(call), undefined, this.#world.clock.now());
    for (const { record } of batchesIn(view)) {
      const text = JSON.stringify(record.wire["batch_input"] ?? {});
      for (const id of this.#world.videoGroups.keys()) {
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
}
