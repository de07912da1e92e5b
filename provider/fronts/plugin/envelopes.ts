/** Values of the engine, opened: plain bags, and the paths of what was secret in them. */
import { isObject, type Path, type PropertyMap } from "../../common/json";
import { secretPaths } from "../../core/schema/secrets";
import type { ResourceDefinition } from "../../core/contract";
import { isWithin } from "../../core/drift/unreadable";
import { ECHO_KEY } from "../../core/drift/echo";
import { withoutProvider } from "../engine/provider-text";
import { UNKNOWN } from "../engine/unknowns";
import { sanitize, SECRET, SIGNATURE, withSecrets } from "../engine/values";

/** Marks of the special values that only a plugin gets. */
const RESOURCE = "5cf8f73096256a8f31e491e813e4eb8e";
const OUTPUT = "d0e6a833031e9bbcd3f4e8bde6ca49a4";

export interface Opened {
  readonly bag: PropertyMap;
  readonly secrets: readonly Path[];
}

/** Opens secrets and outputs, and takes a resource for its id, as the engine does where it is not asked for more. */
export function opened(properties: PropertyMap): Opened {
  const secrets: Path[] = [];
  const bag: Record<string, unknown> = {};
  // The state of a resource that was dynamic has the text until the next update.
  for (const [key, value] of Object.entries(withoutProvider(properties)))
    bag[key] = open(value, [key], secrets);
  return { bag, secrets };
}

function open(value: unknown, path: Path, secrets: Path[]): unknown {
  if (Array.isArray(value)) return value.map((item: unknown, index) => open(item, [...path, index], secrets));
  if (!isObject(value)) return value;
  switch (value[SIGNATURE]) {
    case SECRET:
      secrets.push(path);
      return open(value.value, path, secrets);
    case OUTPUT:
      if (value.secret === true) secrets.push(path);
      return "value" in value ? open(value.value, path, secrets) : UNKNOWN;
    case RESOURCE:
      return value.id === undefined ? value.urn : value.id === "" ? UNKNOWN : open(value.id, path, secrets);
    default:
      return Object.fromEntries(
        Object.entries(value).map(([key, item]) => [key, open(item, [...path, key], secrets)]),
      );
  }
}

/** Seals leaves: what the schema calls sensitive, and what the program does. */
export function sealedInputs(
  definition: ResourceDefinition,
  inputs: PropertyMap,
  secrets: readonly Path[],
): Record<string, unknown> {
  const plain = sanitize(inputs) as Record<string, unknown>;
  return withSecrets(plain, outermost([...secrets, ...secretPaths(definition.arguments, plain)]));
}

/** The same for what a service shows now: elements of lists may have moved, so that lists are sealed as a whole. */
export const sealedReading = (
  definition: ResourceDefinition,
  inputs: PropertyMap,
  secrets: readonly Path[],
): Record<string, unknown> => sealedInputs(definition, inputs, secrets.map(upToList));

/**
 * Seals whole properties: programs in YAML lose secrets inside of one.
 *
 * @param secrets of the inputs, and of earlier outputs
 */
export function sealedOutputs(
  definition: ResourceDefinition,
  outputs: PropertyMap,
  secrets: readonly Path[],
): Record<string, unknown> {
  const plain = sanitize(outputs) as Record<string, unknown>;
  const paths = [...secrets, ...secretPaths(definition.arguments, plain), [ECHO_KEY]];
  const keys = [...new Set(paths.map(([key]) => key))];
  return withSecrets(
    plain,
    keys.filter((key) => key !== undefined).map((key) => [key]),
  );
}

/** Without those that lie within another one. */
function outermost(paths: readonly Path[]): Path[] {
  const ordered = [...paths].sort((one, other) => one.length - other.length);
  return ordered.filter((path, index) => !ordered.slice(0, index).some((outer) => isWithin(outer, path)));
}

function upToList(path: Path): Path {
  const index = path.findIndex((part) => typeof part === "number");
  return index < 0 ? path : path.slice(0, index);
}
