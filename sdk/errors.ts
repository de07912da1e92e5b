import * as pulumi from "@pulumi/pulumi";

export type ProgramErrorCode = "IMPORT_UNSUPPORTED" | "RUNTIME_NOT_FOUND";

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
