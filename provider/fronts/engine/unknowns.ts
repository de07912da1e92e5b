/** Values that a preview does not know yet: sentinel strings of the engine. */

import { isObject, type Path } from "../../common/json";

/** For a string, and for anything from the Node SDK. */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

const SENTINELS = new Set([
  UNKNOWN,
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7", // boolean
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421", // number
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2", // array
  "030794c1-ac77-496b-92df-f27374a8bd58", // asset
  "e48ece36-62e2-4504-bad9-02848725956a", // archive
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff", // object
]);

/** The path of a value that is not known yet, if there is one. */
export function unknownPath(value: unknown, path: Path = []): Path | undefined {
  if (isUnknown(value)) return path;
  const items: readonly (readonly [string | number, unknown])[] = Array.isArray(value)
    ? [...value.entries()]
    : isObject(value)
      ? Object.entries(value)
      : [];
  for (const [part, item] of items) {
    const found = unknownPath(item, [...path, part]);
    if (found !== undefined) return found;
  }
  return undefined;
}

export const isUnknown = (value: unknown): boolean => typeof value === "string" && SENTINELS.has(value);
