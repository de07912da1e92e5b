/** The video sources that the input of a batch assigns to it. */
import { isObject, type Json, type JsonObject, member, textOf } from "../../json";
import type { VideoGroupDeclaration, VideoSourceDeclaration } from "../../options";
import { InvalidField } from "../../rules";
import type { World } from "../../world";
import { missing } from "./errors";

/** A video source that a batch is to analyse, with the names of the groups it was chosen through. */
export interface Assignment {
  readonly source: VideoSourceDeclaration;
  readonly groupNames: readonly string[];
}

/**
 * The sources of a batch in the order of its input, each once (inferred: a source in two groups makes one
 * sub-task). An empty list stands for every source of its group (inferred).
 */
export function assignments(world: World, batchInput: Json | undefined): Assignment[] {
  const found = new Map<string, Assignment>();
  for (const group of objects(member(batchInput, "video_source_group"))) {
    const declared = groupOf(world, group);
    for (const source of sourcesOf(world, declared, group)) {
      const groupNames = [...(found.get(source.id)?.groupNames ?? []), declared.name];
      found.set(source.id, { source, groupNames });
    }
  }
  if (found.size === 0) throw new InvalidField("batch_input.video_source_group", "has no video sources.");
  return [...found.values()];
}

/** The names of a batch's groups, in the order of its input. */
export function groupNames(world: World, batchInput: Json | undefined): string[] {
  return objects(member(batchInput, "video_source_group")).map((group) => {
    const id = textOf(group["video_source_group_id"]);
    return world.videoGroups.get(id)?.name ?? id;
  });
}

function objects(value: Json | undefined): JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

function groupOf(world: World, group: JsonObject): VideoGroupDeclaration {
  const id = textOf(group["video_source_group_id"]);
  const declared = world.videoGroups.get(id);
  if (declared !== undefined) return declared;
  if (world.behavior.undeclaredVideoSources === "refuse") throw missing("video source group", id);
  return { id, name: id, sources: [] };
}

function sourcesOf(
  world: World,
  declared: VideoGroupDeclaration,
  group: JsonObject,
): readonly VideoSourceDeclaration[] {
  const chosen = objects(group["video_source_list"]).map((source) => textOf(source["video_source_id"]));
  if (chosen.length === 0) return declared.sources;
  return chosen.map((id) => among(world, declared.sources, id));
}

/** A source, whatever its group. */
export function sourceById(world: World, id: string): VideoSourceDeclaration {
  return among(
    world,
    [...world.videoGroups.values()].flatMap(({ sources }) => sources),
    id,
  );
}

function among(world: World, sources: readonly VideoSourceDeclaration[], id: string): VideoSourceDeclaration {
  const found = sources.find((source) => source.id === id);
  if (found !== undefined) return found;
  if (world.behavior.undeclaredVideoSources === "refuse") throw missing("video source", id);
  return { id, name: id };
}
