/** Writes resources into a state, and reads them from it. */
import type { PassphraseSecrets } from "./crypto";
import type { ResourceV3 } from "./deployment";
import { EngineError } from "./errors";
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
import type { ResourceState } from "./resource-state";
import { SIGNATURE_KEY, SIGNATURES, UNKNOWN_STRING } from "./wire";

/** A resource as it was when it was last written. */
interface Written {
  readonly fields: ResourceState;
  readonly json: ResourceV3;
}

/**
 * Writes resources into a state; each secret is encrypted once and keeps its ciphertext. The whole state is written at
 * every step, in which few resources change: what is unchanged is the same object as before.
 */
export class StateSerializer {
  readonly #secrets: PassphraseSecrets;
  readonly #ciphertexts = new WeakMap<Secret, string>();
  readonly #written = new WeakMap<ResourceState, Written>();

  constructor(secrets: PassphraseSecrets) {
    this.#secrets = secrets;
  }

  resource(state: ResourceState): ResourceV3 {
    const known = this.#written.get(state);
    if (known !== undefined && isUnchanged(state, known.fields)) return known.json;
    const json = this.#serialized(state);
    this.#written.set(state, { fields: { ...state }, json });
    return json;
  }

  #serialized(state: ResourceState): ResourceV3 {
    const trigger = state.replacementTrigger;
    return compact({
      urn: state.urn,
      custom: state.custom,
      delete: state.delete,
      id: state.id,
      type: state.type,
      inputs: this.#properties(state.inputs),
      outputs: state.outputs === undefined ? undefined : this.#properties(state.outputs),
      parent: state.parent,
      protect: state.protect,
      taint: state.taint,
      external: state.external,
      dependencies: state.dependencies,
      initErrors: state.initErrors,
      provider: state.provider,
      propertyDependencies: state.propertyDependencies,
      pendingReplacement: state.pendingReplacement,
      additionalSecretOutputs: state.additionalSecretOutputs,
      customTimeouts: state.customTimeouts,
      importID: state.importID,
      retainOnDelete: state.retainOnDelete,
      deletedWith: state.deletedWith,
      replaceWith: state.replaceWith,
      created: state.created,
      modified: state.modified,
      sourcePosition: state.sourcePosition,
      ignoreChanges: state.ignoreChanges,
      replaceOnChanges: state.replaceOnChanges,
      replacementTrigger: trigger === null ? undefined : this.#value(trigger),
    });
  }

  #properties(map: PropertyMap): JsonMap {
    const keys = Object.keys(map).sort();
    return Object.fromEntries(keys.map((key) => [key, this.#value(map[key] ?? null)]));
  }

  #value(value: PropertyValue, plainSecrets = false): Json {
    if (value instanceof Unknown) return UNKNOWN_STRING;
    if (value instanceof Secret) {
      if (plainSecrets) {
        const plaintext = JSON.stringify(this.#value(value.element, true));
        return { [SIGNATURE_KEY]: SIGNATURES.secret, ciphertext: plaintext };
      }
      return { [SIGNATURE_KEY]: SIGNATURES.secret, ciphertext: this.#ciphertext(value) };
    }
    if (value instanceof Asset) return value.fields;
    if (value instanceof ResourceReference) return serializeReference(value);
    if (Array.isArray(value)) return value.map((element) => this.#value(element, plainSecrets));
    if (!isMap(value)) return value;
    const keys = Object.keys(value).sort();
    return Object.fromEntries(keys.map((key) => [key, this.#value(value[key] ?? null, plainSecrets)]));
  }

  #ciphertext(secret: Secret): string {
    const known = this.#ciphertexts.get(secret);
    if (known !== undefined) return known;
    // Inside a secret Pulumi writes nested secrets with their plaintext in the place of the ciphertext.
    const ciphertext = this.#secrets.encrypt(JSON.stringify(this.#value(secret.element, true)));
    this.#ciphertexts.set(secret, ciphertext);
    return ciphertext;
  }

  /** Reads properties of a state; secrets remember their ciphertext, so unchanged ones are written unchanged. */
  decode(map: JsonMap, insideSecret = false): PropertyMap {
    const entries = Object.entries(map);
    return Object.fromEntries(entries.map(([key, json]) => [key, this.decodeValue(json, insideSecret)]));
  }

  decodeValue(json: Json, insideSecret = false): PropertyValue {
    if (json === UNKNOWN_STRING) return UNKNOWN;
    if (json === null || typeof json !== "object") return json;
    if (Array.isArray(json)) return json.map((element) => this.decodeValue(element, insideSecret));
    switch (json[SIGNATURE_KEY]) {
      case undefined:
        return this.decode(json, insideSecret);
      case SIGNATURES.secret:
        return this.#decodeSecret(json, insideSecret);
      case SIGNATURES.asset:
      case SIGNATURES.archive:
        return new Asset(json);
      case SIGNATURES.resource:
        return deserializeReference(json);
      default:
        throw new EngineError("STATE_INVALID", "the state holds a special value of an unknown kind");
    }
  }

  #decodeSecret(json: JsonMap, insideSecret: boolean): Secret {
    const { plaintext, ciphertext } = json;
    const text = plaintext ?? ciphertext;
    if (typeof text !== "string")
      throw new EngineError("STATE_INVALID", "the state holds a malformed secret");
    const encrypted = plaintext === undefined && !insideSecret;
    const opened = JSON.parse(encrypted ? this.#secrets.decrypt(text) : text) as Json;
    const secret = new Secret(this.decodeValue(opened, true));
    if (encrypted) this.#ciphertexts.set(secret, text);
    return secret;
  }
}

/** Steps give a resource other maps and lists; they never change those that it has. */
function isUnchanged(state: ResourceState, before: ResourceState): boolean {
  return (Object.keys(before) as (keyof ResourceState)[]).every((key) => state[key] === before[key]);
}

function serializeReference(reference: ResourceReference): JsonMap {
  return {
    [SIGNATURE_KEY]: SIGNATURES.resource,
    urn: reference.urn,
    packageVersion: reference.packageVersion ?? "",
    ...(reference.id === undefined ? {} : { id: reference.id instanceof Unknown ? "" : reference.id }),
  };
}

function deserializeReference(json: JsonMap): ResourceReference {
  const { urn, id, packageVersion } = json;
  if (typeof urn !== "string") {
    throw new EngineError("STATE_INVALID", "the state holds a malformed resource reference");
  }
  const version = typeof packageVersion === "string" && packageVersion !== "" ? packageVersion : undefined;
  return new ResourceReference(urn, typeof id === "string" ? id : undefined, version);
}

/** Drops what is empty, except the three fields that every resource has. */
function compact(
  fields: {
    [Key in keyof ResourceV3]-?: ResourceV3[Key] | undefined;
  } & Pick<ResourceV3, "urn" | "custom" | "type">,
): ResourceV3 {
  const kept = Object.entries(fields).filter(([key, value]) => key === "custom" || !isEmpty(value));
  return {
    ...(Object.fromEntries(kept) as Partial<ResourceV3>),
    urn: fields.urn,
    custom: fields.custom,
    type: fields.type,
  };
}

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === "" || value === false) return true;
  return typeof value === "object" && value !== null && Object.keys(value).length === 0;
}
