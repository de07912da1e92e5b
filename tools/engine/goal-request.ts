/** Goals as the program sends them. */
import type { Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { Alias as AliasMessage } from "@pulumi/pulumi/proto/alias_pb";
import type { ReadResourceRequest, RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb";
import type { Alias, Goal, ReadGoal } from "./goal";
import { RpcError } from "./grpc-server";
import type { PropertyMap } from "./property-value";
import type { CustomTimeouts } from "./resource-state";
import { type DecodeOptions, decodeProperties, decodeValue } from "./wire";

/** Reads a registration; refuses features that only the real engine has. */
export function goalOf(request: RegisterResourceRequest, assetDirectory: string): Goal {
  refuseUnsupported(request);
  const decode: DecodeOptions = { unknowns: "keep", assetDirectory };
  const inputs = decodeStruct(request.getObject(), decode);
  const dependencies = unique(request.getDependenciesList());
  const trigger = request.getReplacementTrigger();
  const defined = request.getDeletebeforereplacedefined() || request.getDeletebeforereplace();
  return {
    type: request.getType(),
    name: request.getName(),
    custom: request.getCustom(),
    inputs,
    parent: request.getParent(),
    protect: request.hasProtect() ? request.getProtect() : undefined,
    retainOnDelete: request.hasRetainondelete() ? request.getRetainondelete() : undefined,
    dependencies,
    propertyDependencies: propertyDependencies(request, inputs, dependencies),
    provider: request.getProvider(),
    deleteBeforeReplace: defined ? request.getDeletebeforereplace() : undefined,
    ignoreChanges: request.getIgnorechangesList(),
    additionalSecretOutputs: request.getAdditionalsecretoutputsList(),
    aliases: [
      ...request.getAliasurnsList().map((urn) => ({ urn })),
      ...request.getAliasesList().map((alias) => aliasOf(alias)),
    ],
    importId: request.getImportid(),
    customTimeouts: timeoutsOf(request.getCustomtimeouts()),
    replaceOnChanges: request.getReplaceonchangesList(),
    replaceWith: request.getReplaceWithList(),
    replacementTrigger:
      trigger === undefined
        ? null
        : (decodeValue("replacementTrigger", trigger.toJavaScript(), decode) ?? null),
    deletedWith: request.getDeletedwith(),
    sourcePosition: "",
  };
}

/** Reads a request for a resource that the program does not own. */
export function readGoalOf(request: ReadResourceRequest): ReadGoal {
  return {
    type: request.getType(),
    name: request.getName(),
    id: request.getId(),
    inputs: decodeStruct(request.getProperties(), { unknowns: "keep" }),
    parent: request.getParent(),
    dependencies: request.getDependenciesList(),
    provider: request.getProvider(),
    additionalSecretOutputs: request.getAdditionalsecretoutputsList(),
  };
}

export function decodeStruct(struct: Struct | undefined, options: DecodeOptions): PropertyMap {
  return struct === undefined ? {} : decodeProperties(struct.toJavaScript(), options);
}

function refuseUnsupported(request: RegisterResourceRequest): void {
  const hooks = Object.values(request.getHooks()?.toObject() ?? {}).flat();
  const unsupported = [
    [request.getRemote(), "remote components"],
    [request.getTransformsList().length > 0, "transforms"],
    [request.getPackageref() !== "", "parameterized packages"],
    [hooks.length > 0, "resource hooks"],
  ] as const;
  const found = unsupported.find(([present]) => present);
  if (found === undefined) return;
  const message = `${request.getType()} '${request.getName()}' uses ${found[1]}: run this program with the Pulumi CLI`;
  throw new RpcError("UNIMPLEMENTED", message);
}

/** SDKs that send no dependencies by property mean that every property may have all of them. */
function propertyDependencies(
  request: RegisterResourceRequest,
  inputs: PropertyMap,
  dependencies: string[],
): Record<string, string[]> {
  const sent = request.getPropertydependenciesMap();
  const result: Record<string, string[]> = {};
  for (const key of Object.keys(inputs)) {
    result[key] = sent.getLength() === 0 ? dependencies : unique(sent.get(key)?.getUrnsList() ?? []);
  }
  return result;
}

function aliasOf(message: AliasMessage): Alias {
  const spec = message.getSpec();
  if (spec === undefined) return { urn: message.getUrn() };
  const given: [keyof Alias, string][] = [
    ["name", spec.getName()],
    ["type", spec.getType()],
    ["stack", spec.getStack()],
    ["project", spec.getProject()],
    ["parent", spec.getParenturn()],
  ];
  const fields = Object.fromEntries(given.filter(([, value]) => value !== ""));
  return { ...fields, noParent: spec.getNoparent() };
}

function timeoutsOf(message: RegisterResourceRequest.CustomTimeouts | undefined): CustomTimeouts {
  if (message === undefined) return {};
  const given: [keyof CustomTimeouts, string][] = [
    ["create", message.getCreate()],
    ["update", message.getUpdate()],
    ["delete", message.getDelete()],
  ];
  const result: CustomTimeouts = {};
  for (const [key, text] of given) if (text !== "") result[key] = seconds(text);
  return result;
}

const UNIT_SECONDS: Readonly<Record<string, number>> = {
  ns: 1e-9,
  us: 1e-6,
  µs: 1e-6,
  ms: 1e-3,
  s: 1,
  m: 60,
  h: 3600,
};

/** Reads a duration as Go writes it, such as `1h30m` or `1.5s`. */
function seconds(text: string): number {
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(ns|us|µs|ms|s|m|h)/g)];
  if (parts.length === 0 || parts.map(([part]) => part).join("") !== text) {
    throw new RpcError(
      "INVALID_ARGUMENT",
      `unable to parse customTimeout value "${text}": write e.g. "10m" or "1h30m"`,
    );
  }
  return parts.reduce((sum, [, amount, unit]) => sum + Number(amount) * (UNIT_SECONDS[unit ?? ""] ?? 0), 0);
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values)];
}
