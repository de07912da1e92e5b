/** Names of services and operations, in faults, logs and routes alike. */

/** The emulated services, by host label. */
export type EmulatedService = "modelarts" | "vias" | "iva" | "iam";

/** `unknown` stands for a request that fits none. */
export type ServiceName = EmulatedService | "unknown";

/** The kind of an operation, the same for all services; faults that change an effect ask for it. */
export type Role = "create" | "list" | "show" | "update" | "delete" | "start" | "stop" | "other";
