/** How the calls of a provider fail, as the engine reads them. */
import type * as grpc from "@grpc/grpc-js";
import { ErrorResourceInitFailed } from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import type { Props } from "./values";

/** A call that failed; `code` is the stable code that the text begins with. */
export class CallFailed extends Error {
  readonly code: string;

  constructor(
    message: string,
    readonly grpcCode: number,
  ) {
    super(message);
    this.code = /^([A-Z_]+): /.exec(message)?.[1] ?? "";
  }
}

/** Arguments that check refused. The engine would print the value of a property that a failure names. */
export class CheckFailed extends Error {
  /** The paths that the reasons begin with. */
  readonly properties: readonly string[];

  constructor(readonly failures: readonly { property: string; reason: string }[]) {
    super(failures.map(({ reason }) => reason).join("\n"));
    if (failures.some(({ property }) => property !== "")) throw new Error("a failure names a property");
    this.properties = failures.map(({ reason }) => reason.split(": ", 1)[0] ?? "");
  }
}

/** A resource that exists but is not finished: the engine saves it and reports the reasons. */
export interface InitDetails {
  readonly id: string;
  readonly properties: Props;
  readonly reasons: readonly string[];
}

export class InitFailed extends Error {
  constructor(
    readonly details: InitDetails,
    message: string,
  ) {
    super(message);
  }
}

const DETAILS = "grpc-status-details-bin";
const INIT_FAILED = "pulumirpc.ErrorResourceInitFailed";

/** An initialization error where the status carries one, else the plain failure. */
export function failureOf(error: grpc.ServiceError): CallFailed | InitFailed {
  const [bytes] = error.metadata.get(DETAILS);
  const details = bytes === undefined ? [] : Status.deserializeBinary(bytes as Buffer).getDetailsList();
  for (const detail of details) {
    const failed = detail.unpack(
      (content: Uint8Array) => ErrorResourceInitFailed.deserializeBinary(content),
      INIT_FAILED,
    );
    if (failed === null) continue;
    const properties = failed.getProperties();
    return new InitFailed(
      {
        id: failed.getId(),
        properties: properties?.toJavaScript() ?? {},
        reasons: failed.getReasonsList(),
      },
      error.details,
    );
  }
  return new CallFailed(error.details, error.code);
}
