/** Property values on the wire and in a state. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import {
  Asset,
  isMap,
  type Json,
  type JsonMap,
  type PropertyMap,
  type PropertyValue,
  ResourceReference,
  Secret,
  Unknown,
  UNKNOWN,
} from "./property-value";

/** The key that marks an object on the wire and in the state as a special value (SDK `runtime/rpc.ts`). */
export const SIGNATURE_KEY = "4dabf18193072939515e22adb298388d";

/** The special values, by the signature found under `SIGNATURE_KEY`. */
export const SIGNATURES = {
  asset: "c44067f5952c0a294b673a41bacd8c17",
  archive: "0def7320c3a5731c473e5ecbe6d01bc7",
  secret: "1b47061264138c4ac30d75fd1eb44270",
  resource: "5cf8f73096256a8f31e491e813e4eb8e",
  output: "d0e6a833031e9bbcd3f4e8bde6ca49a4",
} as const;

/** The string that stands for an unknown value on the wire and in a state file. */
export const UNKNOWN_STRING = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** The typed unknowns that other SDKs send; for this engine all are the same. */
const UNKNOWN_STRINGS: ReadonlySet<string> = new Set([
  UNKNOWN_STRING,
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);

export interface DecodeOptions {
  /** Treatment of an unknown: itself, an error, or nothing. */
  readonly unknowns: "keep" | "reject" | "drop";
  /** The directory that asset paths are relative to; without it assets get no hash. */
  readonly assetDirectory?: string;
}

export interface EncodeOptions {
  readonly keepSecrets: boolean;
  /** False leaves unknown values out, as the engine does for calls that must not see any. */
  readonly keepUnknowns: boolean;
  readonly keepResources: boolean;
}

/** Reads the properties of a gRPC message. */
export function decodeProperties(json: JsonMap, options: DecodeOptions): PropertyMap {
  const result: PropertyMap = {};
  for (const [key, value] of Object.entries(json)) {
    const decoded = decodeValue(key, value, options);
    if (decoded !== undefined) result[key] = decoded;
  }
  return result;
}

/** Reads one value; undefined means that it is left out. */
export function decodeValue(key: string, json: Json, options: DecodeOptions): PropertyValue | undefined {
  if (typeof json === "string") return UNKNOWN_STRINGS.has(json) ? decodeUnknown(key, options) : json;
  if (json === null || typeof json !== "object") return json;
  if (Array.isArray(json)) return json.map((element) => decodeValue(key, element, options) ?? null);
  const signature = json[SIGNATURE_KEY];
  return signature === undefined
    ? decodeProperties(json, options)
    : decodeSpecial(key, signature, json, options);
}

function decodeUnknown(key: string, options: DecodeOptions): PropertyValue | undefined {
  if (options.unknowns === "reject") throw new Error(`unexpected unknown property value for "${key}"`);
  return options.unknowns === "keep" ? UNKNOWN : undefined;
}

function decodeSpecial(
  key: string,
  signature: Json,
  json: JsonMap,
  options: DecodeOptions,
): PropertyValue | undefined {
  switch (signature) {
    case SIGNATURES.secret: {
      if (json["value"] === undefined) throw new Error(`malformed RPC secret: missing value for "${key}"`);
      const element = decodeValue(key, json["value"], options);
      return element === undefined ? undefined : new Secret(element);
    }
    case SIGNATURES.asset:
    case SIGNATURES.archive:
      return new Asset(options.assetDirectory === undefined ? json : hashed(json, options.assetDirectory));
    case SIGNATURES.resource:
      return decodeReference(key, json);
    case SIGNATURES.output: {
      const known =
        json["value"] === undefined ? decodeUnknown(key, options) : decodeValue(key, json["value"], options);
      return known !== undefined && json["secret"] === true ? new Secret(known) : known;
    }
    default:
      throw new Error(`unrecognized signature '${JSON.stringify(signature)}' in property map for "${key}"`);
  }
}

function decodeReference(key: string, json: JsonMap): ResourceReference {
  const { urn, id, packageVersion } = json;
  if (typeof urn !== "string") throw new Error(`malformed resource reference for "${key}": missing urn`);
  const version = typeof packageVersion === "string" && packageVersion !== "" ? packageVersion : undefined;
  if (typeof id !== "string") return new ResourceReference(urn, undefined, version);
  return new ResourceReference(urn, id === "" || UNKNOWN_STRINGS.has(id) ? UNKNOWN : id, version);
}

/** Adds the SHA-256 of text and file assets, so that a changed file is a changed property. Archives get none. */
function hashed(fields: JsonMap, directory: string): JsonMap {
  if (typeof fields["hash"] === "string" && fields["hash"] !== "") return fields;
  const content = contentOf(fields, directory);
  return content === undefined
    ? fields
    : { ...fields, hash: createHash("sha256").update(content).digest("hex") };
}

function contentOf(fields: JsonMap, directory: string): string | Buffer | undefined {
  if (fields[SIGNATURE_KEY] !== SIGNATURES.asset) return undefined;
  if (typeof fields["text"] === "string") return fields["text"];
  return typeof fields["path"] === "string" ? readFileSync(resolve(directory, fields["path"])) : undefined;
}

/** Writes properties for a gRPC message. */
export function encodeProperties(map: PropertyMap, options: EncodeOptions): JsonMap {
  const result: JsonMap = {};
  for (const key of Object.keys(map).sort()) {
    const encoded = encodeValue(map[key] ?? null, options);
    if (encoded !== undefined) result[key] = encoded;
  }
  return result;
}

function encodeValue(value: PropertyValue, options: EncodeOptions): Json | undefined {
  if (value instanceof Unknown) return options.keepUnknowns ? UNKNOWN_STRING : undefined;
  if (value instanceof Secret) {
    const element = encodeValue(value.element, options);
    if (element === undefined || !options.keepSecrets) return element;
    return { [SIGNATURE_KEY]: SIGNATURES.secret, value: element };
  }
  if (value instanceof Asset) return value.fields;
  if (value instanceof ResourceReference) return encodeReference(value, options);
  if (Array.isArray(value)) {
    return value
      .map((element) => encodeValue(element, options))
      .filter((element): element is Json => element !== undefined);
  }
  return isMap(value) ? encodeProperties(value, options) : value;
}

function encodeReference(reference: ResourceReference, options: EncodeOptions): Json | undefined {
  if (!options.keepResources) {
    return reference.id === undefined ? reference.urn : encodeValue(reference.id, options);
  }
  return {
    [SIGNATURE_KEY]: SIGNATURES.resource,
    urn: reference.urn,
    ...(reference.id === undefined ? {} : { id: reference.id instanceof Unknown ? "" : reference.id }),
    ...(reference.packageVersion === undefined ? {} : { packageVersion: reference.packageVersion }),
  };
}
