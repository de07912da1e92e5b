/** The deployment format: what a state file holds. */
import { createHash } from "node:crypto";
import type { Json, JsonMap } from "./property-value";
import type { ResourceState } from "./resource-state";

/** The kinds of operation that a killed run leaves behind. */
export type OperationKind = "creating" | "updating" | "deleting" | "reading";

/** An operation that had begun and whose end was not recorded. */
export interface PendingOperation {
  readonly type: OperationKind;
  readonly resource: ResourceState;
}

/** A resource in a state file; absent fields are empty. */
export interface ResourceV3 {
  urn: string;
  custom: boolean;
  delete?: boolean;
  id?: string;
  type: string;
  inputs?: JsonMap;
  outputs?: JsonMap;
  parent?: string;
  protect?: boolean;
  taint?: boolean;
  external?: boolean;
  dependencies?: string[];
  initErrors?: string[];
  provider?: string;
  propertyDependencies?: Record<string, string[]>;
  pendingReplacement?: boolean;
  additionalSecretOutputs?: string[];
  customTimeouts?: { create?: number; update?: number; delete?: number; read?: number };
  importID?: string;
  retainOnDelete?: boolean;
  deletedWith?: string;
  replaceWith?: string[];
  created?: string;
  modified?: string;
  sourcePosition?: string;
  ignoreChanges?: string[];
  replaceOnChanges?: string[];
  replacementTrigger?: Json;
}

/** The content of a state, as in `pulumi stack export`. */
export interface DeploymentV3 {
  manifest: { time: string; magic: string; version: string };
  secrets_providers?: { type: string; state?: { salt?: string } };
  resources?: ResourceV3[];
  pending_operations?: { resource: ResourceV3; type: string }[];
  metadata?: JsonMap;
}

/** A state file as `pulumi stack export` writes it and `pulumi stack import` reads it. */
export interface ExportedStack {
  version: number;
  features?: string[];
  deployment: DeploymentV3;
}

/** The format version without optional features. */
export const DEPLOYMENT_VERSION = 3;

/** The format version of states that name the features they need, such as `replaceWith`. */
export const FEATURE_VERSION = 4;

/** The manifest of a state written now; Pulumi refuses one whose magic does not fit its version. */
export function manifest(version: string): DeploymentV3["manifest"] {
  const magic = createHash("sha256").update(version).digest("hex");
  return { time: new Date().toISOString(), magic, version };
}
