/** Failures that many resources share, such as refused credentials: said in full once, and then in a short line. */
import {
  isRequestError,
  isVideoAnalysisError,
  VideoAnalysisError,
  withMoreToDo,
  type FailureClass,
} from "../../common/errors";

/** Failed requests whose cause lies in the settings or at the host, and not in the resource. */
const SHARED: ReadonlySet<FailureClass> = new Set([
  "connection",
  "forbidden",
  "gateway-timeout",
  "not-published",
  "server",
  "throttled",
  "unauthenticated",
]);

/** Refusals of one call of the service, whatever object it names; others concern the host or the credentials. */
const OF_CALL: ReadonlySet<FailureClass> = new Set(["forbidden", "not-published"]);

/** Ids in a path. */
const ID = /[0-9a-f-]{12,}/gi;

/** Other than 502, 503 and 504, it says nothing of the service as a whole (RFC 9110, section 15.6). */
const OWN_FAULT = 500;

export class SharedFailures {
  /** By the cause: the resource whose error has all of the text. */
  readonly #first = new Map<string, string>();

  /**
   * @param resource its name in the program
   * @returns the error, or where another resource has failed for the same cause a short one in its place
   */
  brief(resource: string, error: unknown): unknown {
    const cause = causeOf(error);
    if (cause === undefined || !isVideoAnalysisError(error)) return error;
    const first = this.#first.get(cause) ?? resource;
    this.#first.set(cause, first);
    if (first === resource) return error;
    const short = new VideoAnalysisError(
      error.code,
      `the same cause as for "${first}"${answerOf(error)}, whose error says what to do.`,
      { cause: error },
    );
    // What became of the tasks of this resource is no other one's.
    return withMoreToDo(short, error.remedies);
  }
}

/** Equal for failures of one cause; undefined where each resource has its own. */
function causeOf(error: unknown): string | undefined {
  if (isRequestError(error)) {
    const { kind, method, url, status, said = "", requestId = "", effect } = error.failure;
    // What may have been done is said of each resource, and a service may fail over one object alone.
    if (!SHARED.has(kind) || effect === "unknown" || status === OWN_FAULT) return undefined;
    const text = requestId === "" ? said : said.replaceAll(requestId, "");
    const { host, pathname } = URL.canParse(url) ? new URL(url) : { host: url, pathname: "" };
    const call = OF_CALL.has(kind) ? `${method} ${pathname.replace(ID, "*")}` : "";
    return JSON.stringify([kind, host, call, status, text]);
  }
  const isSetting = isVideoAnalysisError(error) && error.code === "CONFIGURATION";
  return isSetting ? error.problem : undefined;
}

function answerOf(error: unknown): string {
  const { status, serviceCode } = isRequestError(error) ? error.failure : {};
  const answer = [status, serviceCode].filter((part) => part !== undefined).join(" ");
  return answer === "" ? "" : ` (${answer})`;
}
