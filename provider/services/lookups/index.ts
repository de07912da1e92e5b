/**
 * Read-only lookups of what the services have, by name. What a program imports of them is in sdk/, which loads this
 * with the first question.
 */
import type { PropertyMap, Path } from "../../common/json";
import { secretPaths } from "../../core/schema/secrets";
import type { Configured } from "../configured";
import { Runtimes, runWithoutEngine } from "../runtime";
import { argumentFromText } from "./from-text";
import type { Lister } from "./listing";
import { checkedInputs, type GetLookup, type ListLookup } from "./lookup";
import { type GetName, type ListName, LOOKUPS } from "./registry";

export type { Lister } from "./listing";
export { type GetName, isGet, isList, type ListName } from "./registry";

/** Lookups of one program or command: equal configurations share connections and tokens. */
export class Lookups {
  readonly #runtimes: Runtimes;

  constructor(runtimes = new Runtimes(runWithoutEngine())) {
    this.#runtimes = runtimes;
  }

  /**
   * One entry.
   *
   * @throws `NOT_FOUND` where there is no such thing, `INVALID_LOOKUP` for arguments that the lookup does not take
   */
  async get(name: GetName, args: PropertyMap, configured: Configured): Promise<PropertyMap> {
    const lookup: GetLookup = LOOKUPS[name];
    return lookup.get(this.#runtimes.of(configured), checkedInputs(name, lookup, args));
  }

  /** A list; nothing is asked for yet but the project's id, where only its name is known. */
  async list(name: ListName, args: PropertyMap, configured: Configured): Promise<Lister> {
    const lookup: ListLookup = LOOKUPS[name];
    return lookup.open(this.#runtimes.of(configured), checkedInputs(name, lookup, args));
  }
}

/** The arguments of a list, of which each is a text. */
export function argumentsFromTexts(name: ListName, texts: Readonly<Record<string, string>>): PropertyMap {
  const lookup: ListLookup = LOOKUPS[name];
  return Object.fromEntries(
    Object.entries(texts).map(([key, text]) => [key, argumentFromText(lookup.inputs, key, text)]),
  );
}

/** Where an entry holds values that are known to be sensitive. */
export function secretsOf(name: GetName | ListName, entry: unknown): readonly Path[] {
  return secretPaths(LOOKUPS[name].entry, entry);
}
