/** Errors that the API gateway answers in front of every service. */
import { toMicroseconds } from "../clock";
import type { ExpiredToken } from "../options";

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

/** Gateway: the token has ended. It has several ways to say so, with 401 or, where it is seen so, with 403. */
export function tokenExpired({ form, status }: ExpiredToken, now: number): ApiError {
  switch (form) {
    case "update":
      return new ApiError(status, "APIG.0307", "The token must be updated", "gateway");
    case "expires":
      return badIdentity(`token expires, expires_at: ${toMicroseconds(now)}`, status);
    case "decrypt":
      return badIdentity("decrypt token fail", status);
  }
}

/** Gateway: a signature that does not fit the request or the key. */
export function badSignature(detail: string): ApiError {
  return badIdentity(detail, 401);
}

function badIdentity(detail: string, status: number): ApiError {
  return new ApiError(status, "APIGW.0301", `Incorrect IAM authentication information: ${detail}`, "gateway");
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
