/**
 * IAM v3: tokens and projects. Sources: "Obtaining a User Token Through Password Authentication", "Obtaining an
 * Agency Token", "Verifying a Token" and "Querying Project Information Based on the Specified Criteria" of the IAM API
 * references of both clouds.
 */
import { z } from "zod";
import { type Authenticator, NoAuthenticator, TOKEN_HEADER } from "../auth/authenticator";
import type { Agency, PasswordCredentials } from "../auth/credentials";
import type { IdentityService, IssuedToken, Project, ProjectScope, TokenScope } from "../auth/identity";
import type { Deadline } from "../../common/deadline";
import { failureKind, problemOf, VideoAnalysisError } from "../../common/errors";
import { type RawAnswer, type ServiceRequest, type ServiceResponse, UnexpectedAnswer } from "../http/request";
import type { Transport } from "../http/transport";

const project = z.looseObject({ id: z.string().min(1), name: z.string() });

const tokenAnswer = z.looseObject({
  token: z.looseObject({
    /** UTC with microseconds and `Z`. */
    expires_at: z.string().refine((text) => !Number.isNaN(Date.parse(text)), { error: "expected a time" }),
    project: project.optional(),
  }),
});

const projectsAnswer = z.looseObject({ projects: z.array(project) });

/** The token is not in the body but in this header; a request names by it the token that it asks about. */
const SUBJECT_TOKEN = "x-subject-token";

type IdentityRequest<T> = Omit<ServiceRequest<T>, "service" | "replay" | "harmless">;
type TokenContent = Omit<IssuedToken, "date">;

function readToken(answer: RawAnswer): TokenContent {
  const content = tokenAnswer.parse(answer.body);
  const value = answer.header(SUBJECT_TOKEN);
  if (value === undefined || value === "") throw new UnexpectedAnswer("no header X-Subject-Token");
  return { token: value, ...lifeOf(content) };
}

function lifeOf({ token }: z.output<typeof tokenAnswer>): Omit<TokenContent, "token"> {
  const { project: named, expires_at: end } = token;
  return {
    expiresAt: Date.parse(end),
    ...(named === undefined ? {} : { project: { id: named.id, name: named.name } }),
  };
}

/** Asks about the very token that it sends. */
function aboutItself(authenticator: Authenticator): Authenticator {
  return {
    headers: async (subject, deadline) => {
      const headers = await authenticator.headers(subject, deadline);
      const token = headers[TOKEN_HEADER];
      return token === undefined ? headers : { ...headers, [SUBJECT_TOKEN]: token };
    },
    // The question is about this very token: another one would answer for itself.
    invalidate: () => false,
    describe: () => authenticator.describe(),
    secrets: () => authenticator.secrets(),
  };
}

function passwordBody({ userName, password, domain }: PasswordCredentials, scope: TokenScope): unknown {
  const user = { name: userName, password, domain };
  return {
    auth: {
      identity: { methods: ["password"], password: { user } },
      scope: scope === "account" ? { domain } : { project: scope },
    },
  };
}

function agencyBody({ agencyName, agencyDomainName, agencyDomainId }: Agency, scope: ProjectScope): unknown {
  const domain =
    agencyDomainId === undefined ? { domain_name: agencyDomainName } : { domain_id: agencyDomainId };
  const role = { agency_name: agencyName, ...domain };
  return { auth: { identity: { methods: ["assume_role"], assume_role: role }, scope: { project: scope } } };
}

export class IamClient implements IdentityService {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  issueToken(
    endpoint: string,
    credentials: PasswordCredentials,
    scope: TokenScope,
    deadline: Deadline,
  ): Promise<IssuedToken> {
    const sender = new NoAuthenticator(`the user name and password from ${credentials.source}`, [
      credentials.password,
    ]);
    return this.#token(endpoint, passwordBody(credentials, scope), sender, "request for a token", deadline);
  }

  /**
   * The caller's token goes into `X-Auth-Token`; that a signature of the caller is accepted in its place is what the
   * vendor's Go SDK relies on, no document says so.
   */
  assumeAgency(
    endpoint: string,
    agency: Agency,
    caller: Authenticator,
    scope: ProjectScope,
    deadline: Deadline,
  ): Promise<IssuedToken> {
    const operation = `request for a token of the agency "${agency.agencyName}" of "${agency.agencyDomainName}"`;
    return this.#token(endpoint, agencyBody(agency, scope), caller, operation, deadline);
  }

  /** Repeated freely after faults: a further token makes none of the earlier ones invalid. */
  async #token(
    endpoint: string,
    body: unknown,
    authenticator: Authenticator,
    operation: string,
    deadline: Deadline,
  ): Promise<IssuedToken> {
    const response = await this.#send<TokenContent>(
      {
        method: "POST",
        endpoint,
        path: ["v3", "auth", "tokens"],
        // Any text counts as true; without the catalog the answer is a fraction of its size.
        query: { nocatalog: "true" },
        body,
        authenticator,
        operation,
        read: readToken,
      },
      deadline,
    );
    return response.date === undefined ? response.body : { ...response.body, date: response.date };
  }

  /** Life and project of the token that the authenticator sends. */
  async inspectToken(
    endpoint: string,
    authenticator: Authenticator,
    deadline: Deadline,
  ): Promise<Omit<IssuedToken, "token" | "date">> {
    const { body } = await this.#send(
      {
        method: "GET",
        endpoint,
        path: ["v3", "auth", "tokens"],
        query: { nocatalog: "true" },
        authenticator: aboutItself(authenticator),
        operation: "check of the token",
        read: (answer) => lifeOf(tokenAnswer.parse(answer.body)),
      },
      deadline,
    );
    return body;
  }

  /** The projects that the credential may see, of whatever name. */
  listProjects(
    endpoint: string,
    authenticator: Authenticator,
    deadline: Deadline,
  ): Promise<readonly Project[]> {
    return this.#projects({ endpoint, authenticator, operation: "list of the projects" }, deadline);
  }

  async findProjects(
    endpoint: string,
    name: string,
    authenticator: Authenticator,
    deadline: Deadline,
  ): Promise<readonly Project[]> {
    const operation = `look-up of project "${name}"`;
    const projects = await this.#projects({ endpoint, authenticator, operation, query: { name } }, deadline);
    // The filter is documented as exact; a service that ignores it must not choose the project.
    return projects.filter((found) => found.name === name);
  }

  async #projects(
    request: Pick<IdentityRequest<unknown>, "endpoint" | "authenticator" | "operation" | "query">,
    deadline: Deadline,
  ): Promise<readonly Project[]> {
    const { body } = await this.#send(
      {
        method: "GET",
        path: ["v3", "projects"],
        read: (answer) => projectsAnswer.parse(answer.body).projects,
        ...request,
      },
      deadline,
    );
    return body.map(({ id, name }) => ({ id, name }));
  }

  /**
   * Nothing at IAM is an object of a stack: its "not found" must not be taken for the absence of one, nor a lost
   * answer for a create in doubt.
   */
  async #send<T>(request: IdentityRequest<T>, deadline: Deadline): Promise<ServiceResponse<T>> {
    try {
      return await this.#transport.send<T>(
        { ...request, service: "iam", replay: "safe", harmless: true },
        deadline,
      );
    } catch (error) {
      if (failureKind(error) !== "not-found") throw error;
      throw new VideoAnalysisError(
        "CONFIGURATION",
        `IAM does not know the configured project, user, account or agency: ${problemOf(error)}`,
        { remedy: "Correct these settings.", cause: error },
      );
    }
  }
}
