/** The service `ResourceProvider`, which the engine calls. */
import * as grpc from "@grpc/grpc-js";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { type PluginAttach, PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { forUser } from "../../engine/failures";
import { Functions } from "../functions";
import { Operations } from "../operations";
import { parseUrn } from "../resource-address";
import { checkArguments, compareArguments, configuredBy } from "../provider-arguments";
import type { Session } from "../session";
import type { Sessions } from "../sessions";
import { CHANNEL_OPTIONS } from "./engine";
import {
  checkCall,
  checkResponse,
  configDiffResponse,
  createCall,
  deleteCall,
  diffCall,
  diffResponse,
  readCall,
  readResponse,
  updateCall,
} from "./messages";
import { statusOf } from "./status";
import { bagOf, structOf } from "./structs";

export interface ServiceOptions {
  readonly sessions: Sessions;
  readonly version: string;
  /** The package schema, as JSON text. */
  readonly schema: () => string | Promise<string>;
  /** Runs every call; that of a process keeps it until the answer is out. */
  readonly during: <T>(work: () => Promise<T>) => Promise<T>;
}

type Handler<Request, Response> = (request: Request, session: Session) => Response | Promise<Response>;

/** Functions have no URN. */
const isOfResource = (request: unknown): request is { getUrn(): string } =>
  typeof request === "object" && request !== null && "getUrn" in request;

/** Operations on resources, and functions, of each session. */
class Bound<T extends object> {
  readonly #made = new WeakMap<Session, T>();

  constructor(private readonly make: (session: Session) => T) {}

  of(session: Session): T {
    const known = this.#made.get(session) ?? this.make(session);
    this.#made.set(session, known);
    return known;
  }
}

export function serviceOf({
  sessions,
  version,
  schema,
  during,
}: ServiceOptions): grpc.UntypedServiceImplementation {
  const operations = new Bound((session) => new Operations(session));
  const functions = new Bound((session) => new Functions(session));

  /** What the handler throws becomes the status of the call. */
  const unary =
    <Request, Response>(
      handler: (request: Request, peer: string) => Response | Promise<Response>,
    ): grpc.handleUnaryCall<Request, Response> =>
    (call, callback) => {
      during(async () => handler(call.request, call.getPeer())).then(
        (response) => callback(null, response),
        (error: unknown) => callback(statusOf(forUser(error))),
      );
    };

  /** Answers with its own session; what was said before is with the engine before the answer is. */
  const inSession = <Request, Response>(
    handler: Handler<Request, Response>,
  ): grpc.handleUnaryCall<Request, Response> =>
    unary(async (request, peer) => {
      const session = sessions.of(peer);
      try {
        return await handler(request, session);
      } catch (error) {
        throw isOfResource(request) ? session.failures.brief(parseUrn(request.getUrn()).name, error) : error;
      } finally {
        await session.log.flushed();
      }
    });

  return {
    handshake: unary(() => {
      const response = new messages.ProviderHandshakeResponse();
      response.setAcceptSecrets(true);
      response.setAcceptResources(true);
      response.setAcceptOutputs(true);
      response.setSupportsAutonamingConfiguration(true);
      return response;
    }),
    attach: unary((request: PluginAttach, peer) => {
      sessions.attach(peer, request.getAddress());
      return new Empty();
    }),
    getPluginInfo: unary(() => new PluginInfo().setVersion(version)),
    getSchema: unary(async () => new messages.GetSchemaResponse().setSchema(await schema())),

    checkConfig: inSession((request: messages.CheckRequest, { run, log }) => {
      const urn = request.getUrn();
      const { inputs, warnings } = checkArguments(urn, bagOf(request.getNews()), run.env);
      warnings.forEach(log.of(urn).warn);
      return checkResponse({ inputs, failures: [] });
    }),
    diffConfig: inSession((request: messages.DiffRequest) => {
      const olds = request.hasOldInputs() ? request.getOldInputs() : request.getOlds();
      return configDiffResponse(compareArguments(bagOf(olds), bagOf(request.getNews())));
    }),
    configure: inSession((request: messages.ConfigureRequest, session) => {
      session.configure(configuredBy(bagOf(request.getArgs())));
      const response = new messages.ConfigureResponse();
      response.setAcceptsecrets(true);
      response.setAcceptresources(true);
      response.setAcceptoutputs(true);
      response.setSupportspreview(true);
      response.setSupportsAutonamingConfiguration(true);
      return response;
    }),

    check: inSession((request: messages.CheckRequest, session) =>
      checkResponse(operations.of(session).check(checkCall(request))),
    ),
    diff: inSession((request: messages.DiffRequest, session) =>
      diffResponse(operations.of(session).diff(diffCall(request))),
    ),
    create: inSession(async (request: messages.CreateRequest, session) => {
      const { id, properties } = await operations.of(session).create(createCall(request));
      return new messages.CreateResponse().setId(id).setProperties(structOf(properties));
    }),
    update: inSession(async (request: messages.UpdateRequest, session) => {
      const { properties } = await operations.of(session).update(updateCall(request));
      return new messages.UpdateResponse().setProperties(structOf(properties));
    }),
    read: inSession(async (request: messages.ReadRequest, session) =>
      readResponse(await operations.of(session).read(readCall(request))),
    ),
    delete: inSession(async (request: messages.DeleteRequest, session) => {
      await operations.of(session).delete(deleteCall(request));
      return new Empty();
    }),
    invoke: inSession(async (request: messages.InvokeRequest, session) => {
      const result = await functions.of(session).invoke(request.getTok(), bagOf(request.getArgs()));
      return new messages.InvokeResponse().setReturn(structOf(result));
    }),
    cancel: inSession((_: Empty, session) => {
      session.cancel();
      return new Empty();
    }),
  };
}

/** @returns the port, and what ends the server */
export async function serve(
  options: ServiceOptions,
): Promise<{ readonly port: number; readonly close: () => void }> {
  const server = new grpc.Server(CHANNEL_OPTIONS);
  server.addService(ResourceProviderService, serviceOf(options));
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) => {
      if (error === null) resolve(bound);
      else reject(error);
    });
  });
  return { port, close: () => server.forceShutdown() };
}
