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
  if (autonaming !== undefined) return fitting(autonaming.proposed);
  return withHash(parseUrn(urn).name, `${urn}\n${nameSeed}`);
}

/** Of two proposals that differ only in what does not fit both are to have a task. */
function fitting(proposed: string): string {
  const fits = proposed.length <= MAX_NAME && proposed.search(REFUSED) < 0;
  return fits ? proposed : withHash(proposed, proposed);
}

const withHash = (text: string, hashed: string): string =>
  `${text.replace(REFUSED, "-").slice(0, LOGICAL_LENGTH)}-${shortHash(hashed)}`;
