export { Engine } from "./engine";
export { EngineError, type EngineErrorCode } from "./errors";
export type { DetailedDiff, DiffKind, PropertyDiff } from "./diff";
export type { DeploymentV3, ExportedStack, ResourceV3 } from "./deployment";
export type { ImportFile, ImportSpec } from "./import-file";
export { SECRET_MARK, UNKNOWN_MARK } from "./property-value";
export type {
  Changes,
  DestroyOptions,
  Diagnostic,
  EngineEvent,
  EngineOptions,
  ImportOptions,
  OperationResult,
  ProviderCall,
  RefreshOptions,
  Severity,
  StepOp,
  StepRecord,
  UpdateOptions,
} from "./types";
