/** Generated arguments of a service task: every input type, output, schedule and platform that is valid. */
import fc from "fast-check";
import type { Bag } from "../../provider/common/json";
import { UNKNOWN } from "./arguments";

type Arb = fc.Arbitrary<unknown>;
type Fields = Readonly<Record<string, Arb>>;

/** Runs of a property; one test file takes a few seconds at most. */
export const RUNS = { numRuns: 100 } as const;

const record = (required: Fields, optional: Fields = {}): fc.Arbitrary<Record<string, unknown>> =>
  fc.record({ ...required, ...optional }, { requiredKeys: Object.keys(required), noNullPrototype: true });

/** Free of asterisks, which stand for a masked value, and of the sentinels of unknowns. */
const text = (maxLength = 20): fc.Arbitrary<string> =>
  fc.string({ minLength: 1, maxLength, unit: "grapheme" }).map((value) => value.replaceAll("*", "+"));

const word = fc.stringMatching(/^[A-Za-z][A-Za-z0-9_-]{0,12}$/);
/** Keys that every object inherits are as good as any other. */
const key = fc.oneof(word, fc.constantFrom("constructor", "toString", "hasOwnProperty", "X-Api-Key"));
const headers = (minKeys: number): Arb =>
  fc.dictionary(key, text(), { minKeys, maxKeys: 10, noNullPrototype: true });

const fileUrl = word.map((name) => `https://files.example/${name}.mp4`);
const streamUrl = fc.oneof(
  word.map((name) => `rtsp://10.0.0.1:554/${name}`),
  fc.tuple(word, word).map(([user, password]) => `rtsp://${user}:${password}@10.0.0.1/live`),
  word.map((token) => `https://streams.example/live?token=${token}`),
  fc.constant("http://xxxx"),
);

/** Configuration values as JSON has them; -0 is not among them. */
const json = fc
  .jsonValue({ maxDepth: 2, noUnicodeString: false })
  .map((value) => JSON.parse(JSON.stringify(value)) as unknown);

const dataCategory = fc.array(word, { maxLength: 4 });
const tags = fc.array(fc.dictionary(key, text(), { maxKeys: 3, noNullPrototype: true }), {
  minLength: 1,
  maxLength: 2,
});

const time = fc
  .tuple(fc.nat(23), fc.nat(59), fc.nat(59))
  .map((parts) => parts.map((part) => String(part).padStart(2, "0")).join(":"));
const dateTime = fc
  .tuple(fc.integer({ min: 1, max: 28 }), time)
  .map(([day, at]) => `2031-01-${String(day).padStart(2, "0")}T${at}`);
const timezone = fc
  .tuple(fc.constantFrom("+", "-"), fc.nat(13), fc.constantFrom("00", "30", "45"))
  .map(([sign, hours, minutes]) => `${sign}${String(hours).padStart(2, "0")}:${minutes}`);
const minutes = fc.integer({ min: 5, max: 720 });

const anyCase = (value: string): fc.Arbitrary<string> =>
  fc.constantFrom(value, value.toUpperCase(), `${value.slice(0, 1).toUpperCase()}${value.slice(1)}`);

function schedule(platform: string | undefined): Arb {
  const types = platform === "edge" ? ["once", "daily"] : ["once", "daily", "weekly", "monthly"];
  const modes = platform === "edge" ? ["period"] : ["period", "frequency"];
  return fc.tuple(fc.constantFrom(...types), fc.constantFrom(...modes)).chain(([type, mode]) => {
    const at = type === "once" ? dateTime : time;
    const days = (max: number): Arb =>
      fc.uniqueArray(fc.integer({ min: 1, max }), { minLength: 1, maxLength: 5 });
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
  return record({}, members).chain((some) =>
    Object.keys(some).length > 0 ? fc.constant(some) : record({ dis: members.dis ?? fc.constant(undefined) }),
  );
}

const estimate = record({
  cpu: fc.integer({ min: 0, max: 64 }).map((value) => value / 8),
  memory: fc.nat(4096),
});

/** Arguments that the documents allow and the rules of this package accept. */
export const validArguments: fc.Arbitrary<Bag> = fc
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
          name: fc.stringMatching(/^[A-Za-z0-9_-]{1,30}$/),
          description: fc.string({ maxLength: 40, unit: "grapheme" }),
          region: fc.constantFrom("eu-de", "eu-nl", "cn-north-4"),
          triggers: fc.array(json, { maxLength: 2 }),
          timeouts: record({}, { create: fc.constantFrom("90s", "1h30m"), delete: fc.constant("10m") }),
          ...(platform === "edge"
            ? {}
            : { config: fc.dictionary(key, json, { maxKeys: 4, noNullPrototype: true }) }),
          ...(platform === "edge" ? {} : { sourceUsageEstimate: estimate }),
          ...desired,
        },
      ),
    );
  })
  .chain((args) =>
    fc
      .constantFrom(...waitsFor(args))
      .map((waitFor) => (waitFor === undefined ? args : { ...args, waitFor })),
  );

/** The waits that the arguments may ask for. */
function waitsFor(args: Bag): (string | undefined)[] {
  if (args.desiredState === "stopped") return [undefined, "accepted"];
  const ends = (args.input as Bag).type === "obs";
  return [undefined, "accepted", "running", ...(ends ? ["succeeded"] : [])];
}

/** The hidden default name that the class always sends. */
export const autoName = word.map((logical) => `${logical}-0123456789ab`);

export type Path = readonly (string | number)[];

/** Every path below a value, that of the value itself excluded. */
export function pathsIn(value: unknown, path: Path = []): Path[] {
  if (typeof value !== "object" || value === null) return [];
  const entries: [string | number, unknown][] = Array.isArray(value)
    ? [...(value as unknown[]).entries()]
    : Object.entries(value);
  return entries.flatMap(([part, item]) => [[...path, part], ...pathsIn(item, [...path, part])]);
}

/** The sentinel that a preview sends, and the typed ones of the engine for a number and an object. */
export const sentinel = fc.constantFrom(
  UNKNOWN,
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
);

/** Any JSON object; its keys are often those of arguments, so that the checks get deep into it. */
export const anyObject: fc.Arbitrary<Bag> = fc.letrec<{ value: unknown; bag: Record<string, unknown> }>(
  (tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      fc.oneof(fc.jsonValue({ maxDepth: 1 }), sentinel, fc.constantFrom("url", "vcn", "weekly", "edge")),
      tie("bag"),
      fc.array(tie("value"), { maxLength: 3 }),
    ),
    bag: fc.dictionary(
      fc.oneof(
        fc.constantFrom(
          ...[
            "serviceId",
            "name",
            "input",
            "output",
            "schedule",
            "type",
            "data",
            "url",
            "headers",
            "periods",
            "webhook",
          ],
          ...[
            "region",
            "platform",
            "adopt",
            "autoName",
            "timeouts",
            "config",
            "__proto__",
            "constructor",
            "certificate_check",
          ],
        ),
        fc.string({ maxLength: 6 }),
      ),
      tie("value"),
      { maxKeys: 6 },
    ),
  }),
).bag;
