/** The hooks that an engine calls around a replacement, in their order. */
import type { TaskOptions } from "./program";

/** The program before and after the change. */
export type Moment = "one" | "two";

/** The calls for each resource. */
export type Order = Readonly<Record<string, readonly string[]>>;

/** Why a scenario of such resources is not played on the plugin. */
export const NO_SERVICE =
  "its resources are dynamic ones without a service, for the order of calls is the engine's alone";

export const FIRST: TaskOptions = { deleteBeforeReplace: true };

export const ON_ORDER = ["check({})"];
export const UNASKED = ["check(olds)", "check({})"];
export const BY_DIFF = ["check(olds)", "diff", "check({})"];

export const CREATED_FIRST = ["create", "delete"];
export const DELETED_FIRST = ["delete", "create"];
