/** A create that has an id but did not finish. The id and the outputs must reach the state. */
import type { PropertyMap } from "../../common/json";

export class InitializationError extends Error {
  /**
   * @param id resource id
   * @param outputs everything known, arguments included
   * @param reasons sentences for the user, and errors that the front explains
   */
  constructor(
    readonly id: string,
    readonly outputs: PropertyMap,
    readonly reasons: readonly (string | Error)[],
    cause: Error,
  ) {
    super(cause.message, { cause });
    this.name = "InitializationError";
  }
}
