/** The engine's own service, which takes the messages of a plugin. */
import * as grpc from "@grpc/grpc-js";
import { EngineClient } from "@pulumi/pulumi/proto/engine_grpc_pb";
import { LogRequest, LogSeverity } from "@pulumi/pulumi/proto/engine_pb";
import type { LogEntry, SendEntry } from "../engine-log";

/** The engine's own message limit, in bytes. */
export const CHANNEL_OPTIONS = {
  "grpc.max_receive_message_length": 400 * 1024 * 1024,
  "grpc.max_send_message_length": 400 * 1024 * 1024,
};

const SEVERITIES: Readonly<Record<LogEntry["severity"], LogSeverity>> = {
  debug: LogSeverity.DEBUG,
  info: LogSeverity.INFO,
  warning: LogSeverity.WARNING,
};

/** Connects with the first message. */
export function messagesTo(address: string): SendEntry {
  let client: EngineClient | undefined;
  return ({ severity, message, urn, ephemeral }) => {
    client ??= new EngineClient(address, grpc.credentials.createInsecure(), CHANNEL_OPTIONS);
    const request = new LogRequest();
    request.setSeverity(SEVERITIES[severity]);
    request.setMessage(message);
    request.setUrn(urn);
    request.setEphemeral(ephemeral);
    return new Promise((resolve, reject) => {
      client?.log(request, (error) => (error === null ? resolve() : reject(error)));
    });
  };
}
