/** Stable codes of the errors that `Engine` methods throw; everything a user can cause resolves with `ok: false`. */
export type EngineErrorCode =
  "BUSY" | "OPTIONS_INVALID" | "SDK_NOT_FOUND" | "STATE_INVALID" | "STATE_VERSION" | "PASSPHRASE_WRONG";

/** A mistake in how the engine is used or fed; branch on `code`, the text may change. */
export class EngineError extends Error {
  override readonly name = "EngineError";

  constructor(
    readonly code: EngineErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** Ends the operation; whatever had to be said is among the diagnostics already. */
export class BailError extends Error {
  override readonly name = "BailError";
}

/** The text of anything that was thrown. */
export function errorMessage(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
