/** The resources of this package in an exported state. */
import { type Path } from "../../provider/common/json";
import { openProperties } from "./deployment/properties";
import type { OpenedStack } from "./opened-stack";
import { resourceTypeOf, type ResourceType } from "./resource-types";

export interface RecordedResource {
  readonly resourceType: ResourceType;
  readonly urn: string;
  readonly id: string;
  /** Outputs with their secrets opened. */
  readonly outputs: Readonly<Record<string, unknown>>;
  /** Paths that the state marks as secret, in inputs or outputs. */
  readonly secrets: readonly Path[];
  /** Paths of encrypted values, which are not compared. */
  readonly sealed: readonly Path[];
  readonly ignoreChanges: readonly string[];
  /** URN of its provider; empty for a resource that names none. */
  readonly provider: string;
  /** Read by the program only. */
  readonly external: boolean;
  /** Its replacement exists, and it only waits to be deleted. */
  readonly leaving: boolean;
}

export function recordedResources({
  state,
  decrypt,
}: Pick<OpenedStack, "state" | "decrypt">): RecordedResource[] {
  return state.resources.flatMap((resource) => {
    const resourceType = resourceTypeOf(resource.type);
    if (resourceType === undefined) return [];
    const inputs = openProperties(resource.inputs, decrypt);
    const outputs = openProperties(resource.outputs, decrypt);
    return [
      {
        resourceType,
        urn: resource.urn,
        id: resource.id ?? "",
        outputs: outputs.value,
        secrets: [...inputs.secrets, ...outputs.secrets],
        sealed: outputs.sealed.map(comparable),
        ignoreChanges: resource.ignoreChanges ?? [],
        provider: providerUrn(resource.provider),
        external: resource.external === true,
        leaving: resource.delete === true,
      },
    ];
  });
}

/** The services, by id or name, that the resources of a type have their tasks in. */
export function servicesOf(
  resources: readonly RecordedResource[],
  type: "ServiceTask" | "VideoAnalysisJob",
): string[] {
  const key = type === "ServiceTask" ? "serviceId" : "serviceName";
  const found = resources
    .filter(({ resourceType }) => resourceType.definition.type === type)
    .map(({ outputs }) => outputs[key])
    .filter((service) => typeof service === "string");
  return [...new Set(found)];
}

/** States name a provider as `<urn>::<id>`. */
function providerUrn(reference = ""): string {
  return reference.split("::").slice(0, -1).join("::");
}

/**
 * The smallest part around a sealed value that can be left out of a comparison by itself: not one element of an
 * array, whose place may have changed, and not the `type` that decides what the rest of an object is.
 */
function comparable(path: Path): Path {
  const element = path.findIndex((part) => typeof part === "number");
  const whole = element < 0 ? path : path.slice(0, element);
  return whole.length > 1 && whole.at(-1) === "type" ? whole.slice(0, -1) : whole;
}

/** The logical name, without the parents. */
export const nameOf = (urn: string): string => urn.split("::").slice(3).join("::");

/** The stack that a URN belongs to. */
export const stackOf = (urn: string): string | undefined => /^urn:pulumi:([^:]+)::/.exec(urn)?.[1];

/** The Pulumi project that a URN belongs to. */
export const projectOf = (urn: string): string | undefined => /^urn:pulumi:[^:]+::([^:]+)::/.exec(urn)?.[1];
