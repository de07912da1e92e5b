import { bool, integer, object, oneOf, optional, type Rule, someText } from "../rules";

const milliseconds = integer(0);

/** The body of `POST /__emulator/configure`: the members of `BehaviorOptions`. */
export const behaviorShape: Rule = object({
  transitions: optional(
    object({
      pendingMs: optional(milliseconds),
      startingMs: optional(milliseconds),
      stoppingMs: optional(milliseconds),
      deletingMs: optional(milliseconds),
      finishMs: optional(milliseconds),
    }),
  ),
  passwordEcho: optional(oneOf(["omit", "mask", "echo"])),
  extraFields: optional(bool),
  maxLimit: optional(integer(1)),
  refuseDeleteWhileRunning: optional(bool),
  taskNotFoundCode: optional(someText),
  outsideWindowState: optional(someText),
  iamErrorForm: optional(oneOf(["flat", "nested"])),
  tokenLifetimeMs: optional(milliseconds),
});
