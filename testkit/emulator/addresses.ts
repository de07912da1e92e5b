/** Where the services of an emulator are. */
import type { EmulatedService } from "./names";

/** The base URL of each service. */
export type EmulatorEndpoints = Readonly<Record<EmulatedService, string>>;

/** Where the services are, on the port of all and on ports of their own. */
export interface Addresses {
  readonly endpoints: EmulatorEndpoints;
  readonly rootEndpoints: EmulatorEndpoints;
}

const UNKNOWN: EmulatorEndpoints = { modelarts: "", vias: "", iva: "", iam: "" };

/** Before anything listens. */
export const NOWHERE: Addresses = { endpoints: UNKNOWN, rootEndpoints: UNKNOWN };
