/** Serves the calls of programs that are not about resources. */
import type { UntypedServiceImplementation } from "@grpc/grpc-js";
import type { LogRequest, SetRootResourceRequest } from "@pulumi/pulumi/proto/engine_pb";
import { unary } from "./grpc-server";
import type { Recorder } from "./recorder";
import type { Sdk } from "./sdk";
import type { Severity } from "./types";

/** The severities of the engine protocol, by number. */
const SEVERITIES: readonly Severity[] = ["debug", "info", "warning", "error"];

export function engineService(sdk: Sdk, recorder: Recorder): UntypedServiceImplementation {
  let rootUrn = "";
  return {
    log: unary(sdk, (request: LogRequest) => {
      const severity = SEVERITIES[request.getSeverity()] ?? "info";
      // The SDK traces every registration at debug level; left out.
      if (severity !== "debug") {
        recorder.diagnostic(severity, request.getMessage(), request.getUrn(), "program");
      }
      return new sdk.empty.Empty();
    }),
    getRootResource: unary(sdk, () => new sdk.engineMessages.GetRootResourceResponse().setUrn(rootUrn)),
    setRootResource: unary(sdk, (request: SetRootResourceRequest) => {
      rootUrn = request.getUrn();
      return new sdk.engineMessages.SetRootResourceResponse();
    }),
  };
}
