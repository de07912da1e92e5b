/** Generated arguments of a service task: every input type, output, schedule and platform that is valid. */
import fc from "fast-check";
import type { PropertyMap } from "../../../provider/common/json";
import {
  anyCase,
  type Arb,
  commonArguments,
  dataCategory,
  dateTime,
  days,
  type Fields,
  fileUrl,
  headers,
  json,
  key,
  minutes,
  record,
  someOf,
  streamUrl,
  tags,
  text,
  time,
  timezone,
  withWait,
  word,
} from "./leaves";

function schedule(platform: string | undefined): Arb {
  const types = platform === "edge" ? ["once", "daily"] : ["once", "daily", "weekly", "monthly"];
  const modes = platform === "edge" ? ["period"] : ["period", "frequency"];
  return fc.tuple(fc.constantFrom(...types), fc.constantFrom(...modes)).chain(([type, mode]) => {
    const at = type === "once" ? dateTime : time;
    return record(
      {
        type: anyCase(type),
        timezone,
        ...(type === "weekly" ? { daysOfWeek: days(7) } : {}),
        ...(type === "monthly" ? { daysOfMonth: days(31) } : {}),
        ...(mode === "period"
          ? { periods: fc.array(record({ beginAt: at, endAt: at }), { minLength: 1, maxLength: 3 }) }
          : { frequency: record({ interval: minutes, duration: minutes, beginAt: at, endAt: at }) }),
      },
      { executionMode: anyCase(mode) },
    );
  });
}

const sources = (source: Arb): Arb => fc.array(source, { minLength: 1, maxLength: 3 });

function input(type: string, platform: string | undefined): Arb {
  const typed = (source: Arb, more: Fields = {}): Arb =>
    record({ type: fc.constant(type), data: sources(source), ...more });
  switch (type) {
    case "restful":
      return typed(
        record(
          { url: streamUrl, certificateCheck: fc.boolean(), rtspPathInResponse: text() },
          { headers: headers(0), nodeId: word },
        ),
      );
    case "url":
      return typed(record({ url: fc.oneof(fileUrl, streamUrl) }));
    case "edgecamera":
      return typed(
        platform === "ief"
          ? record({ id: word })
          : fc.oneof(
              record({ id: word }, { tag: tags }),
              record({ id: word, cameraType: fc.constant("ipc"), tag: tags }),
            ),
      );
    case "vcn":
      return typed(record({ deviceId: word }, { streamType: fc.integer({ min: 1, max: 3 }), nodeId: word }), {
        vcn: record({
          ip: fc.ipV4(),
          port: fc.integer({ min: 0, max: 65_535 }),
          username: word,
          password: text(),
        }),
      });
    case "obs":
      return typed(record({ bucket: word, path: text() }));
    default:
      return typed(record({ streamName: word }));
  }
}

function output(platform: string | undefined): Arb {
  const members: Fields = {
    dis: record({ streamName: word }, { dataCategory, ...(platform === "ief" ? {} : { streamId: word }) }),
    webhook: record({ url: fc.oneof(fileUrl, streamUrl), headers: headers(1) }, { dataCategory }),
    ...(platform === "edge" ? {} : { obs: record({ bucket: word, path: text() }, { dataCategory }) }),
  };
  return someOf(members, { dis: record({ streamName: word }) });
}

const estimate = record({
  cpu: fc.integer({ min: 0, max: 64 }).map((value) => value / 8),
  memory: fc.nat(4096),
});

const unwaited: fc.Arbitrary<PropertyMap> = fc
  .record({
    platform: fc.constantFrom(undefined, "edge", "ief"),
    scheduled: fc.boolean(),
  })
  .chain(({ platform, scheduled }) => {
    const all = ["restful", "url", "edgecamera", "vcn", ...(platform === "edge" ? [] : ["obs", "vis"])];
    const types = scheduled ? all.filter((type) => type !== "obs") : all;
    const desired = platform === "ief" ? { desiredState: fc.constantFrom("running", "stopped") } : {};
    return fc.constantFrom(...types).chain((type) =>
      record(
        {
          serviceId: fc.uuid(),
          input: input(type, platform),
          output: output(platform),
          ...(platform === undefined ? {} : { platform: fc.constant(platform) }),
          ...(scheduled ? { schedule: schedule(platform) } : {}),
          ...(platform === "edge" ? { sourceUsageEstimate: estimate } : {}),
        },
        {
          ...commonArguments,
          ...(platform === "edge"
            ? {}
            : { config: fc.dictionary(key, json, { maxKeys: 4, noNullPrototype: true }) }),
          ...(platform === "edge" ? {} : { sourceUsageEstimate: estimate }),
          ...desired,
        },
      ),
    );
  });

/** Arguments that the documents allow and the rules of this package accept. */
export const serviceTaskArguments = withWait(unwaited, (args) => (args.input as PropertyMap).type === "obs");
