/** Authentication by a signature with an access key, made anew for every attempt, since it is dated. */
import type { AuthenticationHeaders, AuthenticationSubject, Authenticator } from "./authenticator";
import type { AccessKeyCredentials } from "./credentials";
import type { ServerClock } from "./server-clock";
import { authorization, DATE_HEADER, type SigningForm, signingDate, timeOf } from "./signature";

export interface SigningOptions {
  readonly credentials: AccessKeyCredentials;
  readonly form: SigningForm;
  readonly region: string;
  readonly clock: ServerClock;
  /** The project once it is known; undefined while it is looked up, which is a signed request too. */
  readonly projectId: () => string | undefined;
}

/**
 * Headers that a signature leaves out: gateways rewrite the content type, and drop names with an underscore, which
 * the vendor's SDK therefore leaves out as well.
 */
const isSigned = (name: string): boolean => name.toLowerCase() !== "content-type" && !name.includes("_");

export class SigningAuthenticator implements Authenticator {
  readonly local = true;
  readonly #options: SigningOptions;

  constructor(options: SigningOptions) {
    this.#options = options;
  }

  headers(subject: AuthenticationSubject): Promise<AuthenticationHeaders> {
    const { credentials, form, region, clock } = this.#options;
    const date = signingDate(clock.now());
    const projectId = subject.service === "iam" ? undefined : this.#options.projectId();
    const added: Record<string, string> = {
      [DATE_HEADER]: date,
      ...(projectId === undefined ? {} : { "X-Project-Id": projectId }),
      ...(credentials.securityToken === undefined ? {} : { "X-Security-Token": credentials.securityToken }),
    };
    const all = { ...subject.headers, Host: subject.url.host, ...added };
    const headers = Object.fromEntries(Object.entries(all).filter(([name]) => isSigned(name)));
    const request = { method: subject.method, url: subject.url, headers };
    const value = authorization(
      subject.body === undefined ? request : { ...request, body: subject.body },
      credentials,
      date,
      form === "scoped" ? { region, service: subject.service } : undefined,
    );
    return Promise.resolve({ ...added, Authorization: value });
  }

  /** An access key that a service calls expired stays so. */
  invalidate(): boolean {
    return false;
  }

  correctClock(serverDate: number, used: AuthenticationHeaders): boolean {
    return this.#options.clock.adjust(serverDate, timeOf(used[DATE_HEADER] ?? ""));
  }

  describe(): string {
    const { securityToken, source } = this.#options.credentials;
    return `the ${securityToken === undefined ? "" : "temporary "}access key from ${source}`;
  }

  secrets(): readonly string[] {
    const { accessKey, secretKey, securityToken } = this.#options.credentials;
    return [accessKey, secretKey, ...(securityToken === undefined ? [] : [securityToken])];
  }
}
