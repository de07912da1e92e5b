/**
 * Forms in which a service shows a written value: trimmed, normalized, masked, withheld. A form that was seen once an own
 * write had settled is no drift while it stays; any other value is.
 */
import { createHash } from "node:crypto";
import { getAt, isObject, setAt, type PropertyMap, type Path } from "../../common/json";
import { sortedKeys } from "../schema/equivalence";

/** Key in recorded outputs, one secret: a short value could be guessed from its fingerprint. */
export const ECHO_KEY = "echo";

/**
 * Version of {@link fingerprint}. Recorded fingerprints are compared with new ones, so that a later algorithm has to
 * compute this one too before it records its own.
 */
const VERSION = 1;

/** A field that a task shows otherwise than it was written. */
export interface ShownField {
  readonly task: string;
  readonly path: Path;
  readonly written: unknown;
  /** Undefined where the answer lacks it. */
  readonly shown: unknown;
}

interface Recorded {
  readonly version: number;
  /** By task id, then by path as JSON: the kind of answer, and a fingerprint of the written and the shown value. */
  readonly shown: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** The kind of answer of every recorded form: a show call, or where none exists the lists that stand for it. */
const BY_SHOW = "show:";

export function fingerprint(written: unknown, shown: unknown): string {
  const text = JSON.stringify([written, shown === undefined ? [] : [shown]], sortedKeys);
  return createHash("sha256").update(text).digest("hex").slice(0, 32);
}

export class Echo {
  readonly #shown: Recorded["shown"];

  private constructor(shown: Recorded["shown"]) {
    this.#shown = shown;
  }

  static readonly none = new Echo({});

  /** What recorded outputs say of it; of another version nothing can be said. */
  static in(outputs: PropertyMap): Echo {
    const recorded = outputs[ECHO_KEY];
    if (!isObject(recorded) || recorded.version !== VERSION || !isObject(recorded.shown)) return Echo.none;
    return new Echo(recorded.shown as Recorded["shown"]);
  }

  /** The output that records it; nothing where every field is shown as it was written. */
  output(): PropertyMap {
    if (Object.keys(this.#shown).length === 0) return {};
    return { [ECHO_KEY]: { version: VERSION, shown: this.#shown } satisfies Recorded };
  }

  /**
   * The shown value with the written one in the place of every form that is known.
   *
   * @param base path of both values; of elements of lists only those are looked at that it leads into
   */
  explain<T>(task: string, written: unknown, shown: T, base: Path = []): T {
    return Object.entries(this.#shown[task] ?? {}).reduce<T>((current, [key, mark]) => {
      const path = JSON.parse(key) as Path;
      const rest = path.slice(base.length);
      // An element is known by its task: it moves up where the tasks of others are gone.
      const isInBase = base.every(
        (part, index) => path[index] === part || (isIndex(part) && isIndex(path[index])),
      );
      const concerns = isInBase && !rest.some(isIndex);
      if (!concerns) return current;
      const own = getAt(written, rest);
      return mark === BY_SHOW + fingerprint(own, getAt(current, rest))
        ? (setAt(current, rest, own) as T)
        : current;
    }, shown);
  }

  /** This echo for arguments that were not sent, and the given forms for those that were. */
  after(sent: ReadonlySet<string>, fields: readonly ShownField[], tasks: readonly string[]): Echo {
    const shown: Record<string, Record<string, string>> = {};
    for (const task of tasks) {
      const kept = Object.entries(this.#shown[task] ?? {}).filter(
        ([key]) => !sent.has(String((JSON.parse(key) as Path)[0])),
      );
      const found = fields
        .filter((field) => field.task === task)
        .map(({ path, ...field }) => [
          JSON.stringify(path),
          BY_SHOW + fingerprint(field.written, field.shown),
        ]);
      const entries = [...kept, ...found];
      if (entries.length > 0) shown[task] = Object.fromEntries(entries) as Record<string, string>;
    }
    return new Echo(shown);
  }
}

const isIndex = (part: string | number | undefined): boolean => typeof part === "number";
