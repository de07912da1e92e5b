/** Authentication of requests: all that the transport knows of credentials. */
import type { Deadline } from "../../common/deadline";
import type { Service } from "./endpoints";

/** Carries an IAM token. */
export const TOKEN_HEADER = "X-Auth-Token";

export type AuthenticationHeaders = Readonly<Record<string, string>>;

/** The parts of a request that a signature covers. Method, URL, headers and body are exactly those on the wire. */
export interface AuthenticationSubject {
  readonly service: Service;
  readonly method: string;
  readonly url: URL;
  /** All headers beside those of the authenticator itself. */
  readonly headers: AuthenticationHeaders;
  readonly body?: string;
}

export interface Authenticator {
  /**
   * True where `headers` needs no request of its own. It is then called when the request has its place at the host, so that the date
   * of a signature is that of the sending, however long the request had to wait.
   */
  readonly local?: boolean;
  /** Headers for one attempt. May ask IAM, within the deadline. */
  headers(subject: AuthenticationSubject, deadline: Deadline): Promise<AuthenticationHeaders>;
  /**
   * Called when a service says that the credential of these headers has expired.
   * True when a new attempt makes sense, because the next `headers` will differ.
   */
  invalidate(used: AuthenticationHeaders): boolean;
  /**
   * Called when a service refuses what may be the wrong date of these headers, with that service's clock in milliseconds
   * since 1970. True when a new attempt makes sense, because the next `headers` will be dated differently.
   */
  correctClock?(serverDate: number, used: AuthenticationHeaders): boolean;
  /** Whose credential it is and where it was found, never its value. */
  describe(): string;
  /** Values that must not appear in any message. */
  secrets(): readonly string[];
}

/** For requests that carry their credential in the body, such as the one for a token. */
export class NoAuthenticator implements Authenticator {
  readonly #description: string;
  readonly #secrets: readonly string[];

  constructor(description: string, secrets: readonly string[] = []) {
    this.#description = description;
    this.#secrets = secrets;
  }

  headers(): Promise<AuthenticationHeaders> {
    return Promise.resolve({});
  }

  invalidate(): boolean {
    return false;
  }

  describe(): string {
    return this.#description;
  }

  secrets(): readonly string[] {
    return this.#secrets;
  }
}
