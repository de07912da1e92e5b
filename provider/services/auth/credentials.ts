/** Credentials, complete and from one source: never a user name from here and its password from there. */

export interface WithSource {
  /** Source name and spellings, for messages; never a value. */
  readonly source: string;
}

export interface TokenCredentials extends WithSource {
  readonly kind: "token";
  readonly token: string;
}

/** An account, by its id or its name. */
export type Domain = { readonly id: string } | { readonly name: string };

export interface PasswordCredentials extends WithSource {
  readonly kind: "password";
  readonly userName: string;
  readonly password: string;
  readonly domain: Domain;
}

export interface AccessKeyCredentials extends WithSource {
  readonly kind: "accessKey";
  readonly accessKey: string;
  readonly secretKey: string;
  /** Only temporary access keys have one. */
  readonly securityToken?: string;
}

/** Credentials of the user that acts, without an agency. */
export type OwnCredentials = TokenCredentials | PasswordCredentials | AccessKeyCredentials;

export interface Agency {
  readonly agencyName: string;
  /** Name of the account that created the agency: its projects are those that are acted in. */
  readonly agencyDomainName: string;
  /** Given in the place of its name, which then says the same. */
  readonly agencyDomainId?: string;
}

/** Acting in another account by an agency that it created for the account of `base`. */
export interface AgencyCredentials extends Agency, WithSource {
  readonly kind: "agency";
  readonly base: OwnCredentials;
}

export type Credentials = OwnCredentials | AgencyCredentials;
