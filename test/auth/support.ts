/** Sources of settings and an IAM that answers from a script. */
import type { Deadline } from "../../provider/common/deadline";
import type { AuthenticationSubject, Authenticator } from "../../provider/services/auth/authenticator";
import type { Agency } from "../../provider/services/auth/credentials";
import type {
  IdentityService,
  IssuedToken,
  Project,
  TokenScope,
} from "../../provider/services/auth/identity";
import { recordSource, type SettingsSource } from "../../provider/services/auth/configuration";
import { type ConfigurationKey } from "../../provider/services/configuration";

type Values = Partial<Record<ConfigurationKey, string>>;

export const stack = (values: Values): SettingsSource =>
  recordSource("the stack configuration", "configuration", values);
export const explicit = (values: Values): SettingsSource => recordSource("the provider", "provider", values);

/** A request that asks for authentication. */
export function subject(changes: Partial<AuthenticationSubject> = {}): AuthenticationSubject {
  return {
    service: "modelarts",
    method: "GET",
    url: new URL("https://example.com/"),
    headers: {},
    ...changes,
  };
}

/** Notes what it is asked for; tokens are numbered. */
export class ScriptedIdentity implements IdentityService {
  readonly issued: { readonly endpoint: string; readonly scope: TokenScope }[] = [];
  /** Each with the headers that the caller proved itself with. */
  readonly assumed: { readonly agency: Agency; readonly caller: Readonly<Record<string, string>> }[] = [];
  readonly searched: string[] = [];
  failures: Error[] = [];
  projects: Project[] = [];
  tokenProject: Project | undefined;
  lifeMs = 24 * 60 * 60 * 1000;
  /** How far IAM's clock is ahead of this machine's. */
  skewMs = 0;

  issueToken(endpoint: string, _credentials: unknown, scope: TokenScope): Promise<IssuedToken> {
    this.issued.push({ endpoint, scope });
    const failure = this.failures.shift();
    if (failure !== undefined) return Promise.reject(failure);
    const date = Date.now() + this.skewMs;
    return Promise.resolve({
      token: `token-${this.issued.length}`,
      expiresAt: date + this.lifeMs,
      date,
      ...(this.tokenProject === undefined ? {} : { project: this.tokenProject }),
    });
  }

  async assumeAgency(
    endpoint: string,
    { agencyName, agencyDomainName }: Agency,
    caller: Authenticator,
    scope: TokenScope,
    limit: Deadline,
  ): Promise<IssuedToken> {
    const headers = await caller.headers(subject({ service: "iam", method: "POST" }), limit);
    this.assumed.push({ agency: { agencyName, agencyDomainName }, caller: headers });
    return this.issueToken(endpoint, undefined, scope);
  }

  findProjects(_endpoint: string, name: string): Promise<readonly Project[]> {
    this.searched.push(name);
    const failure = this.failures.shift();
    return failure === undefined ? Promise.resolve(this.projects) : Promise.reject(failure);
  }
}
