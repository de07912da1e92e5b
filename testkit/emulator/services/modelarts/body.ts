import { type JsonObject, textOf } from "../../json";
import type { Platform } from "../../options";
import {
  bool,
  demand,
  float,
  forbid,
  freeObject,
  integer,
  InvalidField,
  join,
  list,
  object,
  oneOf,
  optional,
  required,
  type Rule,
  someText,
  stringMap,
  text,
} from "../../rules";
import { schedule } from "./schedule-body";

/** Bounds of the create page. */
const NAME = /^[A-Za-z0-9_-]{1,100}$/;
const MAX_DESCRIPTION = 500;
const MAX_URL = 1000;
const MAX_RTSP_PATH = 1024;
const MAX_HEADERS = 10;
const STREAM_TYPES = { min: 1, max: 3 };

/** The create page says only "integer"; a TCP port has this range, and VAS documents it. */
const MAX_PORT = 65_535;

const INPUT_TYPES: Readonly<Record<Platform, readonly string[]>> = {
  edge: ["restful", "url", "edgecamera", "vcn"],
  ief: ["restful", "url", "edgecamera", "vcn", "obs", "vis"],
};

/** Members of an input entry that its type makes mandatory. */
const NEEDED: Readonly<Record<string, readonly string[]>> = {
  vis: ["stream_name"],
  obs: ["bucket", "path"],
  url: ["url"],
  restful: ["url", "certificate_check", "rtsp_path_in_response"],
  vcn: ["device_id"],
  edgecamera: ["id"],
};

const vcn = object({
  ip: required(someText),
  port: required(integer(0, MAX_PORT)),
  username: required(someText),
  password: required(someText),
});

/** Members that belong to another input type are accepted: no document forbids them. */
const inputEntry = object(
  {
    stream_name: optional(text()),
    bucket: optional(text()),
    path: optional(text()),
    url: optional(text({ max: MAX_URL })),
    headers: optional(stringMap(0, MAX_HEADERS)),
    certificate_check: optional(bool),
    rtsp_path_in_response: optional(text({ max: MAX_RTSP_PATH })),
    node_id: optional(text()),
    device_id: optional(text()),
    stream_type: optional(integer(STREAM_TYPES.min, STREAM_TYPES.max)),
    id: optional(text()),
    camera_type: optional(text()),
    tag: optional(list(stringMap(0, Infinity))),
  },
  (entry, path) => {
    if (entry["camera_type"] !== "ipc") return;
    demand(entry, "tag", path);
    list(freeObject, 1)(entry["tag"] ?? [], join(path, "tag"));
  },
);

function input(platform: Platform): Rule {
  const fields = {
    type: required(oneOf(INPUT_TYPES[platform])),
    data: required(list(inputEntry, 1)),
    vcn: optional(vcn),
  };
  return object(fields, (value, path) => {
    const type = textOf(value["type"]);
    if (type === "vcn") demand(value, "vcn", path);
    else forbid(value, "vcn", path, "is only for the input type vcn.");
    const entries = Array.isArray(value["data"]) ? value["data"] : [];
    entries.forEach((entry, index) => {
      for (const key of NEEDED[type] ?? [])
        demand(entry as JsonObject, key, `${join(path, "data")}[${index}]`);
    });
  });
}

const categories = optional(list(text()));
const dis = object({
  stream_name: required(someText),
  data_category: categories,
  stream_id: optional(text()),
});
const webhook = object({
  url: required(someText),
  headers: required(stringMap(1, MAX_HEADERS)),
  data_category: categories,
});
const obs = object({ bucket: required(someText), path: required(someText), data_category: categories });

function output(platform: Platform): Rule {
  return object({ obs: optional(obs), dis: optional(dis), webhook: optional(webhook) }, (value, path) => {
    if (Object.keys(value).length === 0) throw new InvalidField(path, "should have at least one output.");
    if (platform === "edge") forbid(value, "obs", path, "cannot be used in ModelArts Edge.");
  });
}

/** Units are undocumented; the types are all that can be checked. */
const estimate = object({ cpu: required(float), memory: required(integer()) });

/** The create body for a service of this platform. */
export function createBody(platform: Platform): Rule {
  const fields = {
    name: required(text({ min: 1, pattern: NAME })),
    description: optional(text({ max: MAX_DESCRIPTION })),
    schedule: optional(schedule(platform)),
    input: required(input(platform)),
    output: required(output(platform)),
    config: optional(freeObject),
    source_usage_estimate: optional(estimate),
  };
  return object(fields, (body, path) => {
    if (platform === "edge") {
      forbid(body, "config", path, "cannot be used in ModelArts Edge.");
      demand(body, "source_usage_estimate", path);
    }
    const isObs = (body["input"] as JsonObject)["type"] === "obs";
    if (isObs) forbid(body, "schedule", path, "does not support OBS input.");
  });
}
