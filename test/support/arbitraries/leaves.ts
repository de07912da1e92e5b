/** Generated leaves and values that the arguments of all resources are made of. */
import fc from "fast-check";
import type { PropertyMap } from "../../../provider/common/json";
import { UNKNOWN } from "../arguments";

export type Arb = fc.Arbitrary<unknown>;
export type Fields = Readonly<Record<string, Arb>>;

export const record = (required: Fields, optional: Fields = {}): fc.Arbitrary<Record<string, unknown>> =>
  fc.record({ ...required, ...optional }, { requiredKeys: Object.keys(required), noNullPrototype: true });

/** Free of asterisks, which stand for a masked value, and of the sentinels of unknowns. */
export const text = (maxLength = 20): fc.Arbitrary<string> =>
  fc.string({ minLength: 1, maxLength, unit: "grapheme" }).map((value) => value.replaceAll("*", "+"));

export const word = fc.stringMatching(/^[A-Za-z][A-Za-z0-9_-]{0,12}$/);
/** Keys that every object inherits are as good as any other. */
export const key = fc.oneof(word, fc.constantFrom("constructor", "toString", "hasOwnProperty", "X-Api-Key"));
export const headers = (minKeys: number): Arb =>
  fc.dictionary(key, text(), { minKeys, maxKeys: 10, noNullPrototype: true });

export const fileUrl = word.map((name) => `https://files.example/${name}.mp4`);
export const streamUrl = fc.oneof(
  word.map((name) => `rtsp://10.0.0.1:554/${name}`),
  fc.tuple(word, word).map(([user, password]) => `rtsp://${user}:${password}@10.0.0.1/live`),
  word.map((token) => `https://streams.example/live?token=${token}`),
  fc.constant("http://xxxx"),
);

/** Configuration values as JSON has them; -0 is not among them. */
export const json = fc
  .jsonValue({ maxDepth: 2, noUnicodeString: false })
  .map((value) => JSON.parse(JSON.stringify(value)) as unknown);

export const dataCategory = fc.array(word, { maxLength: 4 });
export const tags = fc.array(fc.dictionary(key, text(), { maxKeys: 3, noNullPrototype: true }), {
  minLength: 1,
  maxLength: 2,
});

export const time = fc
  .tuple(fc.nat(23), fc.nat(59), fc.nat(59))
  .map((parts) => parts.map((part) => String(part).padStart(2, "0")).join(":"));
export const dateTime = fc
  .tuple(fc.integer({ min: 1, max: 28 }), time)
  .map(([day, at]) => `2031-01-${String(day).padStart(2, "0")}T${at}`);
export const timezone = fc
  .tuple(fc.constantFrom("+", "-"), fc.nat(13), fc.constantFrom("00", "30", "45"))
  .map(([sign, hours, minutes]) => `${sign}${String(hours).padStart(2, "0")}:${minutes}`);
export const minutes = fc.integer({ min: 5, max: 720 });

export const anyCase = (value: string): fc.Arbitrary<string> =>
  fc.constantFrom(value, value.toUpperCase(), `${value.slice(0, 1).toUpperCase()}${value.slice(1)}`);

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
export const anyObject: fc.Arbitrary<PropertyMap> = fc.letrec<{
  value: unknown;
  bag: Record<string, unknown>;
}>((tie) => ({
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
          "serviceName",
          "batchInput",
          "videoSourceGroup",
          "videoSourceList",
          "timing",
          "serviceConfig",
          "common",
          "eventCenter",
          "edgePoolId",
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
    { maxKeys: 6, noNullPrototype: true },
  ),
})).bag;

/** Days of a schedule, each once. */
export const days = (max: number): Arb =>
  fc.uniqueArray(fc.integer({ min: 1, max }), { minLength: 1, maxLength: 5 });

/** Arguments that all resources have, but for `desiredState` and `waitFor`, which depend on others. */
export const commonArguments: Fields = {
  name: fc.stringMatching(/^[A-Za-z0-9_-]{1,30}$/),
  description: fc.string({ maxLength: 40, unit: "grapheme" }),
  region: fc.constantFrom("eu-de", "eu-nl", "cn-north-4"),
  triggers: fc.array(json, { maxLength: 2 }),
  timeouts: record({}, { create: fc.constantFrom("90s", "1h30m"), delete: fc.constant("10m") }),
};

/** Adds a `waitFor` that the arguments may ask for. */
export function withWait(
  args: fc.Arbitrary<PropertyMap>,
  ends: (args: PropertyMap) => boolean,
): fc.Arbitrary<PropertyMap> {
  return args.chain((given) =>
    fc
      .constantFrom(
        undefined,
        "accepted",
        ...(given.desiredState === "stopped" ? [] : ["running", ...(ends(given) ? ["succeeded"] : [])]),
      )
      .map((waitFor) => (waitFor === undefined ? given : { ...given, waitFor })),
  );
}

/** Members of an output of which there is always one. */
export function someOf(members: Fields, fallback: Fields): Arb {
  return record({}, members).chain((some) =>
    Object.values(some).some((member) => member !== false) ? fc.constant(some) : record(fallback),
  );
}

/** Buckets and file names that every service accepts. */
export const bucket = fc.stringMatching(/^[a-z][a-z0-9]{2,12}$/);
export const filePath = fc.array(word, { minLength: 1, maxLength: 3 }).map((parts) => parts.join("/"));
export const distinctCategories = fc.uniqueArray(word, { maxLength: 4 });
export const hex = fc.stringMatching(/^[0-9a-f]{32}$/);
