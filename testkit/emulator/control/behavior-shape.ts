/** The form of `BehaviorOptions` that come as data. */
import {
  bool,
  type Field,
  integer,
  InvalidField,
  object,
  oneOf,
  optional,
  type Rule,
  someText,
} from "../rules";

const milliseconds = integer(0);

const deleteStatus: Rule = (value, path) => {
  if (value !== 200 && value !== 202) throw new InvalidField(path, "should be 200 or 202.");
};

const expiredTokenStatus: Rule = (value, path) => {
  if (value !== 401 && value !== 403) throw new InvalidField(path, "should be 401 or 403.");
};

/** The members of `ExpiredToken`, in behaviour and in the fault of that name alike. */
export const expiredTokenFields: Readonly<Record<string, Field>> = {
  form: optional(oneOf(["update", "expires", "decrypt"])),
  status: optional(expiredTokenStatus),
};

/** The members of `BehaviorOptions`. */
export const behaviorFields: Readonly<Record<string, Field>> = {
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
  headersEcho: optional(oneOf(["omit", "mask", "echo"])),
  urlEcho: optional(oneOf(["echo", "mask", "strip", "slash"])),
  extraFields: optional(bool),
  maxLimit: optional(integer(1)),
  refuseDeleteWhileRunning: optional(bool),
  taskNotFoundCode: optional(someText),
  outsideWindowState: optional(someText),
  iamErrorForm: optional(oneOf(["flat", "nested"])),
  viasPut: optional(oneOf(["replace", "merge"])),
  duplicateBatchNames: optional(oneOf(["accept", "refuse"])),
  repeatedBatchAction: optional(oneOf(["succeed", "fail"])),
  undeclaredVideoSources: optional(oneOf(["refuse", "accept"])),
  batchNotFoundCode: optional(someText),
  vasCreateAnswer: optional(oneOf(["array", "wrapped"])),
  vasDeleteStatus: optional(deleteStatus),
  vasErrorText: optional(oneOf(["error_msg", "error_message"])),
  vasMaxLimit: optional(integer(1)),
  serviceOffset: optional(oneOf(["records", "pages"])),
  batchStateCase: optional(oneOf(["lower", "upper"])),
  unsignedHeaders: optional(oneOf(["accept", "refuse"])),
  expiredToken: optional(object(expiredTokenFields)),
  tokenLifetimeMs: optional(milliseconds),
};

/** The body of `POST /__emulator/configure`. */
export const behaviorShape: Rule = object(behaviorFields);
