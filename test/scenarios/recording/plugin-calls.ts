/*
 * Loaded into the process of the provider plugin before its own code: hands on what the engine asks of it, read from the wire,
 * in the words of the hooks of a dynamic provider.
 */
import http2 from "node:http2";
import type { Struct } from "google-protobuf/google/protobuf/struct_pb";
import * as messages from "@pulumi/pulumi/proto/provider_pb";

export interface PluginCall {
  /** Such as `ServiceTask`. */
  readonly kind: string;
  readonly hook: string;
  readonly args: readonly unknown[];
}

interface Asked {
  readonly urn: string;
  readonly args: readonly unknown[];
}

/** A flag and the length go before every message. */
const FRAME_BYTES = 5;

const bag = (struct: Struct | undefined): object => struct?.toJavaScript() ?? {};
const logicalName = (urn: string): string => urn.split("::").at(-1) ?? "";

/** Undefined for calls of a preview that hooks do not get. */
const READERS: Readonly<Record<string, (message: Uint8Array) => Asked | undefined>> = {
  Check: (message) => {
    const request = messages.CheckRequest.deserializeBinary(message);
    const urn = request.getUrn();
    // Dynamic classes send the default name that a plugin makes of the URN.
    const autoName = `${logicalName(urn)}-${"0".repeat(12)}`;
    return { urn, args: [bag(request.getOlds()), { autoName, ...bag(request.getNews()) }] };
  },
  Diff: (message) => {
    const request = messages.DiffRequest.deserializeBinary(message);
    const args = [request.getId(), bag(request.getOlds()), bag(request.getNews())];
    return { urn: request.getUrn(), args };
  },
  Create: (message) => {
    const request = messages.CreateRequest.deserializeBinary(message);
    return request.getPreview() ? undefined : { urn: request.getUrn(), args: [bag(request.getProperties())] };
  },
  Read: (message) => {
    const request = messages.ReadRequest.deserializeBinary(message);
    return { urn: request.getUrn(), args: [request.getId(), bag(request.getProperties())] };
  },
  Update: (message) => {
    const request = messages.UpdateRequest.deserializeBinary(message);
    const args = [request.getId(), bag(request.getOlds()), bag(request.getNews())];
    return request.getPreview() ? undefined : { urn: request.getUrn(), args };
  },
  Delete: (message) => {
    const request = messages.DeleteRequest.deserializeBinary(message);
    return { urn: request.getUrn(), args: [request.getId(), bag(request.getProperties())] };
  },
};

/** Watches every server that the process opens from now on. */
export function watchCalls(onCall: (call: PluginCall) => void): void {
  const { createServer } = http2;
  const watched = (...args: Parameters<typeof createServer>): http2.Http2Server => {
    const server = createServer(...args);
    server.on("stream", (stream: http2.ServerHttp2Stream, headers: http2.IncomingHttpHeaders) => {
      const method = String(headers[":path"]).split("/").at(-1) ?? "";
      const read = READERS[method];
      if (read === undefined) return;
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        const asked = read(Buffer.concat(chunks).subarray(FRAME_BYTES));
        if (asked === undefined) return;
        const kind = asked.urn.split("::")[2]?.split(":").at(-1) ?? "";
        onCall({ kind, hook: method.toLowerCase(), args: asked.args });
      });
    });
    return server;
  };
  Object.assign(http2, { createServer: watched });
}
