/** Requests of the service clients to the transport, and their responses. */
import { toUSVString } from "node:util";
import type { Authenticator } from "../auth/authenticator";
import type { Service } from "../auth/endpoints";
import { VideoAnalysisError } from "../../common/errors";

/** A 2xx answer before its shape is known. */
export interface RawAnswer {
  readonly status: number;
  /** Parsed JSON; undefined where the body is empty. */
  readonly body: unknown;
  /** A header of the answer, by its lower-case name. */
  header(name: string): string | undefined;
}

type QueryValue = string | number | boolean;

export interface ServiceRequest<T> {
  readonly service: Service;
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** Base URL of the service; a path in it stays in front of `path`. */
  readonly endpoint: string;
  /** Path segments, not encoded. */
  readonly path: readonly string[];
  /** A list is sent as one parameter for each of its values, in alphabetical order. */
  readonly query?: Readonly<Record<string, QueryValue | readonly QueryValue[] | undefined>>;
  /** Sent as JSON; without it there is no body. */
  readonly body?: unknown;
  /**
   * `safe`: repeating it does no harm, so faults are repeated. `create`: repeated only where the request
   * certainly had no effect; every other failure is returned at once with an effect that is `unknown`.
   */
  readonly replay: "safe" | "create";
  /** Leaves nothing behind at the service, like every GET: its effect is never in doubt. */
  readonly harmless?: boolean;
  readonly authenticator: Authenticator;
  /** For messages: "create of the service task". */
  readonly operation: string;
  /** Reads the answer's content; a `ZodError` or `UnexpectedAnswer` says that it is not what the documents show. */
  readonly read: (answer: RawAnswer) => T;
  /** More values that no message may show; those of the body and of the authenticator are known. */
  readonly secrets?: Iterable<string>;
}

/** A request as every attempt sends it. */
export interface PreparedRequest<T> extends ServiceRequest<T> {
  readonly url: URL;
  /** The text as it is sent and signed. */
  readonly bodyText: string | undefined;
}

export interface ServiceResponse<T> {
  readonly status: number;
  readonly body: T;
  /** The service's clock, milliseconds since 1970. */
  readonly date?: number;
  readonly requestId?: string;
}

/** Thrown by `read` where no schema can name the fault, such as a missing header. */
export class UnexpectedAnswer extends Error {
  constructor(problem: string) {
    super(problem);
    this.name = "UnexpectedAnswer";
  }
}

/** Segments that a URL resolves away: an id of that form would reach another path than the one meant. */
const NO_SEGMENT: ReadonlySet<string> = new Set(["", ".", ".."]);

function segment(text: string): string {
  if (NO_SEGMENT.has(text) || toUSVString(text) !== text) {
    throw new VideoAnalysisError(
      "INVALID_ID",
      `${JSON.stringify(text)} cannot be part of a request path. Check the ids that the resource was given.`,
    );
  }
  return encodeURIComponent(text);
}

/**
 * The URL on the wire. Query parameters without a value are left out. The values of a list are sorted: a signature
 * covers them sorted, but the vendor's Java SDK signs them as given, so that a gateway may do either.
 */
export function urlOf(request: Pick<ServiceRequest<unknown>, "endpoint" | "path" | "query">): URL {
  const url = new URL([request.endpoint.replace(/\/+$/, ""), ...request.path.map(segment)].join("/"));
  const pairs = Object.entries(request.query ?? {}).flatMap(([name, given = []]) =>
    [given]
      .flat()
      .map((value) => `${encodeURIComponent(name)}=${encodeURIComponent(toUSVString(String(value)))}`)
      .sort(),
  );
  // Percent signs, not plus signs, for spaces: a signature covers one spelling only.
  url.search = pairs.join("&");
  return url;
}

export function prepare<T>(request: ServiceRequest<T>): PreparedRequest<T> {
  const { body } = request;
  return {
    ...request,
    url: urlOf(request),
    bodyText: body === undefined ? undefined : JSON.stringify(body),
  };
}
