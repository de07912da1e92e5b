/** The emulator was driven wrongly: an unknown task, a fault with a wrong member, an address in use. */
export class UsageError extends Error {
  readonly code = "EMULATOR_USAGE";

  constructor(message: string) {
    super(message);
    this.name = "UsageError";
  }
}
