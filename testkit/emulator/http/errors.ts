/** An error answer. The gateway in front of the services has its own body form, so its errors are marked. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly origin: "service" | "gateway" = "service",
  ) {
    super(message);
    this.name = "ApiError";
  }
}

/** Gateway: no such API. Also what a removed API or a wrong host answers, so it never proves a task gone. */
export function notPublished(method: string, path: string): ApiError {
  const message = `No API is published for ${method} ${path}; check the method and the path`;
  return new ApiError(404, "APIG.0101", message, "gateway");
}

/** Gateway: the token has expired; its text carries the documented words "token must be updated". */
export function tokenExpired(): ApiError {
  return new ApiError(401, "APIG.0307", "The token must be updated", "gateway");
}

/** Gateway: a signature that does not fit the request or the key. */
export function badSignature(detail: string): ApiError {
  return new ApiError(401, "APIGW.0301", `Incorrect IAM authentication information: ${detail}`, "gateway");
}

/**
 * Gateway: a signature whose date is too far off. The documents give the limit and no code for it; the table calls
 * this one wrong authentication or a wrong time.
 */
export function badTimestamp(): ApiError {
  return new ApiError(
    401,
    "APIGW.0303",
    "Incorrect app authentication information: the signature has expired or is not valid yet",
    "gateway",
  );
}

/** Gateway: too many requests. */
export function throttled(): ApiError {
  return new ApiError(
    429,
    "APIG.0308",
    "The request rate is over the limit; wait, then send it again",
    "gateway",
  );
}

/** Gateway: this identity may not call the API. */
export function notPermitted(): ApiError {
  return new ApiError(403, "APIG.0302", "This identity may not call the API", "gateway");
}

/** Gateway: the request body is larger than accepted. */
export function tooLarge(limit: number): ApiError {
  return new ApiError(413, "APIG.0201", `The request body is larger than ${limit} bytes`, "gateway");
}
