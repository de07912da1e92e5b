import type { ApiError } from "../http/errors";
import { badSignature, badTimestamp } from "../http/errors";
import type { AccessKeyStore } from "./access-keys";
import type { Authenticator, Credentials } from "./authenticators";
import { canonicalText, expectedSignature, parseClaim, type SignedClaim } from "./signatures";

/** A date that is further off than this is refused, as documented. */
const LARGEST_SKEW_MS = 15 * 60 * 1000;

const DATE = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/;

/** Headers that a signature has to cover. */
const ALWAYS_SIGNED = ["host", "x-sdk-date"];

/**
 * Recognises signatures of registered access keys, plain and scoped.
 * @param region a scoped signature names it or leaves it empty, as one of the vendors' SDKs does
 */
export function signatureAuthenticator(keys: AccessKeyStore, region: string): Authenticator {
  return (request) => {
    const claim = parseClaim(request.headers.authorization);
    if (claim === undefined) return undefined;
    return claim === "malformed"
      ? badSignature("malformed header Authorization")
      : verify(request, claim, keys, region);
  };
}

function verify(
  request: Credentials,
  claim: SignedClaim,
  keys: AccessKeyStore,
  region: string,
): ReturnType<Authenticator> {
  const date = header(request, "x-sdk-date");
  const at = timeOf(date);
  if (at === undefined || Math.abs(at - request.now) > LARGEST_SKEW_MS) return badTimestamp();
  const key = keys.find(claim.accessKey);
  if (key === undefined) return badSignature("unknown access key");
  const temporary = key.securityToken !== undefined;
  const covered = new Set(claim.signedHeaders);
  const demanded = temporary ? [...ALWAYS_SIGNED, "x-security-token"] : ALWAYS_SIGNED;
  if (!demanded.every((name) => covered.has(name)))
    return badSignature(`${demanded.join(", ")} must be signed`);
  if (header(request, "x-security-token") !== (key.securityToken ?? "")) {
    return badSignature("wrong security token");
  }
  const problem = scopeProblem(claim, date, region);
  if (problem !== undefined) return problem;
  const canonical = canonicalText(request, claim.signedHeaders);
  if (canonical === undefined) return badSignature("a signed header is missing");
  const expected = expectedSignature(claim, key.secretKey, date, canonical);
  if (expected !== claim.signature) return badSignature("verify signature failed");
  const project = header(request, "x-project-id");
  return project === "" ? key.principal : { ...key.principal, namedProjectId: project };
}

function header({ headers }: Credentials, name: string): string {
  const value = headers[name];
  return typeof value === "string" ? value : "";
}

function timeOf(date: string): number | undefined {
  const [, year, month, day, hour, minute, second] = DATE.exec(date) ?? [];
  if (second === undefined) return undefined;
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}

function scopeProblem({ scope }: SignedClaim, date: string, region: string): ApiError | undefined {
  if (scope === undefined) return undefined;
  const [day, where] = scope;
  if (!date.startsWith(day)) return badSignature("the day of the scope is not that of X-Sdk-Date");
  return where === "" || where === region ? undefined : badSignature("the scope names another region");
}
