/** The body that creates a service task, for each platform. */
import { taskInput } from "../../bodies/input";
import { taskOutput } from "../../bodies/output";
import {
  description,
  MAX_HEADERS,
  MAX_RTSP_PATH,
  MAX_URL,
  port,
  streamType,
  webhookHeaders,
} from "../../bodies/values";
import { isObject } from "../../json";
import type { Platform } from "../../options";
import {
  bool,
  demand,
  float,
  forbid,
  freeObject,
  integer,
  join,
  list,
  object,
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

const INPUT_TYPES: Readonly<Record<Platform, readonly string[]>> = {
  edge: ["restful", "url", "edgecamera", "vcn"],
  ief: ["restful", "url", "edgecamera", "vcn", "obs", "vis"],
};

const vcn = object({
  ip: required(someText),
  port: required(port),
  username: required(someText),
  password: required(someText),
});

const entry = object(
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
    stream_type: optional(streamType),
    id: optional(text()),
    camera_type: optional(text()),
    tag: optional(list(stringMap(0, Infinity))),
  },
  (found, path) => {
    if (found["camera_type"] !== "ipc") return;
    demand(found, "tag", path);
    list(freeObject, 1)(found["tag"] ?? [], join(path, "tag"));
  },
);

const categories = optional(list(text()));
const output = taskOutput({
  obs: optional(object({ bucket: required(someText), path: required(someText), data_category: categories })),
  dis: optional(
    object({ stream_name: required(someText), data_category: categories, stream_id: optional(text()) }),
  ),
  webhook: optional(
    object({ url: required(someText), headers: required(webhookHeaders), data_category: categories }),
  ),
});

/** Units are undocumented; the types are all that can be checked. */
const estimate = object({ cpu: required(float), memory: required(integer()) });

export function createBody(platform: Platform): Rule {
  const fields = {
    name: required(text({ min: 1, pattern: NAME })),
    description: optional(description),
    schedule: optional(schedule(platform)),
    input: required(taskInput({ types: INPUT_TYPES[platform], entry, vcn })),
    output: required(output),
    config: optional(freeObject),
    source_usage_estimate: optional(estimate),
  };
  return object(fields, (body, path) => {
    const { input: taskIn, output: taskOut } = body;
    if (platform === "edge") {
      if (isObject(taskOut)) forbid(taskOut, "obs", "output", "cannot be used in ModelArts Edge.");
      forbid(body, "config", path, "cannot be used in ModelArts Edge.");
      demand(body, "source_usage_estimate", path);
    }
    const isObs = isObject(taskIn) && taskIn["type"] === "obs";
    if (isObs) forbid(body, "schedule", path, "does not support OBS input.");
  });
}
