/** Authentication by an IAM token in the header `X-Auth-Token`: one that was given, or one that IAM issues. */
import type { Clock } from "../../common/clock";
import type { Deadline } from "../../common/deadline";
import { SingleFlight } from "../../common/single-flight";
import {
  type AuthenticationHeaders,
  type AuthenticationSubject,
  type Authenticator,
  TOKEN_HEADER,
} from "./authenticator";
import type { TokenCredentials } from "./credentials";
import type { IssuedToken, Project, ProjectScope } from "./identity";

/** Renewed this long before its end, so that no request starts with a token that ends on its way. */
const RENEWAL_MARGIN_MS = 5 * 60_000;

/** A token with a shorter life than twice the margin is renewed at half of it, not at every request. */
const SHORT_LIFE_SHARE = 0.5;

/** A token from the configuration or environment, used until a service refuses it. */
export class FixedTokenAuthenticator implements Authenticator {
  readonly #credentials: TokenCredentials;

  constructor(credentials: TokenCredentials) {
    this.#credentials = credentials;
  }

  headers(): Promise<AuthenticationHeaders> {
    return Promise.resolve({ [TOKEN_HEADER]: this.#credentials.token });
  }

  invalidate(): boolean {
    return false;
  }

  describe(): string {
    return `the token from ${this.#credentials.source}`;
  }

  secrets(): readonly string[] {
    return [this.#credentials.token];
  }
}

export interface IssuedTokenOptions {
  /** Names the holder of the token in messages: "the user name and password from …". */
  readonly holder: string;
  /** Secrets of the holder. */
  readonly secrets: () => readonly string[];
  /** Asks IAM for a token of the authenticator's scope. */
  readonly issue: (deadline: Deadline) => Promise<IssuedToken>;
  readonly clock: Clock;
}

interface Held {
  readonly token: string;
  readonly project?: Project;
  readonly renewAt: number;
}

/**
 * Tokens of one project scope. The token lives in memory only, is shared by all concurrent requests and renewed
 * before its end. A failed issue is not remembered.
 */
export class IssuedTokenAuthenticator implements Authenticator {
  readonly #options: IssuedTokenOptions;
  readonly #issuing = new SingleFlight<Held>();
  #held: Held | undefined;

  constructor(options: IssuedTokenOptions) {
    this.#options = options;
  }

  async headers(_subject: AuthenticationSubject, deadline: Deadline): Promise<AuthenticationHeaders> {
    return { [TOKEN_HEADER]: (await this.#token(deadline)).token };
  }

  /** The project of the token as IAM named it; undefined where IAM did not. */
  async project(deadline: Deadline): Promise<Project | undefined> {
    return (await this.#token(deadline)).project;
  }

  /** Whether the token at hand is for that project. */
  isFor(scope: ProjectScope): boolean {
    const project = this.#held?.project;
    if (project === undefined) return false;
    return "id" in scope ? project.id === scope.id : project.name === scope.name;
  }

  invalidate(used: AuthenticationHeaders): boolean {
    // Another request may have renewed the token since: then that one is to be tried, not dropped.
    if (this.#held?.token === used[TOKEN_HEADER]) this.#held = undefined;
    return true;
  }

  describe(): string {
    return this.#options.holder;
  }

  secrets(): readonly string[] {
    const own = this.#options.secrets();
    return this.#held === undefined ? own : [...own, this.#held.token];
  }

  async #token(deadline: Deadline): Promise<Held> {
    const { clock } = this.#options;
    if (this.#held !== undefined && clock.now() < this.#held.renewAt) return this.#held;
    return this.#issuing.run(deadline, "waiting for a token", async () => {
      const issued = await this.#options.issue(deadline);
      const life = issued.expiresAt - (issued.date ?? clock.wall());
      const usable = Math.max(life - RENEWAL_MARGIN_MS, life * SHORT_LIFE_SHARE);
      this.#held = {
        token: issued.token,
        renewAt: clock.now() + usable,
        ...(issued.project === undefined ? {} : { project: issued.project }),
      };
      return this.#held;
    });
  }
}
