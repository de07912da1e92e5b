/** Shortcuts to the check and validation of a service task. */
import { formatPath, type Bag } from "../../provider/common/json";
import { check, type CheckContext, type CheckResult } from "../../provider/lifecycle/check";
import { diff, type DiffResult } from "../../provider/lifecycle/diff";
import { validate } from "../../provider/lifecycle/validate";
import { isUnknown } from "../../provider/pulumi/unknowns";
import { serviceTask } from "../../provider/resources/service-task/definition";

/** Reasons by property path. */
export function failuresOf(args: Bag): Record<string, string> {
  const found = validate(serviceTask, args, isUnknown);
  return Object.fromEntries(found.map(({ path, reason }) => [formatPath(path), reason]));
}

export interface Checked extends CheckResult {
  readonly warnings: readonly string[];
  /** Paths that were refused. */
  readonly refused: readonly string[];
}

export function checked(
  news: Bag,
  olds: Bag = {},
  context: Partial<Omit<CheckContext, "isUnknown" | "warn">> = {},
): Checked {
  const warnings: string[] = [];
  const result = check(serviceTask, olds, news, {
    ...context,
    isUnknown,
    warn: (message) => warnings.push(message),
  });
  return { ...result, warnings, refused: result.failures.map(({ path }) => formatPath(path)) };
}

/** Diff of recorded outputs (here the checked inputs and what create adds) against checked inputs. */
export function diffed(olds: Bag, news: Bag, machineRegion?: string): DiffResult {
  return diff(serviceTask, { stateVersion: 1, unfinished: [], ...olds }, news, machineRegion);
}
