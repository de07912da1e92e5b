/** Refuses values that no request can carry, also where the schema accepts them, before anything is sent. */
import { isObject, MAX_DEPTH, type Path, placesIn } from "../../common/json";
import type { Failure } from "../contract";
import { ANYTHING, childrenOf } from "./walk";

/** The SDK's text for an Output in a template, or in JSON, where its value cannot be. */
const OUTPUT_TEXT = /Calling \[\w+\] on an \[Output<T>\]/;

/** Parts of a path that say where something too deep begins. */
const SHOWN_DEPTH = 3;

/** The path of a value that is nested too deep. */
export function tooDeep(args: unknown): Path | undefined {
  for (const { path } of placesIn(args)) if (path.length > MAX_DEPTH) return path.slice(0, SHOWN_DEPTH);
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
