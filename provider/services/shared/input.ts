/** Reads from the arguments how a task runs. */
import { getAt, isObject, type PropertyMap } from "../../common/json";
import { membersIn } from "../../core/drift/members";

/** Where inputs have their sources, each of which is a task. */
export const SOURCES = { path: ["input", "data"] } as const;

/** The sources of the arguments, valid or not. */
export const sourcesIn = (args: PropertyMap): unknown[] => membersIn({ members: SOURCES }, args);

const ENDLESS_TYPES = new Set(["vis", "edgecamera", "vcn", "restful", "edgerestful"]);
export const STREAM_URL = /^(?:rtsp|rtmp)s?:/i;

/** Whether the input never ends: cameras, streams, and stream URLs. */
export function isEndless(args: PropertyMap): boolean {
  const type = getAt(args, ["input", "type"]);
  if (typeof type === "string" && ENDLESS_TYPES.has(type)) return true;
  return sourcesIn(args).some(
    (source) => isObject(source) && typeof source.url === "string" && STREAM_URL.test(source.url),
  );
}
