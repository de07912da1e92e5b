/** Fills the argument `timeouts` from the option `customTimeouts`, which the engine never passes to a provider. */
import * as pulumi from "@pulumi/pulumi";
import type { Timeouts } from "./types/input";

const OPERATIONS = ["create", "read", "update", "delete"] as const;

type GivenTimeouts = pulumi.Input<Timeouts | undefined>;

/** The program's own `timeouts` win, operation by operation. */
export function withCustomTimeouts(
  given: GivenTimeouts,
  custom: pulumi.CustomTimeouts | undefined,
): GivenTimeouts {
  if (custom === undefined) return given;
  if (isPending(given)) return pulumi.output(given).apply((known) => fill(known, custom));
  return fill(given, custom);
}

function fill(given: Timeouts | undefined, custom: pulumi.CustomTimeouts): Timeouts | undefined {
  // Anything but an object is left for the check of the arguments to refuse.
  if (given !== undefined && (typeof given !== "object" || Array.isArray(given))) return given;
  const filled: Timeouts = { ...given };
  for (const operation of OPERATIONS) {
    const fallback = custom[operation];
    if (fallback !== undefined) filled[operation] = orElse(given?.[operation], fallback);
  }
  return Object.keys(filled).length > 0 ? filled : undefined;
}

function orElse(value: pulumi.Input<string | undefined>, fallback: string): pulumi.Input<string> {
  if (isPending(value)) return pulumi.output(value).apply((known) => known ?? fallback);
  return value ?? fallback;
}

function isPending<T>(value: pulumi.Input<T>): value is Promise<T> | pulumi.OutputInstance<T> {
  return value instanceof Promise || pulumi.Output.isInstance(value);
}
