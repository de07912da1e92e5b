/** A create that has an id but did not finish. The id and the outputs must reach the state. */
import { messageOf } from "../../common/errors";
import type { PropertyMap } from "../../common/json";

export class InitializationError extends Error {
  /**
   * @param id resource id
   * @param outputs everything known, arguments included
   * @param reasons sentences for the user
   */
  constructor(
    readonly id: string,
    readonly outputs: PropertyMap,
    readonly reasons: readonly string[],
    cause: unknown,
  ) {
    super(messageOf(cause), { cause });
    this.name = "InitializationError";
  }
}
