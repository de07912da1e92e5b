/** Generated arguments of a VAS job: every input type, output and timing that is valid. */
import fc from "fast-check";
import type { PropertyMap } from "../../../provider/common/json";
import {
  anyCase,
  type Arb,
  bucket,
  commonArguments,
  dateTime,
  days,
  distinctCategories,
  type Fields,
  filePath,
  fileUrl,
  headers,
  hex,
  json,
  key,
  minutes,
  record,
  someOf,
  streamUrl,
  text,
  time,
  timezone,
  withWait,
  word,
} from "./leaves";

const cameraUrl = fc.oneof(
  word.map((name) => `rtsp://10.0.0.1:554/${name}`),
  fc.tuple(word, word).map(([user, password]) => `rtmp://${user}:${password}@10.0.0.1/live`),
);

const timing = fc
  .tuple(fc.constantFrom("once", "daily", "weekly", "monthly"), fc.constantFrom("period", "frequency"))
  .chain(([type, mode]) => {
    const at = type === "once" ? dateTime : time;
    return record({
      type: anyCase(type),
      timezone,
      ...(type === "weekly" ? { daysOfWeek: days(7) } : {}),
      ...(type === "monthly" ? { daysOfMonth: days(31) } : {}),
      ...(type === "once" && mode === "frequency"
        ? { date: fc.constantFrom("2031-01-01", "2031-12-31") }
        : {}),
      ...(mode === "period"
        ? { periods: fc.array(record({ beginAt: at, endAt: at }), { minLength: 1, maxLength: 3 }) }
        : { frequency: record({ interval: minutes, duration: minutes }, { beginAt: time, endAt: time }) }),
    });
  });

/** Fields of one source by input type. */
const SOURCES: Readonly<Record<string, Arb>> = {
  edgerestful: record(
    {
      url: streamUrl,
      certificateCheck: fc.boolean(),
      rtspPathInResponse: fc.oneof(
        word.map((name) => `data/${name}`),
        fc.constant("url"),
      ),
    },
    { headers: headers(1), nodeId: fc.uuid() },
  ),
  url: record({ url: fc.oneof(fileUrl, streamUrl) }),
  edgecamera: record({ id: word }),
  vcn: record(
    { deviceId: fc.stringMatching(/^\d{20}#(?:\d{1,10}#)?[a-zA-Z0-9]{32}$/) },
    { streamType: fc.integer({ min: 1, max: 3 }), nodeId: fc.uuid() },
  ),
  obs: record({ bucket, path: filePath }),
  vis: record({ streamName: word }),
};

/** The VCN server, with a password of its own. */
export const vcnServer = record({
  ip: fc.ipV4(),
  port: fc.integer({ min: 0, max: 65_535 }),
  username: word,
  password: text(),
});

function input(type: string, timed: boolean): Arb {
  const source = timed && type === "url" ? record({ url: cameraUrl }) : (SOURCES[type] ?? fc.constant({}));
  return record({
    type: fc.constant(type),
    data: fc.array(source, { minLength: 1, maxLength: 3 }),
    ...(type === "vcn" ? { vcn: vcnServer } : {}),
  });
}

const dataCategory = distinctCategories;
const dis = record({ streamName: word }, { dataCategory });
const members: Fields = {
  dis,
  webhook: record({ url: fc.oneof(fileUrl, streamUrl), headers: headers(1) }, { dataCategory }),
  obs: record({ bucket, path: filePath }, { dataCategory }),
  hosting: record({}, { dataCategory }),
  localpath: record({ mountSourcePath: word.map((name) => `/results/${name}`) }, { dataCategory }),
};

const unwaited: fc.Arbitrary<PropertyMap> = fc.boolean().chain((timed) => {
  const types = Object.keys(SOURCES).filter((type) => !timed || type !== "obs");
  return fc.constantFrom(...types).chain((type) =>
    record(
      {
        serviceName: fc.constantFrom("video-analyze", "face-detect"),
        serviceVersion: fc.constantFrom("1.0", "2.10"),
        input: input(type, timed),
        output: someOf(members, { dis }),
        ...(timed ? { timing } : {}),
      },
      {
        ...commonArguments,
        desiredState: fc.constantFrom("running", "stopped"),
        serviceConfig: record({
          common: fc.dictionary(key, json, { maxKeys: 4, noNullPrototype: true }),
        }),
        edgePoolId: hex,
        resourceOrderId: hex,
      },
    ),
  );
});

/** Arguments that the documents allow and the rules of this package accept. */
export const videoAnalysisJobArguments = withWait(
  unwaited,
  (args) => (args.input as PropertyMap).type === "obs",
);
