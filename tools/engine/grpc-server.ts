/** A gRPC server on loopback. */
import type { handleUnaryCall, sendUnaryData, Server, ServerUnaryCall } from "@grpc/grpc-js";
import { errorMessage } from "./errors";
import { CHANNEL_OPTIONS, type Sdk } from "./sdk";

/** A request is refused with a gRPC status of its own. */
export class RpcError extends Error {
  override readonly name = "RpcError";

  constructor(
    readonly status: "UNAVAILABLE" | "UNIMPLEMENTED" | "INVALID_ARGUMENT",
    message: string,
  ) {
    super(message);
  }
}

/** Makes a gRPC handler of a function; what it throws becomes the status of the call. */
export function unary<Request, Response>(
  sdk: Sdk,
  handler: (request: Request) => Response | Promise<Response>,
): handleUnaryCall<Request, Response> {
  return (call: ServerUnaryCall<Request, Response>, callback: sendUnaryData<Response>) => {
    const answer = async (): Promise<Response> => handler(call.request);
    answer().then(
      (response) => callback(null, response),
      (error: unknown) => {
        const status = error instanceof RpcError ? error.status : "UNKNOWN";
        callback({ code: sdk.grpc.status[status], details: errorMessage(error) });
      },
    );
  };
}

/** Starts a server on a free port of the loopback interface. */
export async function listen(
  sdk: Sdk,
  register: (server: Server) => void,
): Promise<{ server: Server; address: string }> {
  const server = new sdk.grpc.Server(CHANNEL_OPTIONS);
  register(server);
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", sdk.grpc.ServerCredentials.createInsecure(), (error, bound) => {
      if (error === null) resolve(bound);
      else reject(error);
    });
  });
  return { server, address: `127.0.0.1:${port}` };
}
