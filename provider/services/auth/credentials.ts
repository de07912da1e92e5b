/** Credentials are one bundle from one source: never a user name from here and its password from there. */

export interface Found {
  /** Where the bundle was found, for messages: source name and spellings, never a value. */
  readonly source: string;
}

export interface TokenCredentials extends Found {
  readonly kind: "token";
  readonly token: string;
}

/** An account, by its id or its name. */
export type Domain = { readonly id: string } | { readonly name: string };

export interface PasswordCredentials extends Found {
  readonly kind: "password";
  readonly userName: string;
  readonly password: string;
  readonly domain: Domain;
}

export interface AccessKeyCredentials extends Found {
  readonly kind: "accessKey";
  readonly accessKey: string;
  readonly secretKey: string;
  /** Only temporary access keys have one. */
  readonly securityToken?: string;
}

/** What proves who somebody is without acting as anybody else. */
export type OwnCredentials = TokenCredentials | PasswordCredentials | AccessKeyCredentials;

export interface Agency {
  readonly agencyName: string;
  /** Name of the account that created the agency: its projects are those that are acted in. */
  readonly agencyDomainName: string;
  /** Given in the place of its name, which then says the same. */
  readonly agencyDomainId?: string;
}

/** Acting in another account by an agency that it created for the account of `base`. */
export interface AgencyCredentials extends Agency, Found {
  readonly kind: "agency";
  readonly base: OwnCredentials;
}

export type Credentials = OwnCredentials | AgencyCredentials;
