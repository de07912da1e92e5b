/** Shortcuts to the check, validation and diff of a resource; without another one, of a service task. */
import { formatPath, type PropertyMap } from "../../provider/common/json";
import { check, type CheckContext, type CheckResult } from "../../provider/core/operations/check";
import { diff, type DiffResult } from "../../provider/core/operations/diff";
import type { ResourceDefinition } from "../../provider/core/contract";
import { validate } from "../../provider/core/schema/validate";
import { splitInputs } from "../../provider/fronts/engine/hidden-inputs";
import { isUnknown } from "../../provider/fronts/engine/unknowns";
import { serviceTask } from "../../provider/services/service-task/definition";

/** Reasons by property path. */
export function failuresOf(args: PropertyMap): Record<string, string> {
  const found = validate(serviceTask, args, isUnknown);
  return Object.fromEntries(found.map(({ path, reason }) => [formatPath(path), reason]));
}

export interface Checked extends CheckResult {
  readonly warnings: readonly string[];
  /** Paths that were refused. */
  readonly refused: readonly string[];
}

type Context = Partial<Omit<CheckContext, "isUnknown" | "warn">>;

export interface Checks {
  readonly checked: (news: PropertyMap, olds?: PropertyMap, context?: Context) => Checked;
  /** Diff of recorded outputs (here the checked inputs and what create adds) against checked inputs. */
  readonly diffed: (olds: PropertyMap, news: PropertyMap, machineRegion?: string) => DiffResult;
}

export function checksOf(definition: ResourceDefinition): Checks {
  return {
    checked: (news, olds = {}, context = {}) => {
      const warnings: string[] = [];
      const { args, hidden } = splitInputs(news);
      const result = check(definition, olds, args, {
        ...context,
        ...hidden,
        isUnknown,
        warn: (message) => warnings.push(message),
      });
      return { ...result, warnings, refused: result.failures.map(({ path }) => formatPath(path)) };
    },
    diffed: (olds, news, machineRegion) =>
      diff(definition, { stateVersion: 1, unfinished: [], ...olds }, news, machineRegion),
  };
}

export const { checked, diffed } = checksOf(serviceTask);
