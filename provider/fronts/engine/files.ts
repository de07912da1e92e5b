/** Assets and archives: Pulumi's values for files, which no service takes. */
import { isObject, MAX_DEPTH, type Path, placesIn, type PropertyMap, setAt } from "../../common/json";
import type { Failure } from "../../core/contract";
import type { CheckResult } from "../../core/operations/check";
import { UNKNOWN } from "./unknowns";
import { SIGNATURE } from "./values";

const ASSET = "c44067f5952c0a294b673a41bacd8c17";
const ARCHIVE = "0def7320c3a5731c473e5ecbe6d01bc7";

const REASONS = {
  asset:
    "is an asset, which cannot be sent to a service; give the text itself, such as that of `fs.readFileSync`",
  archive: "is an archive, which cannot be sent to a service; upload it, and give its address",
} as const;

/** By the mark on the wire; under mocks they are objects of the SDK. */
function fileKind(value: unknown): keyof typeof REASONS | undefined {
  if (!isObject(value)) return undefined;
  if (value[SIGNATURE] === ASSET || value.__pulumiAsset === true) return "asset";
  return value[SIGNATURE] === ARCHIVE || value.__pulumiArchive === true ? "archive" : undefined;
}

function filesIn(args: PropertyMap): Failure[] {
  const found: Failure[] = [];
  // Check refuses values that are nested deeper.
  const isOpened = (value: unknown, path: Path): boolean =>
    path.length < MAX_DEPTH && fileKind(value) === undefined;
  for (const { value, path } of placesIn(args, isOpened)) {
    const kind = fileKind(value);
    if (kind !== undefined) found.push({ path, reason: REASONS[kind] });
  }
  return found;
}

/** Checks arguments in which files are refused; for the rest of the check they are values that are not known. */
export function checkWithoutFiles(args: PropertyMap, check: (args: PropertyMap) => CheckResult): CheckResult {
  const files = filesIn(args);
  if (files.length === 0) return check(args);
  const open = files.reduce<unknown>((bag, { path }) => setAt(bag, path, UNKNOWN), args) as PropertyMap;
  return { inputs: {}, secrets: [], failures: [...files, ...check(open).failures] };
}
