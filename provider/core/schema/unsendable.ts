/** Refuses values that no request can carry, also where the schema accepts them, before anything is sent. */
import { isObject, MAX_DEPTH, type Path } from "../../common/json";
import type { Failure } from "../contract";
import { ANYTHING, childrenOf } from "./walk";

/** The SDK's text for an Output in a template, or in JSON, where its value cannot be. */
const OUTPUT_TEXT = /Calling \[\w+\] on an \[Output<T>\]/;

/** Parts of a path that say where something too deep begins. */
const SHOWN_DEPTH = 3;

/** The path of a value that is nested too deep. Without recursion, since it may be deeper than the stack. */
export function tooDeep(args: unknown): Path | undefined {
  const left: { value: unknown; path: Path }[] = [{ value: args, path: [] }];
  for (let place = left.pop(); place !== undefined; place = left.pop()) {
    const { value, path } = place;
    if (path.length > MAX_DEPTH) return path.slice(0, SHOWN_DEPTH);
    for (const child of childrenOf(ANYTHING, value))
      left.push({ value: child.value, path: [...path, child.part] });
  }
  return undefined;
}

/** @param value not nested too deep */
export function unsendable(value: unknown, path: Path = []): Failure[] {
  const reason = reasonAgainst(value);
  const below = childrenOf(ANYTHING, value).flatMap((child) =>
    unsendable(child.value, [...path, child.part]),
  );
  return reason === undefined ? below : [{ path, reason }, ...below];
}

function reasonAgainst(value: unknown): string | undefined {
  if (typeof value === "number" && !Number.isFinite(value)) return "expected a finite number";
  if (typeof value === "string" && OUTPUT_TEXT.test(value)) {
    return "holds the SDK's text for an Output; use `pulumi.interpolate` or `.apply`";
  }
  if (isObject(value) && Object.keys(value).some((key) => OUTPUT_TEXT.test(key))) {
    return "has the SDK's text for an Output as a key; use `pulumi.all` and `.apply`";
  }
  return undefined;
}
