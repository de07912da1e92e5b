/** How a request proves who sends it; the transport knows nothing more of credentials. */
import type { Deadline } from "../common/deadline";
import type { Service } from "./endpoints";

/** What a signature covers. Method, URL and body are exactly those on the wire. */
export interface AuthenticationSubject {
  readonly service: Service;
  readonly method: string;
  readonly url: URL;
  readonly body?: string;
}

export type AuthenticationHeaders = Readonly<Record<string, string>>;

export interface Authenticator {
  /** Headers for one attempt. May ask IAM, within the deadline. */
  headers(subject: AuthenticationSubject, deadline: Deadline): Promise<AuthenticationHeaders>;
  /**
   * Called when a service says that the credential of these headers has expired.
   * True when a new attempt makes sense, because the next `headers` will differ.
   */
  invalidate(used: AuthenticationHeaders): boolean;
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
