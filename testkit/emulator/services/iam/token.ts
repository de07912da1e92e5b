/** Issues and shows tokens. */
import { toMicroseconds } from "../../clock";
import { ApiError } from "../../http/errors";
import { type Answer, type Call, jsonBody } from "../../http/service";
import { isObject, type Json, type JsonObject, member } from "../../json";
import type { ProjectDeclaration, UserDeclaration } from "../../options";
import { InvalidField } from "../../rules";
import type { World } from "../../world";
import { catalogFor } from "./catalog";
import { domainOf } from "./domains";
import { authError } from "./errors";

/** The scope of a token: a project's services, an account, or global services only. */
type Scope = { project: ProjectDeclaration } | { domain: string } | undefined;

/** Who has a token, how that was proved, and in which account it counts. */
interface Holder {
  readonly method: "password" | "assume_role" | "token";
  readonly userName: string;
  readonly domainName: string;
  /** A token that is exchanged for one of another scope ends when it would have ended itself (inferred). */
  readonly endsAt?: number | undefined;
}

/** Answers `POST /v3/auth/tokens` by password, agency or token; the token itself goes into a header. */
export function issueToken(world: World, call: Call): Answer {
  const auth = object(member(jsonBody(call), "auth"), "auth");
  const holder = holderOf(world, call, object(auth["identity"], "auth.identity"));
  const scope = scopeOf(world, holder.domainName, auth["scope"]);
  const issuedAt = world.clock.now();
  const expiresAt = holder.endsAt ?? issuedAt + world.behavior.tokenLifetimeMs;
  const token = `token-${world.ids.next("token")}`;
  const { userName, domainName } = holder;
  world.tokens.grant(token, { userName, domainName, projectId: projectIdOf(scope) }, expiresAt);
  const body = describeToken(world, call, holder, scope, { issuedAt, expiresAt });
  return { status: 201, headers: { "X-Subject-Token": token }, body };
}

/**
 * Answers `GET /v3/auth/tokens` about the token in `X-Subject-Token`: the caller's own, or one of the same account. The
 * documents list the statuses without saying which is for what.
 */
export function showToken(world: World, call: Call): Answer {
  const { "x-subject-token": subject } = call.headers;
  const token = string(typeof subject === "string" ? subject : undefined, "X-Subject-Token");
  const now = world.clock.now();
  const found = world.tokens.lookup(token, now);
  if (typeof found === "string") throw new ApiError(404, "IAM.0004", "The subject token is not valid.");
  if (found.domainName !== call.principal?.domainName)
    throw new ApiError(403, "IAM.0003", "The subject token is another account's.");
  const scope =
    found.projectId === undefined ? undefined : projectScope(world, found.domainName, found.projectId);
  const lifetime = world.behavior.tokenLifetimeMs;
  const expiresAt = world.tokens.endOf(token) ?? now + lifetime;
  const holder = { method: "password" as const, userName: found.userName, domainName: found.domainName };
  const body = describeToken(world, call, holder, scope, { issuedAt: expiresAt - lifetime, expiresAt });
  return { status: 200, headers: { "X-Subject-Token": token }, body };
}

function projectScope(world: World, domainName: string, id: string): Scope {
  return { project: projectOf(world, domainName, { id }) };
}

function projectIdOf(scope: Scope): string | undefined {
  return scope !== undefined && "project" in scope ? scope.project.id : undefined;
}

interface Life {
  readonly issuedAt: number;
  readonly expiresAt: number;
}

function describeToken(
  world: World,
  call: Call,
  { method, userName, domainName }: Holder,
  scope: Scope,
  { issuedAt, expiresAt }: Life,
): JsonObject {
  const domain = domainOf(world, domainName);
  const projectId = projectIdOf(scope);
  const token: JsonObject = {
    methods: [method],
    issued_at: toMicroseconds(issuedAt),
    expires_at: toMicroseconds(expiresAt),
    user: { id: world.ids.named(`user ${userName}`), name: userName, domain, password_expires_at: "" },
    roles: [{ id: "0", name: "te_admin" }],
    ...scopeBody(scope, domain),
    ...(call.query.get("nocatalog") ? {} : { catalog: catalogFor(world, projectId) }),
  };
  return { token };
}

function holderOf(world: World, call: Call, identity: JsonObject): Holder {
  const methods = identity["methods"];
  const [method] = Array.isArray(methods) && methods.length === 1 ? methods : [];
  if (method === "password") {
    const { name, domainName } = authenticated(world, identity);
    return { method, userName: name, domainName };
  }
  if (method === "assume_role")
    return assumed(world, call, object(identity[method], `auth.identity.${method}`));
  if (method === "token") return exchanged(world, object(identity[method], `auth.identity.${method}`));
  throw new InvalidField(
    "auth.identity.methods",
    'should be ["password"], ["token"] or ["assume_role"]: the emulator knows no other.',
  );
}

/** The holder of a token may get another one, for a project of the same account. */
function exchanged(world: World, given: JsonObject): Holder {
  const token = string(given["id"], "auth.identity.token.id");
  const found = world.tokens.lookup(token, world.clock.now());
  if (typeof found === "string") throw authError(found);
  const { userName, domainName } = found;
  return { method: "token", userName, domainName, endsAt: world.tokens.endOf(token) };
}

/**
 * The caller becomes the agency of the account that created it. The documents ask for the caller's token; a signature
 * is accepted too, as the vendor's SDKs use one.
 */
function assumed(world: World, call: Call, role: JsonObject): Holder {
  const path = "auth.identity.assume_role";
  const caller = call.caller();
  const name = string(role["agency_name"], `${path}.agency_name`);
  const domain = { id: role["domain_id"] ?? null, name: role["domain_name"] ?? null };
  const wanted = domain.id === null ? { name: domain.name } : { id: domain.id };
  const agency = world.settings.agencies.find(
    (candidate) => candidate.name === name && isDomain(world, candidate.domainName, wanted, path),
  );
  if (agency === undefined)
    throw new ApiError(404, "IAM.0004", `There is no agency ${name} in that account.`);
  if (agency.trusts !== undefined && agency.trusts !== caller.domainName) {
    throw new ApiError(403, "IAM.0003", `The agency ${name} was not created for the caller's account.`);
  }
  return { method: "assume_role", userName: `${agency.domainName}/${name}`, domainName: agency.domainName };
}

function authenticated(world: World, identity: JsonObject): UserDeclaration {
  const password = object(identity["password"], "auth.identity.password");
  const user = object(password["user"], "auth.identity.password.user");
  const name = string(user["name"], "auth.identity.password.user.name");
  const secret = string(user["password"], "auth.identity.password.user.password");
  const domain = object(user["domain"], "auth.identity.password.user.domain");
  const found = world.settings.users.find(
    (candidate) =>
      candidate.name === name &&
      candidate.password === secret &&
      isDomain(world, candidate.domainName, domain, "auth.identity.password.user.domain"),
  );
  if (found === undefined) {
    throw new ApiError(401, "IAM.0001", "The user name, the password or the domain is wrong.");
  }
  return found;
}

/** A project wins where both a project and a domain are given. */
function scopeOf(world: World, domainName: string, scope: Json | undefined): Scope {
  if (scope === undefined) return undefined;
  const given = object(scope, "auth.scope");
  if (given["project"] !== undefined) {
    const project = object(given["project"], "auth.scope.project");
    return { project: projectOf(world, domainName, project) };
  }
  if (given["domain"] === undefined) return undefined;
  const domain = object(given["domain"], "auth.scope.domain");
  if (!isDomain(world, domainName, domain, "auth.scope.domain")) {
    throw new ApiError(401, "IAM.0001", "The domain of the scope is not the user's.");
  }
  return { domain: domainName };
}

/** The status for an unknown project is not documented; 404 is among those of the call. */
function projectOf(world: World, domainName: string, wanted: JsonObject): ProjectDeclaration {
  const key = wanted["id"] === undefined ? "name" : "id";
  const value = string(wanted[key], `auth.scope.project.${key}`);
  const found = world.projectsOf(domainName).find((project) => project[key] === value);
  if (found === undefined)
    throw new ApiError(404, "IAM.0004", `There is no project with the ${key} ${value}.`);
  return found;
}

function isDomain(world: World, name: string, wanted: JsonObject, path: string): boolean {
  const domain = domainOf(world, name);
  if (wanted["id"] !== undefined) return string(wanted["id"], `${path}.id`) === domain.id;
  return string(wanted["name"], `${path}.name`) === domain.name;
}

function scopeBody(scope: Scope, domain: JsonObject): JsonObject {
  if (scope === undefined) return {};
  return "project" in scope
    ? { project: { id: scope.project.id, name: scope.project.name, domain } }
    : { domain };
}

function object(value: Json | undefined, path: string): JsonObject {
  if (!isObject(value)) throw new InvalidField(path, "should be an object.");
  return value;
}

function string(value: Json | undefined, path: string): string {
  if (typeof value !== "string" || value === "") throw new InvalidField(path, "should be a string.");
  return value;
}
