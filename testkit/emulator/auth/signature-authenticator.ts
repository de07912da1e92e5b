/** Recognises signatures of registered access keys, plain and scoped. */
import { type ApiError, badSignature } from "../http/errors";
import type { Behavior } from "../options";
import type { World } from "../world";
import type { RegisteredKey } from "./access-keys";
import type { Authenticator, Credentials } from "./authenticators";
import { canonicalText, expectedSignature, parseClaim, type SignedClaim } from "./signatures";

/** A date that is further off than this is refused, as documented. */
const LARGEST_SKEW_MS = 15 * 60 * 1000;

const DATE = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/;

const DATE_HEADER = "x-sdk-date";
const SECURITY_TOKEN = "x-security-token";

export function signatureAuthenticator(world: World): Authenticator {
  return (request) => {
    const claim = parseClaim(request.headers.authorization);
    if (claim === undefined) return undefined;
    return claim === "malformed"
      ? badSignature("malformed header Authorization")
      : verify(request, claim, world);
  };
}

function verify(request: Credentials, claim: SignedClaim, world: World): ReturnType<Authenticator> {
  const date = header(request, DATE_HEADER);
  const problem = dateProblem(date, request.now) ?? scopeProblem(claim, date, world.settings.region);
  if (problem !== undefined) return problem;
  const key = world.accessKeys.find(claim.accessKey);
  if (key === undefined) return badSignature("unknown access key");
  const demanded = headersToSign(key, world.behavior);
  if (!demanded.every((name) => claim.signedHeaders.includes(name)))
    return badSignature(`${demanded.join(", ")} must be signed`);
  if (header(request, SECURITY_TOKEN) !== (key.securityToken ?? "")) {
    return badSignature("wrong security token");
  }
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

/** Headers that a signature has to cover: by the documents, or by the gateway's leniency. */
function headersToSign({ securityToken }: RegisteredKey, { unsignedHeaders }: Behavior): string[] {
  if (unsignedHeaders === "accept") return [DATE_HEADER];
  return ["host", DATE_HEADER, ...(securityToken === undefined ? [] : [SECURITY_TOKEN])];
}

function dateProblem(date: string, now: number): ApiError | undefined {
  const at = timeOf(date);
  if (at === undefined) return badSignature("X-Sdk-Date should have the format yyyyMMddTHHmmssZ");
  if (Math.abs(at - now) <= LARGEST_SKEW_MS) return undefined;
  return badSignature(`signature expired, signature time: ${date}, server time: ${textOf(now)}`);
}

/** A time as `X-Sdk-Date` has it. */
function textOf(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19).replace(/[-:]/g, "")}Z`;
}

function timeOf(date: string): number | undefined {
  const [, year, month, day, hour, minute, second] = DATE.exec(date) ?? [];
  if (second === undefined) return undefined;
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}

/** A scope names the region or leaves it empty, as one of the vendors' SDKs does. */
function scopeProblem({ scope }: SignedClaim, date: string, region: string): ApiError | undefined {
  if (scope === undefined) return undefined;
  const [day, where] = scope;
  if (!date.startsWith(day)) return badSignature("the day of the scope is not that of X-Sdk-Date");
  return where === "" || where === region ? undefined : badSignature("the scope names another region");
}
