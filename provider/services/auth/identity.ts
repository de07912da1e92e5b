/** The calls to IAM that credentials need. The client in `api` implements them; this folder does not know HTTP. */
import type { Deadline } from "../../common/deadline";
import type { Authenticator } from "./authenticator";
import type { Agency, PasswordCredentials } from "./credentials";

/** The project a token is for. A name is unique in one region of one domain. */
export type ProjectScope = { readonly id: string } | { readonly name: string };

/** `account`: a token of the user's own account, for global services only. */
export type TokenScope = ProjectScope | "account";

export interface Project {
  readonly id: string;
  readonly name: string;
}

export interface IssuedToken {
  readonly token: string;
  /** Milliseconds since 1970 on IAM's clock. */
  readonly expiresAt: number;
  /** IAM's clock at the answer, where it sent one: makes the remaining life right on a machine with a wrong clock. */
  readonly date?: number;
  readonly project?: Project;
}

export interface IdentityService {
  /** Issues a new token; tokens issued before stay valid. `endpoint` is IAM's base URL. */
  issueToken(
    endpoint: string,
    credentials: PasswordCredentials,
    scope: TokenScope,
    deadline: Deadline,
  ): Promise<IssuedToken>;
  /** Issues a token of the account that created the agency, to a user of the account it was created for. */
  assumeAgency(
    endpoint: string,
    agency: Agency,
    caller: Authenticator,
    scope: ProjectScope,
    deadline: Deadline,
  ): Promise<IssuedToken>;
  /** The projects of exactly that name which the credential may see. */
  findProjects(
    endpoint: string,
    name: string,
    authenticator: Authenticator,
    deadline: Deadline,
  ): Promise<readonly Project[]>;
}
