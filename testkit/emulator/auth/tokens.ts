/** Who calls, and where that counts. */
export interface Principal {
  readonly userName: string;
  /** Account of the user, or the one that created the agency that was assumed. */
  readonly domainName: string;
  /** The project of a token; undefined for a token without project scope, and for an access key. */
  readonly projectId: string | undefined;
  /** An access key counts in all projects of its account. */
  readonly wholeAccount?: boolean;
  /** The project that the header `X-Project-Id` of a signed request names. */
  readonly namedProjectId?: string;
}

/** Why a caller is not let in. */
export type AuthFailure = "missing" | "unknown" | "expired" | "no-project" | "wrong-project";

interface Grant {
  readonly principal: Principal;
  /** Undefined: valid until all tokens are expired at once. */
  readonly expiresAt: number | undefined;
}

/** The tokens that have been given out. */
export class TokenStore {
  readonly #grants = new Map<string, Grant>();
  readonly #revoked = new Set<string>();

  /** Makes a token valid until `expiresAt`, or without an end. */
  grant(token: string, principal: Principal, expiresAt?: number): void {
    this.#grants.set(token, { principal, expiresAt });
  }

  /** The holder of a token, or why it does not count. */
  lookup(token: string, now: number): Principal | AuthFailure {
    const grant = this.#grants.get(token);
    if (grant === undefined) return "unknown";
    const over = grant.expiresAt !== undefined && grant.expiresAt <= now;
    return over || this.#revoked.has(token) ? "expired" : grant.principal;
  }

  /** When a token ends; undefined for one without an end, and for one that was never given out. */
  endOf(token: string): number | undefined {
    return this.#grants.get(token)?.expiresAt;
  }

  /** Expires every token given out so far. */
  expireAll(): void {
    for (const token of this.#grants.keys()) this.#revoked.add(token);
  }

  clear(): void {
    this.#grants.clear();
    this.#revoked.clear();
  }
}
