/**
 * The documented video-analysis APIs over real HTTP on loopback: stateful, strict, with a controllable clock,
 * fault injection and a request log. Written from the documents and not from the client of this package.
 *
 * @module
 */
export type { ClockMode, ClockOptions } from "./clock";
export type { InjectedFault } from "./control/api";
export { connectEmulator, type EmulatorClient } from "./control/client";
export type { BatchSnapshot, EmulatorState, StateTexts, TaskSnapshot } from "./control/snapshots";
export { parseStartup, type SeedRequest, startFrom, type Startup } from "./control/startup";
export {
  DEFAULT_ACCESS_KEY,
  DEFAULT_AGENCY,
  DEFAULT_ALGORITHM,
  DEFAULT_EDGE_POOL,
  DEFAULT_EDGE_SERVICE,
  DEFAULT_IEF_SERVICE,
  DEFAULT_TEMPORARY_KEY,
  DEFAULT_USER,
  DEFAULT_VAS_SERVICE,
  DEFAULT_VIDEO_GROUPS,
} from "./defaults";
export type { EmulatorEndpoints } from "./addresses";
export { Emulator, startEmulator } from "./emulator";
export type {
  Fault,
  FaultKind,
  FaultMatch,
  FaultMoment,
  FaultSelection,
  PartialFailure,
  QuotaFault,
} from "./faults/faults";
export type { QueuedFault } from "./faults/queue";
export type { EmulatedService, Role, ServiceName } from "./names";
export type { Json, JsonObject } from "./json";
export type {
  AccessKeyDeclaration,
  AgencyDeclaration,
  AlgorithmDeclaration,
  Behavior,
  BehaviorOptions,
  EdgePoolDeclaration,
  EmulatorOptions,
  ExpiredToken,
  Platform,
  ProjectDeclaration,
  ServiceDeclaration,
  ServicePorts,
  TaskServiceDeclaration,
  UserDeclaration,
  VasServiceDeclaration,
  VideoGroupDeclaration,
  VideoSourceDeclaration,
} from "./options";
export type { CallFilter, RequestEntry } from "./request-log";
export { TASK_STATES, type TaskState, type Transitions } from "./tasks/states";
export { UsageError } from "./usage-error";
