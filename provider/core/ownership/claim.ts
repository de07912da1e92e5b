/**
 * Marks that a resource took an existing task over, and when. Of several resources that record one task, the one with
 * the latest claim owns it; a resource that created its task needs no claim, and is the oldest owner.
 */
import type { PropertyMap } from "../../common/json";

/** `<milliseconds since 1970>-<nonce>`, in which the later of two is the greater text. */
export type Claim = string;

/** Digits of the time: enough until the year 2286, so that texts of all claims have one length. */
const TIME_DIGITS = 13;
/** Hexadecimal digits that separate claims of one millisecond. */
const NONCE_DIGITS = 8;

/**
 * @param now milliseconds since 1970
 * @param chance from 0 up to, not including, 1
 * @param known claims on the same tasks; the new one is later, whichever clocks made them
 */
export function newClaim(now: number, chance: number, known: readonly (Claim | undefined)[]): Claim {
  const times = known.flatMap((claim) => (claim === undefined ? [] : [Number.parseInt(claim, 10)]));
  const time = Math.max(Math.floor(now), ...times.filter(Number.isSafeInteger).map((other) => other + 1));
  const nonce = Math.floor(chance * 16 ** NONCE_DIGITS).toString(16);
  return `${String(time).padStart(TIME_DIGITS, "0")}-${nonce.padStart(NONCE_DIGITS, "0")}`;
}

export const isLater = (claim: Claim | undefined, other: Claim | undefined): boolean =>
  claim !== undefined && (other === undefined || claim > other);

/** The claim in recorded outputs. */
export const claimIn = ({ claim }: PropertyMap): Claim | undefined =>
  typeof claim === "string" ? claim : undefined;

export const claimOutput = (claim: Claim | undefined): PropertyMap => (claim === undefined ? {} : { claim });
