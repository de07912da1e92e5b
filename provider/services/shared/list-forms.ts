/** Whether lists show arguments as shows do, which decide about drift: found out once for tasks of the same fields. */
import { deepEqual, isObject, type PropertyMap } from "../../common/json";
import type { LiveTask } from "../../core/contract";

export class ListForms {
  /** By the fields of a task. */
  readonly #equal = new Map<string, Promise<boolean>>();

  /**
   * @param show the same task by a call of its own
   * @returns what was shown, where that had to be asked for
   */
  async confirm(
    listed: LiveTask,
    show: () => Promise<LiveTask | undefined>,
  ): Promise<LiveTask | "equal" | undefined> {
    const fields = fieldsOf(listed.args);
    const known = this.#equal.get(fields);
    if (known !== undefined) return (await known) ? "equal" : show();
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
    else fields.add(path);
  };
  walk(args, "");
  return [...fields].sort().join("\n\n");
}
