/** Takes a request of the emulated APIs from the log through faults, gateway checks and operation to its answer. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import { authenticate, type Authenticator } from "../auth/authenticators";
import type { Principal } from "../auth/tokens";
import { UNDISTURBED, verdictOf } from "../faults/answers";
import type { Hits } from "../faults/queue";
import { type Json, type JsonObject, member } from "../json";
import { masked } from "../mask";
import type { ServiceName } from "../names";
import { InvalidField } from "../rules";
import type { World } from "../world";
import { ApiError, notPublished, tokenExpired, tooLarge } from "./errors";
import { MAX_BODY_BYTES, type ReceivedBody } from "./body";
import { type Match, Router } from "./router";
import type { Answer, Route, ServiceModule } from "./service";
import { transmit } from "./transmit";

interface Request {
  readonly message: IncomingMessage;
  readonly method: string;
  /** With the service's prefix, also where the service is at the root. */
  readonly path: string;
  /** As it stands on the wire. */
  readonly wirePath: string;
  readonly query: URLSearchParams;
  readonly body: Exclude<ReceivedBody, "aborted">;
  readonly requestId: string;
  readonly match: Match | undefined;
}

/** Stands for the service of a request that has no known prefix. */
const NO_SERVICE: { name: ServiceName; route: Pick<Route, "operation" | "role" | "counted"> } = {
  name: "unknown",
  route: { operation: "unknown", role: "other" },
};

export class Pipeline {
  readonly #world: World;
  readonly #authenticators: readonly Authenticator[];
  readonly #closing: AbortSignal;
  readonly #router: Router;
  readonly #fallback: ServiceModule | undefined;

  constructor(
    world: World,
    modules: readonly ServiceModule[],
    authenticators: readonly Authenticator[],
    closing: AbortSignal,
  ) {
    this.#world = world;
    this.#authenticators = authenticators;
    this.#closing = closing;
    this.#router = new Router(modules);
    this.#fallback = modules[0];
  }

  /** @param root the prefix of the service that has a port of its own, "" for the port of all */
  async serve(
    message: IncomingMessage,
    response: ServerResponse,
    { pathname: wirePath, searchParams: query }: URL,
    body: Exclude<ReceivedBody, "aborted">,
    root: string,
  ): Promise<void> {
    const world = this.#world;
    const method = message.method ?? "GET";
    const requestId = world.ids.next("request");
    const path = root + wirePath;
    const match = this.#router.find(method, path);
    const request = { message, method, path, wirePath, query, body, requestId, match };
    const hits = this.#hits(request);
    const settle = this.#log(request, hits);
    response.on("close", () => settle("dropped"));
    response.sendDate = false;
    response.setHeader("X-Request-Id", requestId);
    if (hits.latencyMs > 0 && !(await this.#wait(hits.latencyMs))) return;

    const answer = hits.answer;
    const module = match?.module ?? this.#fallback;
    const verdict =
      answer === undefined || module === undefined ? UNDISTURBED : verdictOf(answer, module, world, request);
    const real = verdict.effect ? this.#execute(request, hits) : undefined;
    response.setHeader("Date", new Date(world.clock.now()).toUTCString());
    switch (verdict.outcome.kind) {
      case "hang":
        return;
      case "drop":
        settle("dropped");
        message.socket.destroy();
        return;
      case "error": {
        const { error, retryAfter } = verdict.outcome;
        const headers = retryAfter === undefined ? {} : { "Retry-After": retryAfter };
        settle(error.status);
        transmit(response, { status: error.status, body: this.#errorBody(error, request), headers });
        return;
      }
      case "answer": {
        const { distortion } = verdict.outcome;
        if (real === undefined) return;
        settle(distortion?.kind === "malformed" ? (distortion.status ?? real.status) : real.status);
        transmit(response, real, distortion);
      }
    }
  }

  /** False when the emulator is closed meanwhile. */
  async #wait(ms: number): Promise<boolean> {
    try {
      await delay(ms, undefined, { signal: this.#closing });
      return true;
    } catch (error) {
      if (this.#closing.aborted) return false;
      throw error;
    }
  }

  #hits({ match, method, body }: Request): Hits {
    const { name, route } = described(match);
    const { task_id: taskId, batch_id: batchId } = match?.params ?? {};
    const subject = {
      service: name,
      operation: route.operation,
      role: route.role,
      counted: route.counted === true,
      method,
      name: this.#nameOf(taskId ?? batchId, parsed(body)),
      taskId,
      batchId,
    };
    return this.#world.faults.take(subject, this.#world.clock.now());
  }

  #log(request: Request, hits: Hits): (status: number | "dropped") => void {
    const { match, method, path, query, requestId } = request;
    const { name: service, route } = described(match);
    const body = parsed(request.body);
    const params = match?.params ?? {};
    const name = this.#nameOf(params["task_id"] ?? params["batch_id"], body);
    return this.#world.log.open({
      at: this.#world.clock.now(),
      method,
      path,
      query: Object.fromEntries(query),
      service,
      operation: route.operation,
      ...logged(params),
      ...(name === undefined ? {} : { name }),
      ...(body === undefined ? {} : { body: this.#world.settings.logSecrets ? body : masked(body) }),
      requestId,
      ...(hits.kinds.length === 0 ? {} : { fault: hits.kinds.join("+") }),
    });
  }

  /** The name of the stored task or batch, before that the one in the body. */
  #nameOf(id: string | undefined, body: Json | undefined): string | undefined {
    const stored = id === undefined ? undefined : this.#world.tasks.find(id, this.#world.clock.now());
    const name = stored === undefined ? member(body, "name") : stored.wire["name"];
    return typeof name === "string" ? name : undefined;
  }

  #execute(request: Request, hits: Hits): Answer {
    try {
      return this.#answer(request, hits);
    } catch (error) {
      const apiError =
        error instanceof InvalidField && request.match ? request.match.module.invalid(error) : error;
      if (!(apiError instanceof ApiError)) throw error;
      return { status: apiError.status, body: this.#errorBody(apiError, request) };
    }
  }

  #answer(request: Request, hits: Hits): Answer {
    const { match, method, wirePath: path, query, message, requestId, body } = request;
    if (body === "too-large") throw tooLarge(MAX_BODY_BYTES);
    if (match?.route === undefined) throw notPublished(method, path);
    const { route, module, params } = match;
    const { headers } = message;
    const seen = { method, path, query, headers, rawBody: body.text, now: this.#world.clock.now() };
    const caller = (): Principal => this.#admit(module, params, seen);
    const principal = route.open === true ? undefined : caller();
    return route.handle({ ...seen, params, requestId, shaping: hits.shaping, principal, caller });
  }

  /** The caller, if it may act in the project of the path. */
  #admit(
    module: ServiceModule,
    params: Readonly<Record<string, string>>,
    credentials: Parameters<Authenticator>[0],
  ): Principal {
    const verdict = authenticate(this.#authenticators, credentials);
    if (verdict === "expired") throw module.expiredToken?.() ?? this.#tokenExpired();
    if (typeof verdict === "string") throw module.authError(verdict);
    const projectId = params["project_id"];
    if (projectId === undefined) return verdict;
    if (verdict.wholeAccount === true) {
      const named = verdict.namedProjectId ?? projectId;
      const own = this.#world.projectsOf(verdict.domainName).some(({ id }) => id === projectId);
      if (!own || named !== projectId) throw module.authError("wrong-project");
      return verdict;
    }
    if (verdict.projectId === undefined) throw module.authError("no-project");
    if (verdict.projectId !== projectId) throw module.authError("wrong-project");
    return verdict;
  }

  #tokenExpired(): ApiError {
    return tokenExpired(this.#world.behavior.expiredToken, this.#world.clock.now());
  }

  #errorBody(error: ApiError, { match, requestId }: Request): JsonObject {
    if (error.origin === "service" && match !== undefined) return match.module.errorBody(error);
    return { error_code: error.code, error_msg: error.message, request_id: requestId };
  }
}

function described(match: Match | undefined): typeof NO_SERVICE {
  if (match === undefined) return NO_SERVICE;
  return { name: match.module.name, route: match.route ?? NO_SERVICE.route };
}

/** Path parameters as the log names them. */
const LOGGED = [
  ["service_id", "serviceId"],
  ["service_name", "serviceName"],
  ["batch_id", "batchId"],
  ["task_id", "taskId"],
] as const;

function logged(
  params: Readonly<Record<string, string>>,
): Partial<Record<(typeof LOGGED)[number][1], string>> {
  const found = LOGGED.map(([parameter, member]) => [member, params[parameter]] as const);
  return Object.fromEntries(found.filter(([, value]) => value !== undefined));
}

/** For the log and for matching only; the operation judges a body that is no JSON. */
function parsed(body: Exclude<ReceivedBody, "aborted">): Json | undefined {
  if (body === "too-large" || body.text === "") return undefined;
  try {
    return JSON.parse(body.text) as Json;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
