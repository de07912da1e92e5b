/** The ways in which a request proves its identity. */
import type { IncomingHttpHeaders } from "node:http";
import { ApiError } from "../http/errors";
import type { AuthFailure, Principal, TokenStore } from "./tokens";

/** The request as it came, for an authenticator; the body byte for byte (signatures cover it). */
export interface Credentials {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly rawBody: string;
  readonly now: number;
}

/**
 * One way to prove who calls: undefined where the request does not use it. A failure is worded by the service, an
 * `ApiError` is the gateway's own answer.
 */
export type Authenticator = (credentials: Credentials) => Principal | AuthFailure | ApiError | undefined;

/** Recognises `X-Auth-Token`. */
export function tokenAuthenticator(tokens: TokenStore): Authenticator {
  return ({ headers, now }) => {
    const token = headers["x-auth-token"];
    return typeof token === "string" && token !== "" ? tokens.lookup(token, now) : undefined;
  };
}

/** The first authenticator that recognises the request decides; throws the gateway's refusal. */
export function authenticate(
  authenticators: readonly Authenticator[],
  credentials: Credentials,
): Principal | AuthFailure {
  for (const authenticator of authenticators) {
    const verdict = authenticator(credentials);
    if (verdict instanceof ApiError) throw verdict;
    if (verdict !== undefined) return verdict;
  }
  return "missing";
}
