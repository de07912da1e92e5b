/** Failures as the status of a call. */
import * as grpc from "@grpc/grpc-js";
import { Any } from "google-protobuf/google/protobuf/any_pb";
import { ErrorResourceInitFailed } from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { messageOf } from "../../../common/errors";
import type { UnfinishedCreate } from "../../engine/unfinished";
import { UnfinishedError } from "../operations";
import { structOf } from "./structs";

const DETAILS = "grpc-status-details-bin";
const INIT_FAILED = "pulumirpc.ErrorResourceInitFailed";

/** With the resource, where it exists but is not finished: the engine saves what such a status carries. */
export function statusOf(error: unknown): Partial<grpc.StatusObject> {
  const status = { code: grpc.status.UNKNOWN, details: messageOf(error) };
  if (!(error instanceof UnfinishedError)) return status;
  const metadata = new grpc.Metadata();
  metadata.set(DETAILS, Buffer.from(detailsOf(status, error.details)));
  return { ...status, metadata };
}

function detailsOf(
  { code, details }: { readonly code: number; readonly details: string },
  { id, properties, reasons }: UnfinishedCreate,
): Uint8Array {
  const failed = new ErrorResourceInitFailed();
  failed.setId(id);
  failed.setProperties(structOf(properties));
  failed.setReasonsList([...reasons]);
  const detail = new Any();
  detail.pack(failed.serializeBinary(), INIT_FAILED);
  const status = new Status();
  status.setCode(code);
  status.setMessage(details);
  status.addDetails(detail);
  return status.serializeBinary();
}
