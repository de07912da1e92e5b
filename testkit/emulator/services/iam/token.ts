import { toMicroseconds } from "../../clock";
import { ApiError } from "../../http/errors";
import { type Answer, type Call, jsonBody } from "../../http/service";
import { isObject, type Json, type JsonObject, member } from "../../json";
import type { ProjectDeclaration, UserDeclaration } from "../../options";
import { InvalidField } from "../../rules";
import type { World } from "../../world";

/** What a token is good for: a project's services, an account, or global services only. */
type Scope = { project: ProjectDeclaration } | { domain: string } | undefined;

/** Answers `POST /v3/auth/tokens` for the password method; the token itself goes into a header. */
export function issueToken(world: World, call: Call): Answer {
  const auth = object(member(jsonBody(call), "auth"), "auth");
  const user = authenticated(world, object(auth["identity"], "auth.identity"));
  const scope = scopeOf(world, user, auth["scope"]);
  const issuedAt = world.clock.now();
  const expiresAt = issuedAt + world.behavior.tokenLifetimeMs;
  const token = `token-${world.ids.next("token")}`;
  const projectId = scope !== undefined && "project" in scope ? scope.project.id : undefined;
  world.tokens.grant(token, { userName: user.name, projectId }, expiresAt);
  const domain = domainOf(world, user.domainName);
  const body: JsonObject = {
    methods: ["password"],
    issued_at: toMicroseconds(issuedAt),
    expires_at: toMicroseconds(expiresAt),
    user: { id: world.ids.named(`user ${user.name}`), name: user.name, domain, password_expires_at: "" },
    roles: [{ id: "0", name: "te_admin" }],
    ...scopeBody(scope, domain),
    ...(call.query.get("nocatalog") ? {} : { catalog: [] }),
  };
  return { status: 201, headers: { "X-Subject-Token": token }, body: { token: body } };
}

/** The id of an account is derived from its name. */
export function domainOf(world: World, name: string): { id: string; name: string } {
  return { id: world.ids.named(`domain ${name}`), name };
}

function authenticated(world: World, identity: JsonObject): UserDeclaration {
  const methods = identity["methods"];
  if (!Array.isArray(methods) || methods.length !== 1 || methods[0] !== "password") {
    throw new InvalidField("auth.identity.methods", 'should be ["password"]: the emulator knows no other.');
  }
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
function scopeOf(world: World, user: UserDeclaration, scope: Json | undefined): Scope {
  if (scope === undefined) return undefined;
  const given = object(scope, "auth.scope");
  if (given["project"] !== undefined) {
    const project = object(given["project"], "auth.scope.project");
    return { project: projectOf(world, project) };
  }
  if (given["domain"] === undefined) return undefined;
  const domain = object(given["domain"], "auth.scope.domain");
  if (!isDomain(world, user.domainName, domain, "auth.scope.domain")) {
    throw new ApiError(401, "IAM.0001", "The domain of the scope is not the user's.");
  }
  return { domain: user.domainName };
}

/** The status for an unknown project is not documented; 404 is among those of the call. */
function projectOf(world: World, wanted: JsonObject): ProjectDeclaration {
  const key = wanted["id"] === undefined ? "name" : "id";
  const value = string(wanted[key], `auth.scope.project.${key}`);
  const found = world.settings.projects.find((project) => project[key] === value);
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
  return "project" in scope ? { project: { ...scope.project, domain } } : { domain };
}

function object(value: Json | undefined, path: string): JsonObject {
  if (!isObject(value)) throw new InvalidField(path, "should be an object.");
  return value;
}

function string(value: Json | undefined, path: string): string {
  if (typeof value !== "string" || value === "") throw new InvalidField(path, "should be a string.");
  return value;
}
