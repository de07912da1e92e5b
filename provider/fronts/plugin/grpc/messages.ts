/** Requests of the engine as plain calls, and plain answers as its messages. */
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { formatPath } from "../../../common/json";
import type { InputComparison, InputDifference } from "../../../core/operations/input-differences";
import type { Autonaming } from "../default-names";
import type * as plain from "../operations";
import type { ArgumentsComparison } from "../provider-arguments";
import type { Asked } from "../session";
import { bagOf, structOf } from "./structs";

const MODES: Readonly<Record<messages.CheckRequest.AutonamingOptions.Mode, Autonaming["mode"]>> = {
  [messages.CheckRequest.AutonamingOptions.Mode.PROPOSE]: "propose",
  [messages.CheckRequest.AutonamingOptions.Mode.ENFORCE]: "enforce",
  [messages.CheckRequest.AutonamingOptions.Mode.DISABLE]: "disable",
};

const MILLISECONDS = 1000;

/** The engine sends seconds, and none where the program sets no timeout. */
function asked(request: { getUrn(): string; getTimeout?(): number }): Asked {
  const timeout = (request.getTimeout?.() ?? 0) * MILLISECONDS;
  return { urn: request.getUrn(), ...(timeout > 0 ? { timeout } : {}) };
}

export function checkCall(request: messages.CheckRequest): plain.CheckCall {
  const options = request.getAutonaming();
  const autonaming = options && { mode: MODES[options.getMode()], proposed: options.getProposedName() };
  const call = { ...asked(request), olds: bagOf(request.getOlds()), news: bagOf(request.getNews()) };
  return autonaming === undefined ? call : { ...call, autonaming };
}

export const diffCall = (request: messages.DiffRequest): plain.DiffCall => ({
  ...asked(request),
  id: request.getId(),
  olds: bagOf(request.getOlds()),
  oldInputs: bagOf(request.getOldInputs()),
  news: bagOf(request.getNews()),
});

export const createCall = (request: messages.CreateRequest): plain.CreateCall => ({
  ...asked(request),
  inputs: bagOf(request.getProperties()),
  preview: request.getPreview(),
});

export const updateCall = (request: messages.UpdateRequest): plain.UpdateCall => ({
  ...asked(request),
  id: request.getId(),
  olds: bagOf(request.getOlds()),
  news: bagOf(request.getNews()),
  preview: request.getPreview(),
});

export const readCall = (request: messages.ReadRequest): plain.ReadCall => ({
  ...asked(request),
  id: request.getId(),
  properties: bagOf(request.getProperties()),
  inputs: request.hasInputs() ? bagOf(request.getInputs()) : undefined,
});

export const deleteCall = (request: messages.DeleteRequest): plain.DeleteCall => ({
  ...asked(request),
  id: request.getId(),
  properties: bagOf(request.getProperties()),
});

export function checkResponse({ inputs, failures }: plain.CheckAnswer): messages.CheckResponse {
  const response = new messages.CheckResponse();
  response.setInputs(structOf(inputs));
  response.setFailuresList(
    failures.map(({ property, reason }) => {
      const failure = new messages.CheckFailure();
      failure.setProperty(property);
      failure.setReason(reason);
      return failure;
    }),
  );
  return response;
}

const { Kind } = messages.PropertyDiff;
const KINDS: Readonly<
  Record<InputDifference["kind"], readonly [messages.PropertyDiff.Kind, messages.PropertyDiff.Kind]>
> = {
  add: [Kind.ADD, Kind.ADD_REPLACE],
  delete: [Kind.DELETE, Kind.DELETE_REPLACE],
  update: [Kind.UPDATE, Kind.UPDATE_REPLACE],
};

export function diffResponse({
  changes,
  replaces,
  deleteBeforeReplace,
  differences,
}: InputComparison): messages.DiffResponse {
  const { DIFF_SOME, DIFF_NONE } = messages.DiffResponse.DiffChanges;
  const response = new messages.DiffResponse();
  response.setChanges(changes ? DIFF_SOME : DIFF_NONE);
  response.setReplacesList([...replaces]);
  response.setDeletebeforereplace(deleteBeforeReplace);
  response.setDiffsList([...new Set(differences.map(({ path }) => String(path[0])))]);
  response.setHasdetaileddiff(true);
  for (const { path, kind, replaces: isReplacing } of differences) {
    const difference = new messages.PropertyDiff();
    difference.setKind(KINDS[kind][isReplacing ? 1 : 0]);
    difference.setInputdiff(true);
    response.getDetaileddiffMap().set(formatPath(path), difference);
  }
  return response;
}

/** The new provider takes over before the old one is deleted, which nothing at a service is. */
export const configDiffResponse = ({ changed, replaces }: ArgumentsComparison): messages.DiffResponse =>
  diffResponse({
    changes: changed.length > 0,
    replaces,
    deleteBeforeReplace: false,
    differences: changed.map((key) => ({ path: [key], kind: "update", replaces: replaces.includes(key) })),
  });

export function readResponse(answer: plain.ReadAnswer | undefined): messages.ReadResponse {
  const response = new messages.ReadResponse();
  if (answer === undefined) return response;
  response.setId(answer.id);
  response.setProperties(structOf(answer.properties));
  response.setInputs(structOf(answer.inputs));
  return response;
}
