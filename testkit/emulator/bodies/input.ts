/** The input of a task, within the limits of its service. */
import { isObject, type JsonObject, textOf } from "../json";
import {
  bool,
  demand,
  type Field,
  forbid,
  join,
  list,
  object,
  oneOf,
  optional,
  required,
  type Rule,
  stringMap,
  text,
} from "../rules";
import { bucket, MAX_HEADERS, MAX_RTSP_PATH, obsPath, port, streamType, url } from "./values";

/** Members of an input entry that its type makes mandatory. */
const NEEDED: Readonly<Record<string, readonly string[]>> = {
  vis: ["stream_name"],
  obs: ["bucket", "path"],
  url: ["url"],
  restful: ["url", "certificate_check", "rtsp_path_in_response"],
  edgerestful: ["url", "certificate_check", "rtsp_path_in_response"],
  vcn: ["device_id"],
  edgecamera: ["id"],
  video_source: ["video_source_id"],
};

/** The differences between the inputs of the services. */
export interface InputLimits {
  readonly types: readonly string[];
  readonly entry: Rule;
  readonly vcn: Rule;
  readonly maxEntries?: number;
}

/**
 * The input of a task. An entry's members that belong to another input type are accepted: no document forbids
 * them.
 */
export function taskInput({ types, entry, vcn, maxEntries }: InputLimits): Rule {
  const fields = {
    type: required(oneOf(types)),
    data: required(list(entry, 1, maxEntries)),
    vcn: optional(vcn),
  };
  return object(fields, (value, path) => {
    const type = textOf(value["type"]);
    if (type === "vcn") demand(value, "vcn", path);
    else forbid(value, "vcn", path, "is only for the input type vcn.");
    entriesOf(value).forEach((found, index) => {
      for (const key of NEEDED[type] ?? []) demand(found, key, `${join(path, "data")}[${index}]`);
    });
  });
}

/** The entries of an input. */
export function entriesOf(input: JsonObject): JsonObject[] {
  return Array.isArray(input["data"]) ? input["data"].filter(isObject) : [];
}

/** The definitions of VAS and VIAS allow so many entries. */
export const MAX_ENTRIES = 50;

/** Group the alternatives of the published expression, which anchors each of them on one side only. */
const DEVICE_ID = /^([0-9]{20}#[a-zA-Z0-9]{32}|[0-9]{20}#[0-9]{1,10}#[a-zA-Z0-9]{32})$/;

const IPV4 = /^((25[0-5]|2[0-4]\d|1?\d?\d)(\.|$)){4}$/;

/** Members of an input entry that VAS and VIAS define alike. */
export const definedEntry: Readonly<Record<string, Field>> = {
  bucket: optional(bucket),
  path: optional(obsPath),
  stream_name: optional(text({ pattern: /^[-A-Za-z0-9_]{1,80}$/ })),
  url: optional(url),
  headers: optional(stringMap(0, MAX_HEADERS)),
  certificate_check: optional(bool),
  rtsp_path_in_response: optional(
    text({
      max: MAX_RTSP_PATH,
      pattern: /^([-A-Za-z0-9+&?=~_][-A-Za-z0-9+&/?=~_]+[-A-Za-z0-9+&/?=~_]|[A-Za-z]+)$/,
    }),
  ),
  device_id: optional(text({ pattern: DEVICE_ID })),
  stream_type: optional(streamType),
  id: optional(text({ max: 63, pattern: /^[a-zA-Z0-9][a-zA-Z0-9_-]*$/ })),
};

/** The vcn server as VAS and VIAS define it. */
export const definedVcn = object({
  ip: required(text({ pattern: IPV4 })),
  port: required(port),
  username: required(text({ min: 1, max: 100 })),
  password: required(text({ min: 1, max: 1000 })),
});
