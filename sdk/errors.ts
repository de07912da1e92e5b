import * as pulumi from "@pulumi/pulumi";

/** Stable, as those of the provider; `docs/errors.md` has cause and remedy of each. */
export const PROGRAM_ERROR_CODES = [
  "IMPORT_UNSUPPORTED",
  "INVALID_SCHEDULE",
  "RUNTIME_NOT_FOUND",
  "RUNTIME_UNSUPPORTED",
] as const;
export type ProgramErrorCode = (typeof PROGRAM_ERROR_CODES)[number];

/**
 * A mistake in the program or its installation. Pulumi prints only the message of a `RunError`, without a
 * stack, so the message has to say what to do.
 */
export class ProgramError extends pulumi.RunError {
  readonly code: ProgramErrorCode;

  constructor(code: ProgramErrorCode, message: string) {
    super(`${code}: ${message}`);
    this.code = code;
  }
}
