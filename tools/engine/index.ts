/** A small Pulumi engine for tests and the quickstart. */
export { Engine } from "./engine";
export { EngineError } from "./errors";
export type { DetailedDiff } from "./diff";
export type { ExportedStack, ResourceV3 } from "./deployment";
export type { ImportFile, ImportSpec } from "./import-file";
export type {
  EngineEvent,
  EngineOptions,
  ImportOptions,
  OperationResult,
  StepRecord,
  UpdateOptions,
} from "./types";
