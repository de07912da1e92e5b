/** Rules across fields that more than one service documents. */
import { getAt, isObject, type Path } from "../../common/json";
import type { ResourceDefinition, RuleContext } from "../../core/contract";

export type Rule = (context: RuleContext) => void;

export const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
export const lower = (value: unknown): string | undefined =>
  typeof value === "string" ? value.toLowerCase() : undefined;
export const quoted = (values: readonly string[]): string => values.map((value) => `"${value}"`).join(", ");

/** A field is there when it has a value, also one that is not known yet. */
export const has = ({ args }: RuleContext, path: Path): boolean => getAt(args, path) !== undefined;

/** @param members output members, one of which must be there; a false one is not */
export const atLeastOneOutput =
  (members: readonly string[]): Rule =>
  (context) => {
    const output = context.args.output;
    if (!isObject(output)) return;
    if (members.some((member) => output[member] !== undefined && output[member] !== false)) return;
    context.fail(
      ["output"],
      `expected at least one of ${members.map((member) => `\`${member}\``).join(", ")}`,
    );
  };

/** @param schedule name of the argument that makes a task a scheduled one */
export const noScheduledFiles =
  (schedule: string): Rule =>
  (context) => {
    if (!has(context, [schedule]) || context.isUnknown([schedule])) return;
    if (getAt(context.args, ["input", "type"]) !== "obs") return;
    context.fail(
      ["input", "type"],
      `a scheduled task does not support "obs" input; remove \`${schedule}\` or choose another input`,
    );
  };

/**
 * Refuses a `waitFor` that can never be met, before anything waits for it.
 *
 * @param schedule name of the argument that makes a task a scheduled one; unknown yet, it may turn out to be left out
 */
export const possibleWait =
  (schedule: string, definition: Pick<ResourceDefinition, "isEndless" | "isScheduled">): Rule =>
  (context) => {
    const { waitFor, desiredState } = context.args;
    if (desiredState === "stopped" && (waitFor === "running" || waitFor === "succeeded")) {
      context.fail(["waitFor"], 'a task that is to be stopped can only be waited for with "accepted"');
    } else if (
      waitFor === "succeeded" &&
      definition.isScheduled(context.args) &&
      !context.isUnknown([schedule])
    ) {
      context.fail(["waitFor"], 'a scheduled task never succeeds; wait for "running" or "accepted"');
    } else if (waitFor === "succeeded" && definition.isEndless(context.args)) {
      context.fail(
        ["waitFor"],
        'this input never ends, so the task never succeeds; wait for "running" or "accepted"',
      );
    }
  };
