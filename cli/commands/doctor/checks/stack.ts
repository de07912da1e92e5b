/** The stack that the command was given. */
import type { Check } from "../context/check";

export const stack: Check = {
  id: "stack",
  title: "Stack",
  run: async (context) => (await context.stack).outcome,
};
