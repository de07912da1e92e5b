/** The options of the mocks, and their records for a test. */
import type * as pulumi from "@pulumi/pulumi";

/** Fakes of one resource that differ from the defaults. */
export interface ResourceMock {
  /**
   * State of all tasks, or of each in their order, upper case such as `FAILED`. Default: `STOPPED` with
   * `desiredState: "stopped"`, `SUCCEEDED` with `waitFor: "succeeded"`, else `RUNNING`.
   */
  readonly state?: string | readonly string[];
  /** Id of the resource in its documented form. Default: one made from its name. Not for what is read by `get`. */
  readonly id?: string;
  /** Further outputs, or others than the faked ones: `{ creator: "ops" }`. */
  readonly outputs?: Readonly<Record<string, unknown>>;
  /** The create, or the read of a `get`, fails with this text. */
  readonly failure?: string;
}

export interface MocksOptions {
  /** Fakes of resources that differ from the defaults, by logical name. */
  readonly resources?: Readonly<Record<string, ResourceMock>>;
  /**
   * Whether refused arguments fail the resource (`throw`, the default; its outputs reject) or are only noted in
   * `refusals` (`record`; its outputs are then undefined). Runners that count unhandled rejections need `record`.
   */
  readonly onRefusal?: "throw" | "record";
  /** Mocks of the resources and calls of other packages. Default: their inputs, with the id `<name>_id`. */
  readonly others?: Partial<pulumi.runtime.Mocks>;
}

/** A refused argument. */
export interface Refusal {
  /** `ServiceTask`, `BatchTask` or `VideoAnalysisJob`. */
  readonly type: string;
  /** Logical name of the resource. */
  readonly name: string;
  /** Path in the program's spelling, such as `input.data[0].url`. */
  readonly property: string;
  /** The expected value. */
  readonly reason: string;
}

/** A resource of this package that the program registered or read. */
export interface MockedResource {
  readonly type: string;
  /** Logical name. */
  readonly name: string;
  /** Absent in a preview, where it is unknown. */
  readonly id?: string;
  /** As check left them; secrets in plain text. */
  readonly inputs: Readonly<Record<string, unknown>>;
  /** Secrets in plain text; in a preview the inputs. */
  readonly outputs: Readonly<Record<string, unknown>>;
}

/** For `pulumi.runtime.setMocks`. */
export interface VideoAnalysisMocks extends pulumi.runtime.Mocks {
  /** The resources of this package so far, in the order in which they were registered. */
  readonly resources: readonly MockedResource[];
  /** All that was refused so far. */
  readonly refusals: readonly Refusal[];
}
