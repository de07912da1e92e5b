import { ProgramError } from "../errors";

/** A plan that is no plan, or one that a service cannot run. */
export const invalid = (text: string): ProgramError => new ProgramError("INVALID_SCHEDULE", `${text}.`);
