/** An emulator whose beginning is data: how it behaves, what it has, and what goes wrong. */
import { type Emulator, startEmulator } from "../emulator";
import type { Fault } from "../faults/faults";
import { parseFault } from "../faults/parse";
import { isObject, type Json, type JsonObject } from "../json";
import type { EmulatorOptions } from "../options";
import {
  bool,
  freeObject,
  integer,
  InvalidField,
  list,
  object,
  oneOf,
  optional,
  required,
  type Rule,
  someText,
  text,
} from "../rules";
import { UsageError } from "../usage-error";
import { behaviorFields } from "./behavior-shape";
import { edgePoolShape, serviceShape, videoGroupShape } from "./declaration-shape";

/** A request to a service before all others, so that something is there already. */
export interface SeedRequest {
  service: "modelarts" | "vias" | "iva";
  /** Default: POST. */
  method?: "POST" | "PUT";
  /** Below the service's endpoint; `{project_id}` stands for that of the first project. */
  path: string;
  body?: JsonObject;
}

/** The content of a start-up file: options of the emulator, requests in their order, and then faults. */
export interface Startup {
  options: EmulatorOptions;
  requests: readonly SeedRequest[];
  faults: readonly Fault[];
}

const port = integer(0, 65_535);

const request = object({
  service: required(oneOf(["modelarts", "vias", "iva"])),
  method: optional(oneOf(["POST", "PUT"])),
  path: required(text({ pattern: /^\// })),
  body: optional(freeObject),
});

const start: Rule = (value, path) => {
  if (typeof value !== "string" && typeof value !== "number") {
    throw new InvalidField(path, "should be a time: RFC 3339, or milliseconds since 1970.");
  }
};

const shape = object({
  ...behaviorFields,
  port: optional(port),
  servicePorts: optional(
    object({ modelarts: optional(port), vias: optional(port), iva: optional(port), iam: optional(port) }),
  ),
  region: optional(someText),
  projectId: optional(someText),
  projectName: optional(someText),
  projects: optional(
    list(object({ id: required(someText), name: required(someText), domainName: optional(someText) })),
  ),
  services: optional(list(serviceShape)),
  videoGroups: optional(list(videoGroupShape)),
  edgePools: optional(list(edgePoolShape)),
  users: optional(
    list(
      object({ name: required(someText), password: required(someText), domainName: required(someText) }),
      1,
    ),
  ),
  accessKeys: optional(
    list(
      object({
        accessKey: required(someText),
        secretKey: required(someText),
        securityToken: optional(someText),
        userName: optional(someText),
      }),
    ),
  ),
  agencies: optional(
    list(object({ name: required(someText), domainName: required(someText), trusts: optional(someText) })),
  ),
  tokens: optional(list(someText, 1)),
  clock: optional(object({ mode: optional(oneOf(["auto", "manual"])), start: optional(start) })),
  seed: optional(someText),
  taskIds: optional(list(someText)),
  logSecrets: optional(bool),
  requests: optional(list(request)),
  faults: optional(list(freeObject)),
});

/**
 * Checks what a start-up file holds.
 *
 * @throws UsageError that names the member and what it should be
 */
export function parseStartup(value: unknown): Startup {
  try {
    shape((value ?? {}) as Json, "");
  } catch (error) {
    if (error instanceof InvalidField)
      throw new UsageError(`start-up file: [${error.path}] ${error.problem}`);
    throw error;
  }
  const { requests = [], faults = [], ...options } = isObject(value) ? structuredClone(value) : {};
  return {
    options,
    requests: requests as unknown as SeedRequest[],
    faults: (faults as Json[]).map(parseFault),
  };
}

/**
 * Starts an emulator, makes the requests, which leave no trace in its log, and injects the faults.
 *
 * @throws UsageError where a service refuses a request
 */
export async function startFrom({ options, requests, faults }: Startup): Promise<Emulator> {
  const emulator = await startEmulator(options);
  try {
    for (const seed of requests) await send(emulator, seed);
    emulator.clearRequests();
    for (const fault of faults) emulator.inject(fault);
    return emulator;
  } catch (error) {
    await emulator.close();
    throw error;
  }
}

async function send(
  emulator: Emulator,
  { service, method = "POST", path, body }: SeedRequest,
): Promise<void> {
  const url = `${emulator.endpoints[service]}${path.replaceAll("{project_id}", emulator.projectId)}`;
  const answer = await fetch(url, {
    method,
    headers: { "X-Auth-Token": emulator.token, "Content-Type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const said = await answer.text();
  if (!answer.ok)
    throw new UsageError(`start-up file: ${method} ${path} was answered ${answer.status} ${said}`);
}
