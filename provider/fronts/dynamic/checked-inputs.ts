/** Which resource of the program inputs belong to: only check gets the hidden `autoName`, the other hooks what it left. */
import { createHash } from "node:crypto";
import { isObject, type PropertyMap } from "../../common/json";

export class CheckedInputs {
  /** Undefined for inputs that several resources have: a name that the program gives twice. */
  readonly #owners = new Map<string, string | undefined>();

  /** @param inputs what check returns */
  remember(inputs: PropertyMap, owner: string): void {
    const digest = digestOf(inputs);
    const isShared = this.#owners.has(digest) && this.#owners.get(digest) !== owner;
    this.#owners.set(digest, isShared ? undefined : owner);
  }

  /** The default name of the resource; undefined for inputs that no check of this run returned, or not of one resource alone. */
  ownerOf(inputs: PropertyMap): string | undefined {
    return this.#owners.size === 0 ? undefined : this.#owners.get(digestOf(inputs));
  }
}

const digestOf = (inputs: PropertyMap): string =>
  createHash("sha256")
    .update(JSON.stringify(sorted(inputs)))
    .digest("hex");

/** The engine hands maps on in an order of its own. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isObject(value)) return value;
  return Object.keys(value)
    .sort()
    .map((key) => [key, sorted(value[key])]);
}
