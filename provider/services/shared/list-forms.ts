/**
 * Whether lists show arguments as shows do, which decide about drift: found out once for tasks that have the same fields,
 * with values of the same kind.
 */
import type { Deadline } from "../../common/deadline";
import { deepEqual, isObject, type PropertyMap } from "../../common/json";
import type { LiveTask } from "../../core/contract";

const DOING = "comparing a list with a task that is shown";

export class ListForms {
  /** By the fields of a task, and the kinds of their values. */
  readonly #equal = new Map<string, Promise<boolean>>();

  /**
   * @param show the same task by a call of its own
   * @returns what was shown, where that had to be asked for
   */
  async confirm(
    listed: LiveTask,
    deadline: Deadline,
    show: () => Promise<LiveTask | undefined>,
  ): Promise<LiveTask | "equal" | undefined> {
    const fields = fieldsOf(listed.args);
    const known = this.#equal.get(fields);
    // The show of another has a deadline of its own, which may be hours away.
    if (known !== undefined) return (await deadline.within(known, DOING)) ? "equal" : show();
    const asked = show();
    this.#equal.set(
      fields,
      asked.then(
        (shown) => shown !== undefined && deepEqual(shown.args, listed.args),
        () => false,
      ),
    );
    try {
      const shown = await asked;
      if (shown === undefined) this.#equal.delete(fields);
      return shown;
    } catch (error) {
      this.#equal.delete(fields);
      throw error;
    }
  }
}

function fieldsOf(args: PropertyMap): string {
  const fields = new Set<string>();
  const walk = (value: unknown, path: string): void => {
    if (Array.isArray(value)) for (const item of value) walk(item, path);
    else if (isObject(value)) for (const [key, item] of Object.entries(value)) walk(item, `${path}\n${key}`);
    else fields.add(`${path}\n${kindOf(value)}`);
  };
  walk(args, "");
  return [...fields].sort().join("\n\n");
}

/** Lengths at which services cut texts. */
const LENGTHS = [0, 16, 32, 64, 128, 256, 512];

/** What services trim, normalize, mask or cut in texts; of other values the type. */
function kindOf(value: unknown): string {
  if (typeof value !== "string") return typeof value;
  const marks = [/^\s|\s$/, /[A-Z]/, /[^ -~]/, /@/, /\/$/, /[%?#<>&"']/].map((mark) =>
    Number(mark.test(value)),
  );
  return [LENGTHS.filter((length) => value.length > length).length, ...marks].join("");
}
