/** The query of a list call; refuses parameters that the call does not have. */
import { integer, InvalidField, type Rule } from "../rules";

/** Text that {@link Query.integer} takes for a number. */
const DIGITS = /^\d{1,16}$/;

export class Query {
  readonly #given: URLSearchParams;

  constructor(given: URLSearchParams, known: readonly string[]) {
    this.#given = given;
    for (const key of given.keys()) {
      if (!known.includes(key)) throw new InvalidField(key, "is not supported.");
    }
  }

  text(key: string, rule: Rule): string | undefined {
    const value = this.#given.get(key) ?? undefined;
    if (value !== undefined) rule(value, key);
    return value;
  }

  /** Every value of a parameter that may be repeated; undefined where there is none. */
  texts(key: string, rule: Rule): string[] | undefined {
    const values = this.#given.getAll(key);
    for (const value of values) rule(value, key);
    return values.length === 0 ? undefined : values;
  }

  integer(key: string, min: number, max?: number): number | undefined {
    const value = this.#given.get(key) ?? undefined;
    if (value === undefined) return undefined;
    integer(min, max)(DIGITS.test(value) ? Number(value) : value, key);
    return Number(value);
  }
}
