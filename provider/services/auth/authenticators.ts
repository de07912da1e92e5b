/** Makes the authenticator for a place from the configured credentials; tokens are shared, for IAM limits them. */
import type { Clock } from "../../common/clock";
import { VideoAnalysisError } from "../../common/errors";
import type { Authenticator } from "./authenticator";
import type {
  AccessKeyCredentials,
  AgencyCredentials,
  OwnCredentials,
  PasswordCredentials,
} from "./credentials";
import { signingFormOf } from "./clouds";
import type { IdentityService, ProjectScope, TokenScope } from "./identity";
import { ServerClock } from "./server-clock";
import type { Settings } from "./settings";
import { SigningAuthenticator } from "./signing-authenticator";
import { FixedTokenAuthenticator, IssuedTokenAuthenticator } from "./token-authenticator";

/** The place whose services an authenticator is for. */
export interface AuthenticatedPlace {
  /** Base URL of IAM; throws where it is not known, which matters only to credentials that IAM is asked with. */
  readonly iam: () => string;
  readonly region: string;
  /** Undefined where only overrides say where the services are. */
  readonly cloud: string | undefined;
  readonly scope: ProjectScope;
  /** The project once it is known. */
  readonly projectId: () => string | undefined;
}

const NO_CREDENTIALS =
  "No credentials were found. Set one of these: a token (`video-analysis:token`, HW_AUTH_TOKEN); an access key (`accessKey` " +
  "and `secretKey`, HW_ACCESS_KEY and HW_SECRET_KEY); a user (`userName`, `password` and `domainName`, HW_USER_NAME, " +
  "HW_USER_PASSWORD and HW_DOMAIN_NAME); an entry of clouds.yaml (OS_CLOUD); a profile of hcloud (`video-analysis:profile`).";

/** The authenticators of one provider instance. */
export class Authenticators {
  readonly #settings: Settings;
  readonly #identity: IdentityService;
  readonly #clock: Clock;
  /** One for all hosts: services of one cloud have the same time, this machine is the one that is wrong. */
  readonly #serverClock: ServerClock;
  readonly #issued = new Map<string, Map<string, IssuedTokenAuthenticator>>();

  constructor(settings: Settings, identity: IdentityService, clock: Clock) {
    this.#settings = settings;
    this.#identity = identity;
    this.#clock = clock;
    this.#serverClock = new ServerClock(clock);
  }

  /** Sends nothing. Throws `CONFIGURATION` where no credentials were found. */
  for(place: AuthenticatedPlace): Authenticator {
    const { credentials } = this.#settings;
    if (credentials === undefined) throw new VideoAnalysisError("CONFIGURATION", NO_CREDENTIALS);
    return credentials.kind === "agency"
      ? this.#agency(credentials, place)
      : this.#own(credentials, place, place.scope);
  }

  #own(credentials: OwnCredentials, place: AuthenticatedPlace, scope: TokenScope): Authenticator {
    switch (credentials.kind) {
      case "token":
        return new FixedTokenAuthenticator(credentials);
      case "accessKey":
        return this.#signing(credentials, place);
      case "password":
        return this.#password(credentials, place, scope);
    }
  }

  #signing(credentials: AccessKeyCredentials, place: AuthenticatedPlace): Authenticator {
    const { region, projectId } = place;
    const form = this.#settings.signing ?? signingFormOf(place.cloud);
    return new SigningAuthenticator({ credentials, form, region, clock: this.#serverClock, projectId });
  }

  #password(credentials: PasswordCredentials, { iam }: AuthenticatedPlace, scope: TokenScope): Authenticator {
    return this.#shared(iam(), scope, () => ({
      clock: this.#clock,
      holder: `the user name and password from ${credentials.source}`,
      secrets: () => [credentials.password],
      issue: (deadline) => this.#identity.issueToken(iam(), credentials, scope, deadline),
    }));
  }

  #agency({ base, ...agency }: AgencyCredentials, place: AuthenticatedPlace): Authenticator {
    const { iam, scope } = place;
    return this.#shared(iam(), scope, () => {
      // The projects of the place are another account's: the caller that assumes the agency has no part in them.
      const caller = this.#own(base, { ...place, projectId: () => undefined }, "account");
      return {
        clock: this.#clock,
        holder: `the agency "${agency.agencyName}" of "${agency.agencyDomainName}" (${agency.source}) and ${caller.describe()}`,
        secrets: () => caller.secrets(),
        issue: (deadline) => this.#identity.assumeAgency(iam(), agency, caller, scope, deadline),
      };
    });
  }

  /** One for a scope, whether it is named or given by its id: the token at hand says both. */
  #shared(
    iam: string,
    scope: TokenScope,
    options: () => ConstructorParameters<typeof IssuedTokenAuthenticator>[0],
  ): Authenticator {
    const known = this.#issued.get(iam) ?? new Map<string, IssuedTokenAuthenticator>();
    this.#issued.set(iam, known);
    const key = JSON.stringify(scope);
    const same = scope === "account" ? undefined : [...known.values()].find((other) => other.isFor(scope));
    const authenticator = known.get(key) ?? same ?? new IssuedTokenAuthenticator(options());
    known.set(key, authenticator);
    return authenticator;
  }
}
