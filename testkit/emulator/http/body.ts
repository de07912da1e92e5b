/** Receives the body of a request. */
import type { IncomingMessage } from "node:http";

/** The gateway's documented limit of a request body. */
export const MAX_BODY_BYTES = 12 * 1024 * 1024;

/** A request body: its text, or that it is too large, or that the client went away while sending it. */
export type ReceivedBody = { text: string } | "too-large" | "aborted";

/** Reads a body to its end, keeping no more of it than is accepted. */
export async function receiveBody(request: IncomingMessage): Promise<ReceivedBody> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size <= MAX_BODY_BYTES) chunks.push(chunk);
    }
  } catch (error) {
    if (request.destroyed) return "aborted";
    throw error;
  }
  return size > MAX_BODY_BYTES ? "too-large" : { text: Buffer.concat(chunks).toString("utf8") };
}
