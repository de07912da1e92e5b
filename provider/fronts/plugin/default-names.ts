/** The name of a task to which the program gives none. */
import { parseUrn, shortHash } from "./resource-address";

/** Longest name, in characters (the create pages of all three services). */
const MAX_NAME = 100;
/** Characters that this leaves beside a hyphen and the hash. */
const LOGICAL_LENGTH = 87;
/** Characters that at least one of the services refuses in a name. */
const REFUSED = /[^A-Za-z0-9_-]/gu;

/** What the configuration `pulumi:autonaming` says of a resource; absent where it says nothing. */
export interface Autonaming {
  /** `propose` leaves the last word to the plugin, `enforce` does not, `disable` wants no default name at all. */
  readonly mode: "propose" | "enforce" | "disable";
  readonly proposed: string;
}

export interface NameSource {
  readonly urn: string;
  /** Distinguishes equally named stacks of one project. */
  readonly nameSeed: string | undefined;
  readonly autonaming: Autonaming | undefined;
}

/** The same at every check of a resource, so that a task whose create was interrupted is found again. */
export function defaultName({ urn, nameSeed = "", autonaming }: NameSource): string | undefined {
  if (autonaming?.mode === "disable") return undefined;
  if (autonaming?.mode === "enforce") return autonaming.proposed;
  if (autonaming !== undefined) return autonaming.proposed.replace(REFUSED, "-").slice(0, MAX_NAME);
  const logical = parseUrn(urn).name.replace(REFUSED, "-").slice(0, LOGICAL_LENGTH);
  return `${logical}-${shortHash(`${urn}\n${nameSeed}`)}`;
}
