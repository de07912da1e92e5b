/** The program's own Pulumi SDK. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import type * as Grpc from "@grpc/grpc-js";
import type * as EmptyMessages from "google-protobuf/google/protobuf/empty_pb";
import type * as StructMessages from "google-protobuf/google/protobuf/struct_pb";
import type * as EngineServices from "@pulumi/pulumi/proto/engine_grpc_pb";
import type * as EngineMessages from "@pulumi/pulumi/proto/engine_pb";
import type * as ProviderServices from "@pulumi/pulumi/proto/provider_grpc_pb";
import type * as ProviderMessages from "@pulumi/pulumi/proto/provider_pb";
import type * as MonitorServices from "@pulumi/pulumi/proto/resource_grpc_pb";
import type * as MonitorMessages from "@pulumi/pulumi/proto/resource_pb";
import type * as StatusMessages from "@pulumi/pulumi/proto/status_pb";
import { EngineError } from "./errors";

/** The Pulumi SDK that the program uses, and the gRPC and protobuf copies that this SDK itself uses. */
export interface Sdk {
  readonly version: string;
  readonly runScript: string;
  readonly dynamicProviderScript: string;
  readonly grpc: typeof Grpc;
  readonly structs: typeof StructMessages;
  readonly empty: typeof EmptyMessages;
  readonly engineServices: typeof EngineServices;
  readonly engineMessages: typeof EngineMessages;
  readonly providerServices: typeof ProviderServices;
  readonly providerMessages: typeof ProviderMessages;
  readonly monitorServices: typeof MonitorServices;
  readonly monitorMessages: typeof MonitorMessages;
  readonly statusMessages: typeof StatusMessages;
}

/** Largest message that the SDK itself allows: 400 MiB (`runtime/settings.ts`). */
const MAX_MESSAGE_BYTES = 400 * 1024 * 1024;

/** Options for every server and client: large messages, and no call is ever sent twice. */
export const CHANNEL_OPTIONS = {
  "grpc.max_receive_message_length": MAX_MESSAGE_BYTES,
  "grpc.max_send_message_length": MAX_MESSAGE_BYTES,
  "grpc.enable_retries": 0,
};

const loaded = new Map<string, Sdk>();

/** Loads the SDK as the program in `workDir` sees it, else as this package does. */
export function loadSdk(workDir: string): Sdk {
  const manifestPath = findSdk([join(resolve(workDir), "package.json"), __filename]);
  if (manifestPath === undefined) {
    throw new EngineError(
      "SDK_NOT_FOUND",
      `@pulumi/pulumi cannot be resolved from ${workDir}: install the program's dependencies`,
    );
  }
  const known = loaded.get(manifestPath);
  if (known !== undefined) return known;
  const sdk = load(manifestPath);
  loaded.set(manifestPath, sdk);
  return sdk;
}

function findSdk(origins: readonly string[]): string | undefined {
  for (const origin of origins) {
    try {
      return createRequire(origin).resolve("@pulumi/pulumi/package.json");
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "MODULE_NOT_FOUND") throw error;
    }
  }
  return undefined;
}

function load(manifestPath: string): Sdk {
  const requireFromSdk = createRequire(manifestPath);
  const { version } = JSON.parse(readFileSync(manifestPath, "utf8")) as { version: string };
  const directory = dirname(manifestPath);
  return {
    version,
    runScript: join(directory, "cmd", "run", "index.js"),
    dynamicProviderScript: join(directory, "cmd", "dynamic-provider", "index.js"),
    grpc: requireFromSdk("@grpc/grpc-js") as typeof Grpc,
    structs: requireFromSdk("google-protobuf/google/protobuf/struct_pb") as typeof StructMessages,
    empty: requireFromSdk("google-protobuf/google/protobuf/empty_pb") as typeof EmptyMessages,
    engineServices: requireFromSdk("./proto/engine_grpc_pb") as typeof EngineServices,
    engineMessages: requireFromSdk("./proto/engine_pb") as typeof EngineMessages,
    providerServices: requireFromSdk("./proto/provider_grpc_pb") as typeof ProviderServices,
    providerMessages: requireFromSdk("./proto/provider_pb") as typeof ProviderMessages,
    monitorServices: requireFromSdk("./proto/resource_grpc_pb") as typeof MonitorServices,
    monitorMessages: requireFromSdk("./proto/resource_pb") as typeof MonitorMessages,
    statusMessages: requireFromSdk("./proto/status_pb") as typeof StatusMessages,
  };
}
