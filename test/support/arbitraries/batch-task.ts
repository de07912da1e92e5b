/** Generated arguments of a batch task: groups with and without sources, every output and schedule. */
import fc from "fast-check";
import type { PropertyMap } from "../../../provider/common/json";
import {
  anyCase,
  type Arb,
  bucket,
  commonArguments,
  days,
  distinctCategories,
  type Fields,
  filePath,
  fileUrl,
  headers,
  json,
  key,
  record,
  someOf,
  streamUrl,
  text,
  time,
  timezone,
  withWait,
  word,
} from "./leaves";

/** Sources of one group by number; each source is in one group only. */
const group = (index: number): Arb =>
  fc.array(record({}, { targetRoi: text() }), { maxLength: 3 }).map((regions) => ({
    videoSourceGroupId: `group-${index}`,
    videoSourceList: regions.map((region, number) => ({
      videoSourceId: `camera-${index}-${number}`,
      ...region,
    })),
  }));

const batchInput = fc
  .integer({ min: 1, max: 3 })
  .chain((count) => fc.tuple(...Array.from({ length: count }, (_, index) => group(index))))
  .map((videoSourceGroup) => ({ videoSourceGroup }));

const windows = fc.array(record({ beginAt: time, endAt: time }), { maxLength: 3 });
const periods = fc.array(windows, { minLength: 1, maxLength: 7 }).filter((lists) => lists.flat().length > 0);

const schedule = fc.constantFrom("weekly", "monthly").chain((type) =>
  record(
    {
      type: anyCase(type),
      timezone,
      ...(type === "weekly" ? { daysOfWeek: days(7) } : { daysOfMonth: days(31) }),
    },
    { periods },
  ),
);

const dis = record({ streamName: word }, { dataCategory: distinctCategories });
const members: Fields = {
  dis,
  webhook: record(
    { url: fc.oneof(fileUrl, streamUrl), headers: headers(1) },
    { dataCategory: distinctCategories },
  ),
  obs: record({ bucket, path: filePath }, { dataCategory: distinctCategories }),
  eventCenter: fc.boolean(),
};

const unwaited: fc.Arbitrary<PropertyMap> = fc.constantFrom({}, { schedule }).chain((scheduled: Fields) =>
  record(
    { serviceName: word, serviceVersion: fc.constantFrom("1.0", "2.1"), batchInput, ...scheduled },
    {
      ...commonArguments,
      desiredState: fc.constantFrom("running", "stopped"),
      config: record({}, { common: fc.dictionary(key, json, { maxKeys: 4, noNullPrototype: true }) }),
      isSavedAsTemplate: fc.boolean(),
      resourceOrderId: fc.constantFrom("order-1", "order-2"),
    },
  ).chain((args) => someOf(members, { dis }).map((output) => ({ ...args, output }))),
);

/** Arguments that the documents allow and the rules of this package accept. */
export const batchTaskArguments = withWait(unwaited, (args) => args.schedule === undefined);
