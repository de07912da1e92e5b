/** The engine's own service, as far as a plugin uses it: it takes messages. */
import * as grpc from "@grpc/grpc-js";
import { EngineService } from "@pulumi/pulumi/proto/engine_grpc_pb";
import { type LogRequest, LogSeverity } from "@pulumi/pulumi/proto/engine_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";

export interface Message {
  readonly severity: "info" | "warning" | "other";
  readonly text: string;
  readonly urn: string;
  readonly ephemeral: boolean;
}

export class Engine {
  readonly messages: Message[] = [];

  private constructor(
    private readonly server: grpc.Server,
    readonly address: string,
  ) {}

  static async start(): Promise<Engine> {
    const server = new grpc.Server();
    const log: grpc.handleUnaryCall<LogRequest, Empty> = ({ request }, done) => {
      engine.#add(request);
      done(null, new Empty());
    };
    server.addService(EngineService, { log });
    const port = await new Promise<number>((resolve, reject) => {
      server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
        error === null ? resolve(bound) : reject(error),
      );
    });
    const engine = new Engine(server, `127.0.0.1:${port}`);
    return engine;
  }

  /** As dynamic resources write them. */
  get output(): string {
    return this.messages
      .map(({ severity, text }) => (severity === "warning" ? `warning: ${text}\n` : `${text}\n`))
      .join("");
  }

  close(): void {
    this.server.forceShutdown();
  }

  #add(request: LogRequest): void {
    const severities = { [LogSeverity.INFO]: "info", [LogSeverity.WARNING]: "warning" } as const;
    this.messages.push({
      severity:
        (severities as Readonly<Partial<Record<LogSeverity, Message["severity"]>>>)[request.getSeverity()] ??
        "other",
      text: request.getMessage(),
      urn: request.getUrn(),
      ephemeral: request.getEphemeral(),
    });
  }
}
