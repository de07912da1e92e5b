/** Writes an answer, spoilt where a fault says so; nothing where the client has gone away meanwhile. */
import type { ServerResponse } from "node:http";
import type { Distortion } from "../faults/faults";
import type { Answer } from "./service";

/** A typical answer of a proxy in the way of the service. */
const PROXY_PAGE =
  "<!DOCTYPE html><html><head><title>Proxy</title></head><body>Upstream problem</body></html>";

/** A body that is cut still has to have something to cut. */
const SMALLEST_BODY = "{}";

export function transmit(response: ServerResponse, answer: Answer, distortion?: Distortion): void {
  if (response.destroyed || response.socket?.destroyed !== false) return;
  for (const [name, value] of Object.entries(answer.headers ?? {})) response.setHeader(name, value);
  const text = answer.body === undefined ? "" : JSON.stringify(answer.body);
  switch (distortion?.kind) {
    case undefined: {
      write(response, answer.status, "application/json", text);
      return;
    }
    case "emptyBody": {
      write(response, answer.status, "application/json", "");
      return;
    }
    case "truncated": {
      write(response, answer.status, "application/json", firstHalf(text));
      return;
    }
    case "malformed": {
      write(response, distortion.status ?? answer.status, "text/html", distortion.body ?? PROXY_PAGE);
      return;
    }
    case "resetBody": {
      writeAndReset(response, answer.status, text === "" ? SMALLEST_BODY : text);
      return;
    }
  }
}

function write(response: ServerResponse, status: number, type: string, text: string): void {
  response.statusCode = status;
  if (text !== "") response.setHeader("Content-Type", type);
  response.setHeader("Content-Length", Buffer.byteLength(text));
  response.end(text);
}

/** The connection ends once the first half has left this process, so that the client has seen some of it. */
function writeAndReset(response: ServerResponse, status: number, text: string): void {
  response.statusCode = status;
  response.setHeader("Content-Type", "application/json");
  response.setHeader("Content-Length", Buffer.byteLength(text));
  response.write(firstHalf(text), () => response.destroy());
}

function firstHalf(text: string): string {
  const source = text === "" ? SMALLEST_BODY : text;
  return source.slice(0, Math.ceil(source.length / 2));
}
