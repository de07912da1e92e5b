/** A resource of the program, by its URN. */
import { createHash } from "node:crypto";
import { VideoAnalysisError } from "../../common/errors";
import { RESOURCES } from "../../services";
import type { Resource } from "../../services/resource";
import { RESOURCE_NAMES } from "../../services/resource-names";
import { PLUGIN_PACKAGE, pluginToken } from "../../services/configuration";

/** Digits of a hash: 48 bits keep two of a million texts apart with 99.8 % probability. */
const HASH_DIGITS = 12;

/** `urn:pulumi:<stack>::<project>::<types of the parents>$<type>::<name>`; a name may hold any characters. */
interface Urn {
  readonly project: string;
  readonly type: string;
  readonly name: string;
}

export function parseUrn(urn: string): Urn {
  const [, project = "", types = "", ...name] = urn.split("::");
  return { project, type: types.slice(types.lastIndexOf("$") + 1), name: name.join("::") };
}

/** @throws `INVALID_STATE` for a type that the package does not have */
export function resourceOf(urn: string): Resource {
  const { type } = parseUrn(urn);
  const name = RESOURCE_NAMES.find((known) => type === pluginToken(known));
  if (name !== undefined) return RESOURCES[name];
  throw new VideoAnalysisError(
    "INVALID_STATE",
    `the plugin ${PLUGIN_PACKAGE} has no resource type ${type}. Its types are ${RESOURCE_NAMES.map(pluginToken).join(", ")}.`,
  );
}

/** Hexadecimal digits that stand for a text. */
export const shortHash = (text: string): string =>
  createHash("sha256").update(text).digest("hex").slice(0, HASH_DIGITS);

/** The text by which a run knows the resource of a URN; in messages it reads as its logical name. */
export const ownerOf = (urn: string): string => `${parseUrn(urn).name}-${shortHash(urn)}`;
